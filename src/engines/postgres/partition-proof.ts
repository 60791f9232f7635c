import { mentions, tokenize } from '../../schema/expression.ts';
import type { Table } from '../../schema/table.ts';
import { conditionOf, splitList } from './comparison.ts';
import type { Condition } from './comparison.ts';
import { splitAt, unwrapped } from './condition.ts';
import type { Literal } from './literal.ts';
import { compareLiterals } from './literal.ts';
import { provesNotNull } from './not-null-proof.ts';
import { readBounds } from './partition-bounds.ts';
import type { Bounds, PartitionKey } from './partition-bounds.ts';

/**
 * What the validated checks of a table prove: `proved`: Postgres reads no rows; `open`: it reads them all; `unclear`: a check speaks of the key, and it
 * cannot be told here what the server makes of it. The forms were tried on 18: comparisons, BETWEEN, IN and their combinations with AND, OR and NOT.
 */
export type Proof = 'proved' | 'open' | 'unclear';

/** Whether every row of the table lies within the bounds, so that it can be attached without being read. */
export function provesBounds(table: Table | undefined, key: PartitionKey | null, bounds: string | null): Proof {
  return prove(table, key, bounds, (given, within, known) => {
    if (within.kind === 'range') {
      const low = within.from === null || implies(given, (one) => isFrom(one, within.from));
      const high = within.to === null || implies(given, (one) => isBelow(one, within.to));
      return low && high && known;
    }
    return (known || within.withNull) && implies(given, (one) => (one.kind === 'null' ? within.withNull : one.kind === 'compare' && one.op === '=' && within.values.some((value) => compareLiterals(value, one.value) === 0)));
  });
}

/** Whether no row of the DEFAULT partition lies within the bounds of a new one, so that it is not read. */
export function provesOutside(table: Table | undefined, key: PartitionKey | null, bounds: string | null): Proof {
  return prove(table, key, bounds, (given, outside, known) => {
    if (outside.kind === 'range') return implies(given, (one) => isOutside(one, outside));
    return (known || !outside.withNull) && outside.values.every((value) => implies(given, (one) => isNot(one, value)));
  });
}

type Read = Extract<Bounds, { kind: 'range' | 'list' }>;

function prove(table: Table | undefined, key: PartitionKey | null, text: string | null, test: (given: Condition, bounds: Read, known: boolean) => boolean): Proof {
  const checks = (table?.checks ?? []).filter((check) => check.validated);
  if (table === undefined) return 'unclear';
  const spoken = checks.filter((check) => (key === null ? true : key.columns.some((column) => column === null || mentions(check.expression, column))));
  if (spoken.length === 0) return table.complete ? 'open' : 'unclear';
  const bounds = readBounds(text);
  if (bounds.kind === 'hash' && key !== null) return spoken.some((check) => isHashCheck(check.expression, bounds, key)) ? 'proved' : 'open';
  const column = key !== null && key.columns.length === 1 ? key.columns[0] : null;
  if (column === null || column === undefined || (bounds.kind !== 'range' && bounds.kind !== 'list')) return 'unclear';
  const type = table.columns.get(column)?.type.name;
  const given: Condition = { kind: 'all', of: spoken.map((check) => conditionOf(check.expression, column, type)) };
  const known = table.columns.get(column)?.nullable === false || table.primaryKey.includes(column) || provesNotNull(table, column);
  if (test(given, bounds, known)) return 'proved';
  return isDoubtful(given, bounds) ? 'unclear' : 'open';
}

/** True when the check, or one part of its AND, is the call by which the server itself sorts rows into hash partitions. */
function isHashCheck(expression: string, { modulus, remainder }: Extract<Bounds, { kind: 'hash' }>, key: PartitionKey): boolean {
  const tokens = tokenize(expression);
  return splitAt(unwrapped(tokens[0]?.text === 'check' ? tokens.slice(1) : tokens), 'and').some((part) => {
    const [name, ...call] = unwrapped(part);
    const [, ...args] = splitList(unwrapped(call)).map((arg) => unwrapped(arg).map((token) => token.text).join(''));
    return name?.text === 'satisfies_hash_partition' && args.join() === [modulus, remainder, ...key.columns].join();
  });
}

/** True when the condition holds the claim: one part of AND does, or every branch of OR. */
function implies(given: Condition, claim: (one: Condition) => boolean): boolean {
  if (given.kind === 'all') return given.of.some((one) => implies(one, claim));
  return given.kind === 'any' ? given.of.every((one) => implies(one, claim)) : claim(given);
}

const order = (a: Literal | null, b: Literal | null) => (a === null || b === null ? null : compareLiterals(a, b));
const isAtMost = (a: number | null) => a !== null && a <= 0;
const isBefore = (a: number | null) => a !== null && a < 0;

function isFrom(one: Condition, from: Literal | null): boolean {
  return one.kind === 'compare' && (one.op === '>=' || one.op === '>' || one.op === '=') && isAtMost(order(from, one.value));
}

function isBelow(one: Condition, to: Literal | null): boolean {
  if (one.kind !== 'compare') return false;
  return one.op === '<' ? isAtMost(order(one.value, to)) : (one.op === '<=' || one.op === '=') && isBefore(order(one.value, to));
}

/** Below the range, at its upper limit or above, or NULL, which no range takes. */
function isOutside(one: Condition, { from, to }: Extract<Bounds, { kind: 'range' }>): boolean {
  return one.kind === 'null' || (from !== null && isBelow(one, from)) || (to !== null && isFrom(one, to));
}

function isNot(one: Condition, value: Literal): boolean {
  if (one.kind !== 'compare') return one.kind === 'null';
  const found = compareLiterals(one.value, value);
  if (one.op === '=') return found !== 0;
  if (found === null) return false;
  if (one.op === '<>') return found === 0;
  return one.op === '<' ? found <= 0 : one.op === '<=' ? found < 0 : one.op === '>' ? found >= 0 : found > 0;
}

/** True when something in it was not read, or cannot be compared with the bounds. */
function isDoubtful(given: Condition, bounds: Read): boolean {
  if (given.kind === 'all' || given.kind === 'any') return given.of.some((one) => isDoubtful(one, bounds));
  if (given.kind !== 'compare') return given.kind === 'unread';
  const limits = bounds.kind === 'list' ? bounds.values : [bounds.from, bounds.to].filter((limit) => limit !== null);
  return limits.some((limit) => compareLiterals(limit, given.value) === null && !(bounds.kind === 'list'));
}
