import type { ColumnDefinition, ForeignKey, QualifiedName } from '../operations/index.ts';
import { qualified, sameName } from '../operations/index.ts';
import type { Table } from '../schema/table.ts';
import { retriableIndexMigration } from './concurrent-index.ts';
import { addForeignKey, validateForeignKey } from './constraint.ts';
import type { RemedyContext } from './context.ts';
import { objectName } from './naming.ts';
import type { RemedyStatement, RemedyStep } from './remedy.ts';
import { plainKeys } from './sql/create-index.ts';
import { parseTableName, quoteName, quoteQualified } from './sql/name.ts';
import { quoteText } from './sql/value.ts';
import { migrationStep, perform, rawSql } from './step.ts';

/** What moves with a key or a numbered column besides indexes and constraints, when another column takes its place. Postgres. */
export interface KeyMove {
  /** Migrations before the exchange: the index that becomes the primary key. */
  readonly steps: readonly RemedyStep[];
  /** Statements before the old column is dropped: the sequence changes hands, foreign keys let go. */
  readonly before: readonly RemedyStatement[];
  /** Statements after the exchange: the primary key, and the foreign keys without reading their rows. */
  readonly after: readonly RemedyStatement[];
  /** Migrations after it: the foreign keys' validation. */
  readonly finish: readonly RemedyStep[];
  /** The table, with the default that names the sequence as it is found. */
  readonly table: Table;
}

/** The move of the column's sequence, primary key and incoming foreign keys from `column` to `temporary`, which then has its name. */
export function moveKey(table: Table, column: string, temporary: string, type: string, c: RemedyContext): KeyMove {
  const sequence = sequenceOf(table, column, c);
  const on = quoteQualified(table.name, c.engine);
  const isKey = table.primaryKey.length === 1 && table.primaryKey[0] === column;
  const incoming = isKey ? incomingKeys(table, column, c) : [];
  const key = objectName(c.engine, table.name.name, temporary, 'key');
  const index = { name: key, table: table.name, keys: plainKeys([temporary]), unique: true, method: 'btree' };
  const numbered = /^(bigint|integer|smallint)$/.test(type) ? ` AS ${type}` : '';
  const primary = quoteName(objectName(c.engine, table.name.name, 'pkey'), c.engine);
  return {
    steps: isKey ? [retriableIndexMigration(index, c, 'Build the index of the new primary key.')] : [],
    before: [
      ...(sequence === null ? [] : [rawSql(`ALTER SEQUENCE ${sequence}${numbered} OWNED BY ${on}.${quoteName(temporary, c.engine)}`)]),
      ...incoming.map(({ child, foreignKey: { name, columns, references } }) => perform({ kind: 'drop-constraint', table: child, name, constraint: 'foreign-key', columns, references, ifExists: false, cascade: false })),
    ],
    after: [
      ...(isKey ? [rawSql(`ALTER TABLE ${on} ADD CONSTRAINT ${primary} PRIMARY KEY USING INDEX ${quoteName(key, c.engine)}`)] : []),
      ...incoming.map(({ child, foreignKey }) => addForeignKey(child, { ...foreignKey, validated: false })),
    ],
    finish: incoming.map(({ child, foreignKey }) => migrationStep({
      words: `validate foreign key of ${child.name} to ${table.name.name} on ${foreignKey.columns.join(' and ')}`,
      title: `Validate the foreign key of "${child.name}"; reads and writes go on.`,
      up: [validateForeignKey(child, foreignKey)],
    })),
    table: sequence === null ? table : withDefault(table, column, `nextval(${quoteText(sequence, c.engine)}::regclass)`),
  };
}

/** The foreign keys of all tables that refer to the column, by name or as the primary key. */
export function incomingKeys(table: Table, column: string, c: RemedyContext): { child: QualifiedName; foreignKey: ForeignKey }[] {
  const isKey = table.primaryKey.length === 1 && table.primaryKey[0] === column;
  return [...(c.schema.referencing?.(table.name) ?? c.schema.tables())].flatMap((other) =>
    other.foreignKeys
      .filter((key) => sameName(key.references, table.name) && (key.referencedColumns.includes(column) || (isKey && key.referencedColumns.length === 0)))
      .map((foreignKey) => ({ child: other.name, foreignKey })),
  );
}

/** True when new rows get the column's value from a sequence. */
export function isNumbered(column: ColumnDefinition | undefined): boolean {
  return column?.default.kind === 'expression' && column.default.functions.includes('nextval');
}

/** The sequence in the column's default, as SQL writes it; in the table's schema unless it says its own. */
function sequenceOf(table: Table, column: string, c: RemedyContext): string | null {
  const value = table.columns.get(column)?.default;
  const text = value?.kind === 'expression' ? /^nextval\('((?:[^']|'')+)'(?:::regclass)?\)$/i.exec(value.sql)?.[1] : undefined;
  if (text === undefined) return null;
  if (text.includes('"')) return text.replaceAll("''", "'");
  const name = parseTableName(text.replaceAll("''", "'"));
  return quoteQualified(qualified(name.name, name.schema ?? table.name.schema), c.engine);
}

function withDefault(table: Table, column: string, sql: string): Table {
  const definition = table.columns.get(column);
  if (!definition) return table;
  return { ...table, columns: new Map([...table.columns, [column, { ...definition, default: { kind: 'expression', sql, functions: ['nextval'] } }]]) };
}
