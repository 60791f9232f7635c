import { fillsRows, indexColumns, printName } from '../../operations/index.ts';
import type { ColumnDefinition, OperationOf } from '../../operations/index.ts';
import type { Table } from '../../schema/table.ts';
import { restatedColumn } from '../../schema/restated.ts';
import { indexUses } from '../../schema/table-parts.ts';
import type { Assumption, Effect } from '../effect.ts';
import { typeChange } from '../type-change.ts';
import { effectOfStep, hardest, reaches, stepFor } from './action.ts';
import type { Action, Situation, Step } from './action.ts';
import { actions } from './actions.ts';
import { columnKeys } from './dependents.ts';
import { mysqlVolatility } from './volatility.ts';

const hasFulltext = (table: Table | undefined) => table?.indexes.some((index) => index.method === 'fulltext') ?? false;

/** True when the table is searched by other columns than the one. */
function keepsFulltext(table: Table | undefined, column: string): boolean {
  return table?.indexes.some((index) => index.method === 'fulltext' && indexColumns(index).some((other) => other !== column)) ?? false;
}

/** ADD COLUMN. */
export function addColumnEffect(operation: OperationOf<'add-column'>, at: Situation): Effect {
  const { table: name, column } = operation;
  const { engine } = at;
  const table = at.schema.table(name);
  const step = (action: Action) => stepFor(action, engine);
  if (operation.ifNotExists && table?.columns.has(column.name)) return effectOfStep(at, step(actions.tableOption), name);
  const isVirtual = column.generated !== undefined && !column.generated.stored;
  const steps: Step[] = [step(column.position ? actions.addColumnPlaced : actions.addColumn)];
  const loses: string[] = [];
  if (column.generated) steps.splice(0, 1, step(column.generated.stored ? actions.addStored : actions.addVirtual));
  if (hasFulltext(table) && !isVirtual) steps.push(step(actions.addColumnFulltext));
  if (column.autoIncrement) steps.push(step(actions.addAutoIncrement));
  if (rebuildsTogether(at)) steps.push(step(actions.columnsWithIndex));
  if (table?.compressed && !isVirtual) steps.push(step(actions.columnsCompressed));
  if (column.position && !isVirtual && movesVirtual(table, column.position === 'first' ? null : column.position.after, at)) steps.push(step(actions.columnBeforeVirtual));
  if (column.unique || column.primaryKey) steps.push(step(actions.addUnique));
  if (column.check && (engine.name === 'mariadb' || reaches(engine, [8, 0, 16]))) steps.push(step(actions.addChecked));
  const value = defaultAction(column, at);
  if (value) steps.push(step(value));
  if (value === actions.addRandomDefault && engine.name === 'mariadb') loses.push('all existing rows get one and the same value');
  const ignored = column.references !== undefined && engine.name === 'mysql' && operation.language === 'sql' && !(engine.version.length > 0 && reaches(engine, [9]));
  if (ignored) loses.push('the foreign key: MySQL reads REFERENCES behind a column and ignores it');
  else if (column.references) steps.push(step(at.uncheckedKeys ? actions.columnsWithIndex : actions.addReferences));
  const parents = column.references && !ignored && printName(column.references.references) !== printName(name) ? [column.references.references] : [];
  const zero = zeroFill(operation, at);
  const unsure = value === actions.addExpressionDefault && steps.length === 2 && engine.name === 'mysql' && !isVolatile(column, at)
    ? 'MySQL does not add a column with an expression as its default instantly; whether others can write meanwhile is not documented' : null;
  return effectOfStep(at, hardest(steps), name, { parents, assumes: [...zero.assumes, ...filledAssumptions(operation, ignored, at)], loses: [...loses, ...zero.loses], unsure });
}

/** True when the same ALTER TABLE builds an index (or, on MySQL, drops one), so that the column's part is not instant; MySQL takes ALGORITHM=INPLACE for the wish to rebuild. */
function rebuildsTogether({ alter, engine }: Situation): boolean {
  return (engine.name === 'mysql' && alter?.algorithm === 'INPLACE') || (alter?.actions.some((kind) => kind === 'create-index' || kind === 'add-unique' || kind === 'add-primary-key' || (kind === 'drop-index' && engine.name === 'mysql')) ?? false);
}

/** True on MariaDB when a VIRTUAL column stands behind the given one, or anywhere for null: it moves when a column before it comes or goes. */
function movesVirtual(table: Table | undefined, column: string | null, { engine }: Situation): boolean {
  if (engine.name !== 'mariadb' || !table) return false;
  const columns = [...table.columns.values()];
  return columns.slice(columns.findIndex(({ name }) => name === column) + 1).some(({ generated }) => generated && !generated.stored);
}

function isVolatile(column: ColumnDefinition, at: Situation): boolean {
  return column.default.kind === 'expression' && column.default.functions.some((name) => ['volatile', 'unknown'].includes(mysqlVolatility(name, at.schema)));
}

/** CURRENT_TIMESTAMP is a default of its own; any other expression is worked out for each row by a copy (measured on MariaDB: all but RAND). */
function defaultAction(column: ColumnDefinition, at: Situation): Action | null {
  const value = column.default;
  if (column.generated || value.kind !== 'expression') return null;
  if (/^\s*\(?\s*(current_timestamp|now|localtime|localtimestamp)\b\s*(\(\s*\d*\s*\))?\s*\)?(\s+on\s+update\b[\s\S]*)?$/i.test(value.sql)) return null;
  if (at.engine.name === 'mysql') return actions.addExpressionDefault;
  if (!isVolatile(column, at)) return null;
  return value.functions.filter((name) => mysqlVolatility(name, at.schema) !== 'immutable').every((name) => name === 'rand') ? actions.addRandomDefault : actions.addExpressionDefault;
}

/** A NOT NULL column without a default: nothing fails, every row gets the zero value; strict MySQL refuses the zero date. */
function zeroFill({ table, column }: OperationOf<'add-column'>, at: Situation): { readonly assumes: Assumption[]; readonly loses: string[] } {
  if (column.nullable || fillsRows(column)) return { assumes: [], loses: [] };
  const date = at.engine.name === 'mysql' && /^(date|datetime|timestamp)$/.test(column.type.name);
  return {
    assumes: [{ of: 'empty', table, columns: [column.name], error: date ? '1292' : null }],
    loses: date ? [] : [`existing rows silently get ${zeroValue(column)} in "${column.name}"`],
  };
}

function zeroValue(column: ColumnDefinition): string {
  const first = column.type.values?.[0];
  if (column.type.name === 'enum' && first !== undefined) return `the first label "${first}"`;
  if (/(char|text|blob|binary)$/.test(column.type.name) || column.type.name === 'set') return 'an empty value';
  return /^(date|datetime|timestamp)$/.test(column.type.name) ? 'the zero date' : '0';
}

function filledAssumptions({ table, column }: OperationOf<'add-column'>, ignored: boolean, at: Situation): Assumption[] {
  const columns = [column.name];
  const constant = column.default.kind === 'constant' && column.default.value !== null;
  const found: Assumption[] = [];
  if ((column.unique || column.primaryKey) && !column.autoIncrement && (constant || (!column.nullable && !fillsRows(column)))) found.push({ of: 'unique', table, columns, error: '1062' });
  if (column.check && constant) found.push({ of: 'check', table, columns, error: checkError(at) });
  if (column.references && !ignored && constant && !at.uncheckedKeys) found.push({ of: 'foreign-key', table, columns, error: '1452' });
  return found;
}

/** The error number of a violated check. */
export function checkError(at: Situation): string {
  return at.engine.name === 'mariadb' ? '4025' : '3819';
}

/** DROP COLUMN: InnoDB refuses it for columns of a foreign key. */
export function dropColumnEffect(operation: OperationOf<'drop-column'>, at: Situation): Effect {
  const { table: name, column } = operation;
  const table = at.schema.table(name);
  const generated = table?.columns.get(column)?.generated;
  const indexes = table?.indexes.filter((index) => indexUses(index, column)) ?? [];
  const action = generated ? (generated.stored ? actions.dropStored : actions.dropVirtual) : indexes.length > 0 || table?.primaryKey.includes(column) ? actions.dropIndexedColumn : actions.dropColumn;
  const steps = [action, ...(rebuildsTogether(at) ? [actions.columnsWithIndex] : []), ...(table?.compressed && !(generated && !generated.stored) ? [actions.columnsCompressed] : []), ...(rebuildsTogether(at) && !(generated && !generated.stored) && movesVirtual(table, column, at) ? [actions.columnBeforeVirtual] : []), ...(keepsFulltext(table, column) && !(generated && !generated.stored) ? [actions.addColumnFulltext] : [])];
  return effectOfStep(at, hardest(steps.map((one) => stepFor(one, at.engine))), name, {
    assumes: columnKeys(name, column, at),
    loses: indexes.map((index) => {
      const title = `the ${index.unique ? 'unique index' : 'index'} "${index.name ?? index.keys.map((key) => key.column).join(', ')}"`;
      return indexColumns(index).length > 1 ? `the column in ${title}, which ${index.unique ? 'is then unique over the columns that are left' : 'keeps the others'}` : title;
    }),
  });
}

/** MODIFY and CHANGE: the type, and all that the restated definition changes. */
export function alterTypeEffect(operation: OperationOf<'alter-column-type'>, at: Situation): Effect {
  const { table: name, column } = operation;
  const table = at.schema.table(name);
  const old = table?.columns.get(column);
  const after = old ? restatedColumn(old, operation, table?.primaryKey.includes(column) ?? false) : operation.restated;
  const change = typeChange(old?.type ?? null, operation.type, at.engine, { charset: old?.charset });
  const step = (action: Action) => stepFor(action, at.engine);
  const free = /varchar/.test(change.source) ? actions.extendVarchar : actions.changeTypeFree;
  const steps: Step[] = [{ ...step(change.cost === 'free' ? free : actions.changeType), ...(change.source === 'none' ? {} : { source: change.source }) }];
  if (old && after && old.nullable !== after.nullable) steps.push(step(after.nullable ? actions.dropNotNull : actions.setNotNull));
  if (operation.restated?.position) steps.push(step(actions.reorderColumn));
  if (old?.charset && after?.charset && old.charset !== after.charset) steps.push(step(actions.changeCharset));
  const collation = operation.collation ?? after?.collation ?? null;
  if (old && collation !== null && collation !== (old.collation ?? null)) {
    steps.push(step(table?.indexes.some((index) => indexUses(index, column)) ? actions.changeCollationIndexed : actions.changeCollation));
  }
  const assumes: Assumption[] = [];
  if (change.narrows !== null && change.error) assumes.push({ of: /^(1292|1366|3140|4025)$/.test(change.error) ? 'castable' : 'fits', table: name, columns: [column], error: change.error });
  if (old?.nullable && after && !after.nullable) assumes.push({ of: 'not-null', table: name, columns: [column], error: nullError(at) });
  const silent = change.narrows === null ? [] : [change.error ? `outside strict SQL mode they are cut or changed silently: ${change.narrows}` : change.narrows];
  const zero = assumes.some((assumption) => assumption.of === 'not-null') ? [nullLoss] : [];
  return effectOfStep(at, hardest(steps), name, { assumes, loses: [...silent, ...zero, ...attributesLost(old, after)], unsure: change.cost === 'unknown' ? change.why : null });
}

/** The error number that a NULL meets when its column becomes NOT NULL in strict mode. */
export function nullError(at: Situation): string {
  return at.engine.name === 'mariadb' ? '1265' : '1138';
}

const nullLoss = 'outside strict SQL mode NULL values silently become zero values';

/** What the old definition has and the restated one leaves out. */
function attributesLost(old: ColumnDefinition | undefined, after: ColumnDefinition | null): string[] {
  if (!old || !after) return [];
  const lost: string[] = [];
  if (!old.nullable && after.nullable) lost.push('NOT NULL');
  if (old.default.kind !== 'none' && after.default.kind === 'none' && !(old.default.kind === 'constant' && old.default.value === null)) lost.push('the default');
  if (old.comment && !after.comment) lost.push('the comment');
  if (old.collation && !after.collation) lost.push('the collation');
  if (old.autoIncrement && !after.autoIncrement) lost.push('AUTO_INCREMENT');
  return lost.map((what) => `${what} of "${old.name}", which the new definition does not repeat`);
}

/** SET NOT NULL: the table is rebuilt while others go on reading and writing. */
export function setNotNullEffect(operation: OperationOf<'set-not-null'>, at: Situation): Effect {
  const { table: name, column } = operation;
  if (at.schema.table(name)?.columns.get(column)?.nullable === false) return effectOfStep(at, stepFor(actions.tableOption, at.engine), name);
  const filled = operation.fill.kind !== 'none';
  return effectOfStep(at, stepFor(hasFulltext(at.schema.table(name)) ? actions.rebuildFulltext : actions.setNotNull, at.engine), name, {
    assumes: filled ? [] : [{ of: 'not-null', table: name, columns: [column], error: nullError(at) }],
    loses: filled ? [] : [nullLoss],
  });
}
