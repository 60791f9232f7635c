import { printName, tableOf } from '../../operations/index.ts';
import type { Operation } from '../../operations/index.ts';
import { compareSchemas } from '../../schema/compare/compare.ts';
import type { Difference } from '../../schema/compare/difference.ts';
import type { DumpHistory } from './change-set.ts';
import { excerpt, quoted, quotedColumn } from './names.ts';

/** What certainly differs between a dump and what the base's dump and the new migrations make. */
export interface Drift {
  /** In tables that the new migrations work on. */
  readonly touched: readonly Difference[];
  /** In others, of which no merged migration speaks either. */
  readonly stray: readonly Difference[];
}

/** Compares a dump with what it should be. What a merged migration explains is a repair of the dump, and no drift. */
export function driftOf(dump: DumpHistory): Drift {
  if (dump.comparison.unknown.all) return { touched: [], stray: [] };
  const differences = compareSchemas(dump.expected, dump.here, dump.comparison).filter(({ certain }) => certain);
  const worked = new Set(dump.migrations.flatMap(({ operations }) => operations.flatMap(tablesOf)));
  const isTouched = ({ table }: Difference) => worked.has(printName(table));
  return {
    touched: differences.filter(isTouched),
    stray: differences.filter((difference) => !isTouched(difference) && !dump.isNamedBefore(namesOf(difference))),
  };
}

function tablesOf(operation: Operation): string[] {
  const name = tableOf(operation);
  return [...(name ? [printName(name)] : []), ...(operation.kind === 'rename-table' ? [printName(operation.to)] : [])];
}

function namesOf({ table, part, name }: Difference): string[] {
  return part === 'column' || name === null ? [table.name, ...(name === null ? [] : [name])] : [table.name];
}

/** A difference as a clause: `"users"."age" is of the type text, not integer`. `here` of a difference is what the migrations make, `there` what the dump has. */
export function describe({ table, part, name, what, here, there }: Difference): string {
  const subject = part === 'table' ? quoted(table) : part === 'column' ? quotedColumn(table, name ?? '') : `${part === 'primary-key' ? 'the primary key' : `the ${part.replace('-', ' ')}${name === null ? '' : ` "${name}"`}`} of ${quoted(table)}`;
  const told = (text: string | null) => (text === null ? null : excerpt(text, 50));
  if (what === 'missing-there') return `${subject} is missing${part === 'table' || here === null ? '' : ` (${told(here)})`}`;
  if (what === 'missing-here') return `${subject} is there, which no migration makes`;
  const [mine, other] = [told(there), told(here)];
  if (what === 'null') return `${subject} is ${mine}, not ${other}`;
  if (what === 'default') return `${subject} has ${mine === null ? 'no default' : `the default ${mine}`}, not ${other ?? 'none'}`;
  if (what === 'type') return `${subject} is of the type ${mine}, not ${other}`;
  if (what === 'unique' || what === 'validated' || what === 'constraint' || what === 'unlogged') return `${subject} is ${mine === 'true' ? '' : 'not '}${what === 'constraint' ? 'a constraint' : what}`;
  return `the ${what.replace('-', ' ')} of ${subject} is ${mine ?? 'not there'}, not ${other ?? 'none'}`;
}
