import type { IndexDefinition, Migration, Operation, OperationOf, QualifiedName } from '../operations/index.ts';
import { indexColumns, olderThan, printName, sameName } from '../operations/index.ts';
import { retriableIndexMigration } from './concurrent-index.ts';
import type { RemedyContext } from './context.ts';
import { duplicatesQuery } from './duplicates.ts';
import { objectName } from './naming.ts';
import { notNullSteps, nullsQuery } from './not-null.ts';
import type { Remedy, RemedyStep } from './remedy.ts';
import { advise } from './remedy.ts';
import { plainKeys } from './sql/create-index.ts';
import { quoteName, quoteQualified } from './sql/name.ts';
import { migrationStep, perform, rawSql } from './step.ts';

/**
 * A primary key of an existing table without a build or a scan under its lock: columns proved NOT NULL first, a unique index built concurrently,
 * and the key that takes the index over. `nullable` are the columns that may hold NULL so far.
 */
export function primaryKeyInSteps(operation: OperationOf<'add-primary-key'>, nullable: readonly string[], c: RemedyContext): Remedy {
  const { table, usingIndex } = operation;
  if (c.schema.table(table)?.partitionBy) {
    return advise(`Add the key to "${printName(table)}" with ALTER TABLE ONLY, build a unique index concurrently on every partition, make it the partition's key with USING INDEX, and attach each to the parent's with ALTER INDEX ... ATTACH PARTITION.`);
  }
  const index = usingIndex === null ? undefined : c.schema.table(table)?.indexes.find((one) => one.name === usingIndex);
  const columns = operation.columns.length > 0 ? operation.columns : index ? indexColumns(index) : [];
  const replaced = replacedKey(operation, c);
  const notNull = nullable.flatMap((column) => [nullsQuery(table, column, c), ...notNullSteps(table, column, c)]);
  if (usingIndex === null) {
    const built = c.schema.table(table)?.indexes.find((one) => standsForKey(one, columns));
    if (built?.name) return { advice: `The unique index "${built.name}" is there already: make it the primary key, which gives it the key's name.`, steps: [...notNull, keyMigration({ table, columns, index: built.name, name: operation.name ?? null, replaced }, c)] };
    const first = nullable.length > 0 ? 'Set NOT NULL in steps, build' : 'Build';
    return { advice: `${first} a unique index concurrently, then make it the primary key: that takes a moment.`, steps: [...notNull, duplicatesQuery(table, columns, c), ...primaryKeySteps(table, columns, operation.name ?? null, c, replaced)] };
  }
  if (olderThan(c.engine, 12)) return advise('Before Postgres 12 no check spares the scan: add the key in a quiet hour, with a short lock_timeout, and retry.');
  const advice = 'Set the columns of the index NOT NULL in steps first; the primary key then reads no rows.';
  return nullable.length === 0 ? advise(advice) : { advice, steps: [...notNull, keyMigration({ table, columns, index: usingIndex, name: operation.name ?? null, replaced }, c)] };
}

/** The primary keys that each migration drops: few, and asked for by each that it adds. */
const droppedKeys = new WeakMap<Migration, readonly OperationOf<'drop-constraint'>[]>();

/** The key that the same migration drops before, by its constraint's name: the exchange is one statement then. */
function replacedKey(operation: OperationOf<'add-primary-key'>, { migration, engine }: RemedyContext): string | null {
  const isKey = (other: Operation): other is OperationOf<'drop-constraint'> => other.kind === 'drop-constraint' && other.direction === 'up' && (other.constraint === 'primary-key' || other.name?.endsWith('_pkey') === true);
  const keys = droppedKeys.get(migration) ?? migration.operations.filter(isKey);
  droppedKeys.set(migration, keys);
  const dropped = keys.findLast((other) => sameName(other.table, operation.table) && other.at.start < operation.at.start);
  return dropped ? (dropped.name ?? objectName(engine, operation.table.name, 'pkey')) : null;
}

/** The unique index, concurrently, and the primary key that takes it over, in place of the one named `replaced`. The columns are NOT NULL by then. */
export function primaryKeySteps(table: QualifiedName, columns: readonly string[], name: string | null, c: RemedyContext, replaced: string | null = null): RemedyStep[] {
  const key = objectName(c.engine, table.name, ...columns, 'key');
  const index = { name: key, table, keys: plainKeys(columns), unique: true, method: 'btree' };
  return [retriableIndexMigration(index, c, 'Build the index of the primary key; it can be run again after it failed.'), keyMigration({ table, columns, index: key, name, replaced }, c)];
}

/** True when Postgres takes the index for a key over the columns: unique, btree, whole, in the default order. */
function standsForKey(index: IndexDefinition, columns: readonly string[]): boolean {
  return index.unique && index.method === 'btree' && index.where === undefined && index.keys.length === columns.length
    && index.keys.every((key, at) => key.column === columns[at] && key.order !== 'desc' && key.nulls !== 'first' && key.opclass === undefined && key.collation === undefined);
}

interface NewKey {
  readonly table: QualifiedName;
  readonly columns: readonly string[];
  readonly index: string;
  readonly name: string | null;
  readonly replaced: string | null;
}

/** Postgres gives the index the constraint's name. */
function keyMigration({ table, columns, index, name, replaced }: NewKey, c: RemedyContext): RemedyStep {
  const key = name ?? objectName(c.engine, table.name, 'pkey');
  const words = `add primary key to ${table.name} on ${columns.join(' and ')}`;
  if (replaced !== null) {
    const [on, old, quoted] = [quoteQualified(table, c.engine), quoteName(replaced, c.engine), quoteName(key, c.engine)];
    const exchange = `ALTER TABLE ${on} DROP CONSTRAINT ${old}, ADD CONSTRAINT ${quoted} PRIMARY KEY USING INDEX ${quoteName(index, c.engine)}`;
    return migrationStep({ words, title: 'Make the finished index the primary key in place of the old one, in one statement: no rows are read.', up: [rawSql(exchange)] });
  }
  return migrationStep({
    words,
    title: 'Make the finished index the primary key: no rows are read.',
    up: [perform({ kind: 'add-primary-key', table, columns: [], usingIndex: index, name: key })],
    down: [perform({ kind: 'drop-constraint', table, name: key, constraint: 'primary-key', columns, references: null, ifExists: false, cascade: false })],
  });
}
