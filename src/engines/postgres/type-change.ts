import { olderThan, sameType } from '../../operations/index.ts';
import type { ColumnType, Engine } from '../../operations/index.ts';
import type { TypeChange } from '../type-change.ts';
import { canonicalType, isBuiltIn } from '../type-name.ts';
import { narrowing } from './narrowing.ts';
import { castGroups, freeRows, noCast, textTypes } from './type-rows.ts';
import type { FreeRow } from './type-rows.ts';

const manual = 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES';

/** The measured row by which the change (canonical names) needs no rewrite, or undefined. */
export function freeRow(from: ColumnType, to: ColumnType, engine: Engine): FreeRow | undefined {
  const row = freeRows.find((one) => one.from.includes(from.name) && one.to.includes(to.name) && fits(one, from, to));
  return row?.utc && olderThan(engine, 12) ? undefined : row;
}

function fits(row: FreeRow, from: ColumnType, to: ColumnType): boolean {
  const [before, scaleBefore = 0] = from.args;
  const [after, scaleAfter = 0] = to.args;
  if (from.array || to.array) return from.array === to.array && row.when === 'wider' && after === undefined;
  switch (row.when) {
    case 'any':
      return true;
    case 'unbounded':
      return after === undefined;
    case 'wider':
      return after === undefined || (before !== undefined && after >= before);
    case 'precision':
      return (after ?? 6) >= (before ?? 6);
    case 'full':
      return (after ?? 6) === 6;
    case 'digits':
      return after === undefined || (before !== undefined && after >= before && scaleAfter === scaleBefore);
  }
}

/** What a type change does on Postgres. Names that are no built-in type (enums, domains, extensions') give `unknown` unless the pair can be told. */
export function postgresTypeChange(before: ColumnType, after: ColumnType, engine: Engine, cast = false): TypeChange {
  const from = canonicalType(before);
  const to = canonicalType(after);
  if (sameType(from, to)) return { cost: 'free', narrows: null, why: 'the type stays the same', source: 'alter-type-varchar-same' };
  const narrow = narrowing(from, to, cast);
  const rest = { narrows: narrow?.clause ?? null, error: narrow?.error ?? null, ...(castable(from, to) ? {} : { needsUsing: true }) };
  const row = freeRow(from, to, engine);
  if (row?.utc) {
    return { ...rest, cost: 'unknown', why: 'it is free only when the session\'s TimeZone is UTC, else every row is written anew', source: `alter-type-${from.name}-to-${to.name}-utc` };
  }
  if (row !== undefined) return { ...rest, cost: 'free', why: 'the stored values stay as they are', source: row.source };
  if (isBuiltIn(from.name) && isBuiltIn(to.name)) return { ...rest, cost: 'rewrite', why: 'the stored values change, so every row is written anew', source: sourceOf(from, to) };
  if (textTypes.has(to.name)) return { ...rest, cost: 'unknown', why: `"${from.name}" is not a built-in type: unless it is a domain over text every row is written anew`, source: manual };
  return { ...rest, cost: 'unknown', why: `"${isBuiltIn(from.name) ? to.name : from.name}" is not a built-in type, and it cannot be told how its values are stored`, source: manual };
}

/** True when Postgres converts by itself, without USING. Types it does not know are given the benefit of the doubt. */
function castable(from: ColumnType, to: ColumnType): boolean {
  if (textTypes.has(to.name) && !to.array) return true;
  if (!isBuiltIn(from.name) || !isBuiltIn(to.name)) return !(textTypes.has(from.name) && !isBuiltIn(to.name) && !to.array);
  if (Boolean(from.array) !== Boolean(to.array)) return false;
  if (from.name === to.name || (from.array && textTypes.has(to.name))) return true;
  if (noCast.has(`${from.name} ${to.name}`)) return false;
  return castGroups.some((group) => group.includes(from.name) && group.includes(to.name)) && !(from.array && !sameKind(from.name, to.name));
}

function sameKind(from: string, to: string): boolean {
  return castGroups[0]?.includes(from) === castGroups[0]?.includes(to);
}

const measured = new Map([
  ['varchar varchar', 'alter-type-varchar-narrow'], ['text varchar', 'alter-type-text-to-varchar-n'], ['char varchar', 'alter-type-char-to-varchar'], ['char text', 'alter-type-char-to-text'],
  ['char char', 'alter-type-char-widen'], ['integer bigint', 'alter-type-int-to-bigint'], ['bigint integer', 'alter-type-bigint-to-int'], ['integer smallint', 'alter-type-int-to-smallint'],
  ['integer numeric', 'alter-type-int-to-numeric'], ['integer text', 'alter-type-int-to-text'], ['numeric numeric', 'alter-type-numeric-scale-up'], ['numeric integer', 'alter-type-numeric-to-int'],
  ['timestamp timestamp', 'alter-type-timestamp-precision-reduce'], ['date timestamp', 'alter-type-date-to-timestamp'], ['timestamp date', 'alter-type-timestamp-to-date'],
  ['json jsonb', 'alter-type-json-to-jsonb'], ['jsonb json', 'alter-type-jsonb-to-json'], ['text integer', 'alter-type-text-to-int-using'], ['text jsonb', 'alter-type-text-to-jsonb-using'],
  ['text uuid', 'alter-type-text-to-uuid-using'],
]);

function sourceOf(from: ColumnType, to: ColumnType): string {
  return measured.get(`${from.name} ${to.name}`) ?? 'type-matrix';
}
