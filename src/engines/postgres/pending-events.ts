import type { ForeignKey, Operation, OperationOf, QualifiedName } from '../../operations/index.ts';
import { sameName } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import type { DeferrableCheck } from '../effect.ts';
import { childrenOf, distinct, partitionsBelow } from '../relations.ts';

/**
 * The checks that a change of rows surely queues when a row is changed. Executed on Postgres 18: an INSERT queues those of the table's own foreign
 * keys, an UPDATE those whose columns it sets to anything but NULL; a DELETE, and an UPDATE of the key that is referred to, those of foreign keys with NO ACTION. RESTRICT, CASCADE
 * and SET NULL never wait. A deferrable UNIQUE queues a check only where a value is taken, so that none is told.
 */
export function checksQueuedBy(operation: Operation, schema: Schema): DeferrableCheck[] {
  if (operation.kind !== 'insert-rows' && operation.kind !== 'update-rows' && operation.kind !== 'delete-rows' && operation.kind !== 'load-rows') return [];
  const table = schema.table(operation.table);
  const own = table ? lineage(table, schema) : [];
  const at = operation.table;
  return [
    ...own.flatMap(({ foreignKeys }) => foreignKeys).filter((key) => key.deferrable && storesKey(operation, key)).map((key): DeferrableCheck => ({ what: 'foreign key', name: key.name, table: at, initially: initially(key) })),
    ...referencingKeys(operation, table, schema).map((key): DeferrableCheck => ({ what: 'foreign key', name: key.name, table: at, initially: initially(key) })),
    ...own.flatMap(({ triggers }) => triggers).flatMap(({ name, deferral, events, columns, when }): DeferrableCheck[] => {
      const event = operation.kind === 'update-rows' ? 'update' : operation.kind === 'delete-rows' ? 'delete' : 'insert';
      const called = deferral !== null && when === null && events.includes(event) && (event !== 'update' || columns.length === 0 || columns.some((column) => operation.kind === 'update-rows' && operation.columns.includes(column)));
      return called ? [{ what: 'trigger', name, table: at, initially: deferral }] : [];
    }),
  ];
}

function initially(key: ForeignKey): 'immediate' | 'deferred' {
  return key.initiallyDeferred ? 'deferred' : 'immediate';
}

/** The table and the partitioned tables above it: what they have holds for its rows. */
function lineage(table: Table, schema: Schema): Table[] {
  const found = [table];
  for (let parent = table.partitionOf; parent !== null && found.length < 10; ) {
    const above = schema.table(parent);
    if (above) found.push(above);
    parent = above?.partitionOf ?? null;
  }
  return found;
}

function storesKey(operation: Operation, key: ForeignKey): boolean {
  if (operation.kind === 'update-rows') return key.columns.some((column) => operation.columns.includes(column) && !operation.nulls?.includes(column));
  return operation.kind === 'insert-rows' || operation.kind === 'load-rows';
}

/** Foreign keys of other tables, or of the table itself, that look at what an UPDATE or DELETE leaves behind. */
function referencingKeys(operation: OperationOf<'insert-rows'> | OperationOf<'update-rows'> | OperationOf<'delete-rows'> | OperationOf<'load-rows'>, table: Table | undefined, schema: Schema): ForeignKey[] {
  if (operation.kind !== 'update-rows' && operation.kind !== 'delete-rows') return [];
  const keys = [...childrenOf(operation.table, schema), ...(table ? [table] : [])].flatMap(({ foreignKeys }) => foreignKeys).filter((key) => key.deferrable && sameName(key.references, operation.table));
  return keys.filter((key) => {
    const action = operation.kind === 'delete-rows' ? key.onDelete : key.onUpdate;
    const referenced = key.referencedColumns.length > 0 ? key.referencedColumns : (table?.primaryKey ?? []);
    return (action === null || action === 'no action') && (operation.kind === 'delete-rows' || referenced.some((column) => operation.columns.includes(column)));
  });
}

const alterations: ReadonlySet<Operation['kind']> = new Set([
  'add-column', 'drop-column', 'alter-column-type', 'set-not-null', 'drop-not-null', 'set-default', 'add-foreign-key', 'add-check', 'add-unique', 'add-primary-key', 'add-exclusion', 'add-not-null',
  'validate-constraint', 'drop-constraint', 'alter-constraint', 'set-trigger-state', 'set-row-security', 'drop-table', 'cluster',
]);
const options: ReadonlySet<OperationOf<'set-table-option'>['option']> = new Set(['storage', 'logged', 'unlogged', 'tablespace', 'access-method', 'owner', 'replica-identity', 'inherit', 'no-inherit', 'cluster-on']);

/**
 * The tables on which a statement insists that no row waits for a check (error 55006), partitions included. Executed on Postgres 18: ALTER TABLE but for RENAME and
 * SET SCHEMA, CREATE INDEX, DROP TABLE, TRUNCATE and CLUSTER do; DROP INDEX, REINDEX, COMMENT, triggers, policies and views do not, nor does a foreign key on the
 * table that it refers to.
 */
export function needsQuiet(operation: Operation, schema: Schema): QualifiedName[] {
  const named = tablesToQuiet(operation, schema);
  return distinct([...named, ...named.flatMap((name) => (schema.table(name)?.partitionBy === null ? [] : partitionsBelow(name, schema).map((partition) => partition.name)))]);
}

function tablesToQuiet(operation: Operation, schema: Schema): QualifiedName[] {
  switch (operation.kind) {
    case 'create-index':
      return operation.concurrently ? [] : [operation.index.table];
    case 'truncate':
      return [...operation.tables];
    case 'set-table-option':
      return options.has(operation.option) ? [operation.table] : [];
    case 'set-column-option':
      return operation.option === 'comment' ? [] : [operation.table];
    case 'drop-schema':
      return operation.cascade ? [...schema.tables()].filter((table) => (table.name.schema ?? 'public') === operation.schema).map((table) => table.name) : [];
    default:
      return alterations.has(operation.kind) && 'table' in operation && operation.table && typeof operation.table === 'object' ? [operation.table] : [];
  }
}
