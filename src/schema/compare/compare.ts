import { printName } from '../../operations/index.ts';
import { emptyTable } from '../fold/fold.ts';
import type { Schema } from '../schema.ts';
import type { Table } from '../table.ts';
import { compareColumns } from './columns.ts';
import { compareChecks, compareForeignKeys } from './constraints.ts';
import type { Comparison, Difference, Tell } from './difference.ts';
import { compareIndexes } from './indexes.ts';

/**
 * The differences of two schemas, table by table in the order of `here`, then those that are only `there`. What only the spelling of an expression, a side that says too
 * little, or an operation that was not understood could explain is not `certain`. Active Record's own tables are left out.
 */
export function compareSchemas(here: Schema, there: Schema, how: Comparison): Difference[] {
  const found: Difference[] = [];
  const isKnown = (table: Table | undefined, schema: Schema) => (table === undefined ? schema.complete : table.complete);
  const compare = (left: Table | undefined, right: Table | undefined) => {
    const table = left ?? right;
    if (table === undefined || own.test(table.name.name) || how.leavesOut?.(table.name)) return;
    const certain = !how.unknown.all && !how.unknown.tables.has(printName(table.name)) && isKnown(left, here) && isKnown(right, there) && !(how.leavesOutSome && (left === undefined || right === undefined));
    const tell: Tell = (difference) => found.push({ table: table.name, ...difference, certain: difference.certain && certain });
    compareTables(left, right, { here, there }, how, tell);
  };
  for (const table of here.tables()) compare(table, there.table(table.name));
  for (const table of there.tables()) if (here.table(table.name) === undefined) compare(undefined, table);
  return found;
}

/** The tables in which Active Record keeps its accounts: migrations do not make them, `structure.sql` lists them. */
const own = /(^|_)(schema_migrations|ar_internal_metadata)$/;

function compareTables(here: Table | undefined, there: Table | undefined, schemas: { readonly here: Schema; readonly there: Schema }, how: Comparison, tell: Tell): void {
  if (here === undefined || there === undefined) {
    const list = [...(here ?? there ?? emptyTable({ schema: null, name: '' })).columns.keys()].join(', ');
    tell({ part: 'table', name: null, what: here ? 'missing-there' : 'missing-here', here: here ? list : null, there: there ? list : null, certain: true });
    return;
  }
  compareColumns(here, there, schemas, how, tell);
  if (here.primaryKey.join() !== there.primaryKey.join()) {
    tell({ part: 'primary-key', name: null, what: 'columns', here: here.primaryKey.join(', ') || null, there: there.primaryKey.join(', ') || null, certain: true });
  }
  compareIndexes(here, there, how, tell);
  compareForeignKeys(here, there, schemas, how, tell);
  compareChecks(here, there, how, tell);
  if (!how.omits.has('exclusion') && here.exclusions.length !== there.exclusions.length) {
    const [left, right] = [here.exclusions, there.exclusions].map((list) => list.map((name) => name ?? '(no name)').join(', ') || null);
    tell({ part: 'exclusion', name: null, what: here.exclusions.length < there.exclusions.length ? 'missing-here' : 'missing-there', here: left ?? null, there: right ?? null, certain: true });
  }
  if (!how.omits.has('unlogged') && here.unlogged !== there.unlogged) tell({ part: 'table', name: null, what: 'unlogged', here: String(here.unlogged), there: String(there.unlogged), certain: true });
  if (!how.omits.has('comment') && (here.comment ?? '') !== (there.comment ?? '')) tell({ part: 'table', name: null, what: 'comment', here: here.comment, there: there.comment, certain: true });
}
