import { noDefault } from '../../operations/index.ts';
import type { Check, ColumnDefinition, Default, ForeignKey, IndexDefinition, OperationContext, OperationOf } from '../../operations/index.ts';
import { defaultCheckName, defaultForeignKeyName, defaultIndexName, defaultUniqueName } from '../default-name.ts';
import type { Store } from '../store.ts';
import { linkedPrefix } from '../table-parts.ts';
import type { Table, UniqueConstraint } from '../table.ts';
import { append, hasRoom, isFull } from './fold.ts';

/** What decides how a definition is read: the engine, and the language, because Rails makes up its own names. */
export interface Reading {
  readonly store: Store;
  readonly language: OperationContext['language'];
}

/**
 * A column as the table holds it: inline constraints are taken off (they become the table's), serial types are what they stand for,
 * and what is implied is written out (keys, identity and serial columns hold no NULL).
 */
export function storedColumn(table: Table, column: ColumnDefinition): ColumnDefinition {
  const { primaryKey, unique: _unique, references: _references, check: _check, position: _position, ...written } = column;
  const rest = written.default === plainDefault(written.default) ? written : { ...written, default: noDefault };
  const serial = serialTypes.get(column.type.name);
  const nullable = rest.nullable && !primaryKey && !serial && !rest.identity;
  if (!serial) return nullable === rest.nullable ? rest : { ...rest, nullable };
  const sql = `nextval('${table.name.name}_${column.name}_seq'::regclass)`;
  return { ...rest, nullable, type: { ...rest.type, name: serial }, default: { kind: 'expression', sql, functions: ['nextval'] } };
}

/** DEFAULT NULL is no default. */
export function plainDefault(value: Default): Default {
  return value.kind === 'constant' && value.value === null ? noDefault : value;
}

const serialTypes = new Map([['smallserial', 'smallint'], ['serial', 'integer'], ['bigserial', 'bigint']]);

/** Adds the constraints that stand inside a column's definition. */
export function withInlineConstraints(table: Table, column: ColumnDefinition, reading: Reading): Table {
  let result = table;
  if (column.primaryKey) result = { ...result, primaryKey: append(result.primaryKey, column.name) };
  if (column.unique) result = withUnique(result, { name: null, columns: [column.name] }, reading);
  if (column.check) result = withCheck(result, column.check, reading, column.name);
  if (column.references && honoursInlineReferences(reading)) {
    result = withForeignKey(result, { ...column.references, columns: column.references.columns.length ? column.references.columns : [column.name] }, reading);
  }
  return result;
}

/** MySQL reads REFERENCES behind a column and ignores it; MariaDB from 10.5 and the others make a foreign key of it. */
function honoursInlineReferences({ store, language }: Reading): boolean {
  return store.engine !== 'mysql' || language !== 'sql';
}

/** Adds a foreign key; MySQL and MariaDB add an index for it when none begins with its columns. */
export function withForeignKey(table: Table, key: ForeignKey, reading: Reading): Table {
  if (!hasRoom(table.foreignKeys)) return table;
  const named = key.name === null && reading.language !== 'ruby' ? { ...key, name: defaultForeignKeyName(reading.store.engine, table, key) } : key;
  const result: Table = { ...table, foreignKeys: append(table.foreignKeys, named) };
  if (!isMysqlStore(reading.store) || linkedPrefix(result, key.columns)) return result;
  const index: IndexDefinition = {
    name: named.name, generatedName: true, table: table.name, keys: key.columns.map((column) => ({ column, expression: null })), unique: false, method: 'btree',
  };
  return withIndex(result, index, reading);
}

/** Adds a check. */
export function withCheck(table: Table, check: Check, reading: Reading, column: string | null): Table {
  if (!hasRoom(table.checks)) return table;
  const named = check.name === null && reading.language !== 'ruby' ? { ...check, name: defaultCheckName(reading.store.engine, table, check, column) } : check;
  return { ...table, checks: append(table.checks, named) };
}

/** Adds a unique constraint; on MySQL and MariaDB it is nothing but a unique index. */
export function withUnique(table: Table, unique: UniqueConstraint, reading: Reading): Table {
  if (!hasRoom(table.uniques)) return table;
  const name = unique.name ?? (reading.language === 'ruby' ? null : defaultUniqueName(reading.store.engine, table, unique.columns));
  if (!isMysqlStore(reading.store)) return { ...table, uniques: append(table.uniques, { name, columns: unique.columns }) };
  const keys = unique.columns.map((column) => ({ column, expression: null }));
  return withIndex(table, { name, table: table.name, keys, unique: true, method: 'btree' }, reading);
}

/** Adds an index; one of the same name is replaced. */
export function withIndex(table: Table, index: IndexDefinition, reading: Reading): Table {
  if (!hasRoom(table.indexes)) return table;
  const name = index.name ?? (reading.language === 'ruby' ? null : defaultIndexName(reading.store.engine, table, index));
  const others = table.indexes.filter((other) => (name === null || other.name !== name) && !(isMysqlStore(reading.store) && replacesKeyIndex(table, other, index)));
  // Active Record writes a column that it is given twice once.
  const own = reading.language === 'ruby' && index.keys.length > 1 ? { ...index, keys: index.keys.filter((key, at) => key.column === null || index.keys.findIndex((other) => other.column === key.column) === at) } : index;
  const named = own.name === null && name !== null ? { ...own, name, generatedName: true } : own;
  return { ...table, indexes: append(others, named.table === table.name ? named : { ...named, table: table.name }) };
}

/** MySQL drops the index that it made for a foreign key once another one serves the key. */
function replacesKeyIndex(table: Table, made: IndexDefinition, index: IndexDefinition): boolean {
  return made.generatedName === true && !made.unique && table.foreignKeys.some((key) => key.name !== null && key.name === made.name)
    && made.keys.every((key, at) => key.column === index.keys[at]?.column);
}

/** True for the engines whose unique constraints are indexes and whose foreign keys need one. */
export function isMysqlStore(store: Store): boolean {
  return store.engine === 'mysql' || store.engine === 'mariadb';
}

/** The character set that table options name, or null. */
export function charsetOf(options: string | null): string | null {
  return /\b(?:charset|character\s+set)\s*=?\s*'?(\w+)/i.exec(options ?? '')?.[1]?.toLowerCase() ?? null;
}

/** True when table options ask for compressed rows: KEY_BLOCK_SIZE alone does so, too. */
export function isCompressed(options: string | null): boolean {
  return /\brow_format\s*=?\s*compressed\b|\bkey_block_size\s*=?\s*[1-9]/i.test(options ?? '');
}

/** Puts the columns, keys and constraints of a CREATE TABLE into the draft of its table. */
export function fillTable(draft: Table, operation: OperationOf<'create-table'>, reading: Reading, isNew: boolean): Table {
  const charset = isMysqlStore(reading.store) ? charsetOf(operation.options) : null;
  const columns = new Map(draft.columns);
  let table = draft;
  for (const column of operation.columns) {
    if (isFull(columns)) break;
    const stored = storedColumn(draft, column);
    columns.set(column.name, charset !== null && stored.charset === undefined && isText(stored.type.name) ? { ...stored, charset } : stored);
    table = withInlineConstraints(table, column, reading);
  }
  if (operation.primaryKey.length > 0) table = { ...table, primaryKey: operation.primaryKey };
  for (const key of table.primaryKey) {
    const column = columns.get(key);
    if (column?.nullable) columns.set(key, { ...column, nullable: false });
  }
  table = { ...table, columns, newColumns: isNew ? new Set(columns.keys()) : table.newColumns };
  for (const constraint of operation.constraints) {
    table = constraint.kind === 'unique' ? withUnique(table, constraint, reading) : { ...table, exclusions: append(table.exclusions, constraint.name) };
  }
  for (const check of operation.checks) table = withCheck(table, check, reading, null);
  for (const index of operation.indexes) table = withIndex(table, index, reading);
  for (const key of operation.foreignKeys) table = withForeignKey(table, key, reading);
  return table;
}

/** True for the MySQL types that have a character set. */
export function isText(type: string): boolean {
  return /^(varchar|char|(tiny|medium|long)?text|enum|set)$/.test(type);
}
