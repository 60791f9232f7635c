import { indexColumns, isMysql, printName, qualified } from '../../operations/index.ts';
import type { OperationOf, QualifiedName } from '../../operations/index.ts';
import { meansForeignKey } from '../../schema/fold/constraints.ts';
import { linkedPrefix } from '../../schema/table-parts.ts';
import type { Effect } from '../effect.ts';
import { effectOfStep, reaches, stepFor } from './action.ts';
import type { Situation } from './action.ts';
import { actions } from './actions.ts';
import { checkError, nullError } from './columns.ts';
import { indexKeys } from './dependents.ts';

/** CREATE INDEX. */
export function createIndexEffect(operation: OperationOf<'create-index'>, at: Situation): Effect {
  const { index } = operation;
  const table = at.schema.table(index.table);
  const fulltext = table?.indexes.some((other) => other.method === 'fulltext');
  const text = index.keys.some((key) => key.column !== null && key.length === undefined && /(text|blob)$/.test(table?.columns.get(key.column)?.type.name ?? ''));
  const ignore = index.unique && at.alter?.ignore === true;
  const action = index.method === 'fulltext' ? (fulltext ? actions.addFulltext : actions.addFirstFulltext)
    : index.method === 'spatial' ? actions.addSpatial : ignore ? actions.addUniqueIgnore : index.unique && text ? actions.addUniqueText : actions.addIndex;
  return effectOfStep(at, stepFor(action, at.engine), index.table, {
    lock: operation.lock,
    algorithm: operation.algorithm,
    assumes: index.unique && !ignore ? [{ of: 'unique', table: index.table, columns: indexColumns(index), error: '1062' }] : [],
    loses: ignore ? [`rows of "${printName(index.table)}" that have the same ${indexColumns(index).map((column) => `"${column}"`).join(', ')} as another one, without an error`] : [],
  });
}

/** DROP INDEX: refused for the last index that serves a foreign key. */
export function dropIndexEffect(operation: OperationOf<'drop-index'>, at: Situation): Effect {
  const name = operation.table ?? (operation.name ? at.schema.tableOfIndex(operation.name.name)?.name : undefined) ?? operation.name ?? qualified('');
  const table = at.schema.table(name);
  const index = table?.indexes.find((one) => (operation.name ? one.name === operation.name.name : indexColumns(one).join() === operation.columns.join()));
  return effectOfStep(at, stepFor(actions.dropIndex, at.engine), name, { lock: operation.lock, algorithm: operation.algorithm, assumes: indexKeys(table, index, at) });
}

/** ADD FOREIGN KEY: the table is copied, and rows of the parent stay locked meanwhile; with foreign_key_checks off no row is looked at, and only an index is built where the key has none. */
export function addForeignKeyEffect({ table, foreignKey: key }: OperationOf<'add-foreign-key'>, at: Situation): Effect {
  const parents = printName(key.references) === printName(table) ? [] : [key.references];
  if (at.uncheckedKeys) {
    const known = at.schema.table(table);
    return effectOfStep(at, stepFor(known && !linkedPrefix(known, key.columns) ? actions.addForeignKeyAndIndex : actions.addForeignKeyUnchecked, at.engine), table, { parents });
  }
  return effectOfStep(at, stepFor(actions.addForeignKey, at.engine), table, {
    parents,
    offline: /cascade|set/.test(`${key.onDelete ?? ''} ${key.onUpdate ?? ''}`),
    assumes: [{ of: 'foreign-key', table, columns: key.columns, error: '1452' }],
  });
}

/** ADD CHECK. MySQL before 8.0.16 reads it and ignores it. */
export function addCheckEffect({ table }: OperationOf<'add-check'>, at: Situation): Effect {
  const ignored = at.engine.name === 'mysql' && !reaches(at.engine, [8, 0, 16]);
  return effectOfStep(at, stepFor(actions.addCheck, at.engine), table, {
    assumes: ignored ? [] : [{ of: 'check', table, columns: [], error: checkError(at) }],
    loses: ignored ? ['the check: MySQL before 8.0.16 reads it and ignores it'] : [],
  });
}

/** ADD UNIQUE. */
export function addUniqueEffect({ table, columns }: OperationOf<'add-unique'>, at: Situation): Effect {
  return effectOfStep(at, stepFor(actions.addIndex, at.engine), table, { assumes: [{ of: 'unique', table, columns, error: '1062' }] });
}

/** ADD PRIMARY KEY. */
export function addPrimaryKeyEffect({ table: name, columns }: OperationOf<'add-primary-key'>, at: Situation): Effect {
  const table = at.schema.table(name);
  const nullable = columns.filter((column) => table?.columns.get(column)?.nullable !== false);
  return effectOfStep(at, stepFor(actions.addPrimaryKey, at.engine), name, {
    assumes: [
      { of: 'unique', table: name, columns, error: '1062' },
      ...(nullable.length > 0 ? [{ of: 'not-null', table: name, columns: nullable, error: nullError(at) } as const] : []),
    ],
  });
}

/** DROP CONSTRAINT, FOREIGN KEY, CHECK, PRIMARY KEY. */
export function dropConstraintEffect(operation: OperationOf<'drop-constraint'>, at: Situation): Effect {
  const { table: name, constraint } = operation;
  const table = at.schema.table(name);
  if (constraint === 'primary-key' || (constraint === 'unknown' && operation.name === 'PRIMARY')) {
    return effectOfStep(at, stepFor(at.alter?.actions.includes('add-primary-key') ? actions.changePrimaryKey : actions.dropPrimaryKey, at.engine), name);
  }
  if (constraint === 'unique') return effectOfStep(at, stepFor(actions.dropIndex, at.engine), name);
  if (constraint === 'check' || constraint === 'not-null') return effectOfStep(at, stepFor(actions.dropCheck, at.engine), name);
  const key = table?.foreignKeys.find((one) => meansForeignKey(operation, one));
  const parent: QualifiedName | null = key?.references ?? operation.references;
  return effectOfStep(at, stepFor(actions.dropForeignKey, at.engine), name, { parents: parent && printName(parent) !== printName(name) && isMysql(at.engine) ? [parent] : [] });
}
