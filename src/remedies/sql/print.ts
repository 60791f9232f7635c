import type { Deed, Engine, OperationKind, QualifiedName } from '../../operations/index.ts';
import { isMysql } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';
import { checkClause, columnDefinition, foreignKeyClause } from './column.ts';
import { createIndex } from './create-index.ts';
import { dropConstraint, validateConstraint } from './constraint.ts';
import { columnList, quoteName, quoteQualified } from './name.ts';
import { createTable } from './table.ts';
import { defaultExpression, quoteText, typeName } from './value.ts';

/**
 * The operation as SQL of the engine: one statement an entry, without semicolons. Null for operations that SQL cannot say or that remedies
 * do not make. What Ruby has no verb for goes through here, too. `schema` gives the rest of a column's definition, which MySQL wants restated.
 */
export function printSql(deed: Deed, engine: Engine, schema?: Schema): readonly string[] | null {
  const alter = (table: QualifiedName, action: string): string[] => [`ALTER TABLE ${quoteQualified(table, engine)} ${action}`];
  const column = (name: string): string => quoteName(name, engine);
  const mysql = isMysql(engine);
  const ifExists = (wanted: boolean): string => (wanted && (deed.kind === 'drop-table' || engine.name === 'postgres') ? 'IF EXISTS ' : '');
  const cascade = (wanted: boolean): string => (wanted && !mysql ? ' CASCADE' : '');
  switch (deed.kind) {
    case 'create-table':
      return createTable(deed, engine);
    case 'drop-table':
      return [`DROP TABLE ${ifExists(deed.ifExists)}${quoteQualified(deed.table, engine)}${cascade(deed.cascade)}`];
    case 'rename-table':
      return alter(deed.table, `RENAME TO ${mysql ? quoteQualified(deed.to, engine) : column(deed.to.name)}`);
    case 'add-column':
      return alter(deed.table, `ADD COLUMN ${deed.ifNotExists && !mysql ? 'IF NOT EXISTS ' : ''}${columnDefinition(deed.column, engine)}`);
    case 'drop-column':
      return alter(deed.table, `DROP COLUMN ${ifExists(deed.ifExists)}${column(deed.column)}${cascade(deed.cascade)}`);
    case 'rename-column':
      return alter(deed.table, `RENAME COLUMN ${column(deed.column)} TO ${column(deed.to)}`);
    case 'alter-column-type':
      return alter(deed.table, alterType(deed, engine));
    case 'set-not-null': {
      const fill = defaultExpression(deed.fill, engine);
      const update = fill === null ? [] : [`UPDATE ${quoteQualified(deed.table, engine)} SET ${column(deed.column)} = ${fill} WHERE ${column(deed.column)} IS NULL`];
      return mysql ? restate(deed, false, engine, schema, update) : [...update, ...alter(deed.table, `ALTER COLUMN ${column(deed.column)} SET NOT NULL`)];
    }
    case 'drop-not-null':
      return mysql ? restate(deed, true, engine, schema, []) : alter(deed.table, `ALTER COLUMN ${column(deed.column)} DROP NOT NULL`);
    case 'set-default': {
      const value = defaultExpression(deed.default, engine);
      return alter(deed.table, `ALTER COLUMN ${column(deed.column)} ${value === null ? 'DROP DEFAULT' : `SET DEFAULT ${value}`}`);
    }
    case 'create-index':
      return [createIndex(deed, engine)];
    case 'drop-index':
      return dropIndex(deed, engine);
    case 'rename-index':
      if (mysql) return deed.table ? alter(deed.table, `RENAME INDEX ${column(deed.name)} TO ${column(deed.to)}`) : null;
      return [`ALTER INDEX ${quoteQualified({ schema: deed.table?.schema ?? null, name: deed.name }, engine)} RENAME TO ${column(deed.to)}`];
    case 'reindex':
      return deed.name === null ? [`REINDEX ${deed.target.toUpperCase()}`] : [`REINDEX ${deed.target.toUpperCase()} ${deed.concurrently ? 'CONCURRENTLY ' : ''}${quoteQualified(deed.name, engine)}`];
    case 'detach-partition':
      return alter(deed.table, `DETACH PARTITION ${quoteQualified(deed.partition, engine)}${deed.concurrently ? ' CONCURRENTLY' : ''}`);
    case 'attach-index-partition':
      return [`ALTER INDEX ${quoteQualified(deed.index, engine)} ATTACH PARTITION ${quoteQualified(deed.partition, engine)}`];
    case 'add-foreign-key':
      return alter(deed.table, `ADD ${foreignKeyClause(deed.foreignKey, engine)}`);
    case 'add-check':
      return alter(deed.table, `ADD ${checkClause(deed.check, engine)}`);
    case 'add-unique':
      return addUnique(deed, engine);
    case 'add-primary-key':
      return alter(deed.table, `ADD ${deed.name === undefined || mysql ? '' : `CONSTRAINT ${column(deed.name)} `}PRIMARY KEY ${deed.usingIndex ? `USING INDEX ${column(deed.usingIndex)}` : columnList(deed.columns, engine)}`);
    case 'validate-constraint':
      return validateConstraint(deed, engine);
    case 'drop-constraint':
      return dropConstraint(deed, engine, schema);
    case 'rename-constraint':
      return mysql ? null : alter(deed.table, `RENAME CONSTRAINT ${column(deed.name)} TO ${column(deed.to)}`);
    case 'create-enum':
      return [`CREATE TYPE ${quoteQualified(deed.type, engine)} AS ENUM (${deed.values.map((value) => quoteText(value, engine)).join(', ')})`];
    case 'add-enum-value': {
      const place = deed.before !== null ? ` BEFORE ${quoteText(deed.before, engine)}` : deed.after !== null ? ` AFTER ${quoteText(deed.after, engine)}` : '';
      return [`ALTER TYPE ${quoteQualified(deed.type, engine)} ADD VALUE ${deed.ifNotExists ? 'IF NOT EXISTS ' : ''}${quoteText(deed.value, engine)}${place}`];
    }
    case 'drop-view':
      return [`DROP ${deed.materialized ? 'MATERIALIZED ' : ''}VIEW ${deed.ifExists ? 'IF EXISTS ' : ''}${quoteQualified(deed.view, engine)}`];
    case 'drop-trigger':
      return [`DROP TRIGGER ${deed.ifExists ? 'IF EXISTS ' : ''}${column(deed.name)}${deed.table === null || mysql ? '' : ` ON ${quoteQualified(deed.table, engine)}`}`];
    case 'drop-policy':
      return [`DROP POLICY ${column(deed.name)} ON ${quoteQualified(deed.table, engine)}`];
    case 'drop-type':
      return [`DROP TYPE ${ifExists(deed.ifExists)}${quoteQualified(deed.type, engine)}`];
    case 'drop-sequence':
      return [`DROP SEQUENCE ${ifExists(deed.ifExists)}${quoteQualified(deed.sequence, engine)}`];
    case 'drop-function':
      return [`DROP FUNCTION ${ifExists(deed.ifExists)}${quoteQualified(deed.function, engine)}`];
    case 'set-setting':
      return [`SET ${deed.local ? 'LOCAL ' : ''}${deed.name} = ${deed.value ?? 'DEFAULT'}`];
    default:
      return null;
  }
}

type Of<K extends OperationKind> = Extract<Deed, { kind: K }>;

function alterType(deed: Of<'alter-column-type'>, engine: Engine): string {
  if (isMysql(engine)) {
    const collation = deed.collation === null ? {} : { collation: deed.collation };
    const definition = deed.restated ?? { name: deed.column, type: deed.type, nullable: true, default: { kind: 'none' as const }, ...collation };
    return `MODIFY COLUMN ${columnDefinition({ ...definition, name: deed.column, type: deed.type }, engine)}`;
  }
  const collation = deed.collation === null ? '' : ` COLLATE ${quoteName(deed.collation, engine)}`;
  return `ALTER COLUMN ${quoteName(deed.column, engine)} TYPE ${typeName(deed.type, engine)}${collation}${deed.using === null ? '' : ` USING ${deed.using}`}`;
}

function dropIndex(deed: Of<'drop-index'>, engine: Engine): string[] | null {
  if (deed.name === null) return null;
  if (isMysql(engine)) return deed.table === null ? null : [`ALTER TABLE ${quoteQualified(deed.table, engine)} DROP INDEX ${quoteName(deed.name.name, engine)}`];
  const name = { schema: deed.name.schema ?? deed.table?.schema ?? null, name: deed.name.name };
  const options = `${deed.concurrently ? 'CONCURRENTLY ' : ''}${deed.ifExists ? 'IF EXISTS ' : ''}`;
  return [`DROP INDEX ${options}${quoteQualified(name, engine)}${deed.cascade ? ' CASCADE' : ''}`];
}

function addUnique(deed: Of<'add-unique'>, engine: Engine): string[] {
  const name = deed.name === null ? '' : `CONSTRAINT ${quoteName(deed.name, engine)} `;
  const what = deed.usingIndex
    ? `USING INDEX ${quoteName(deed.usingIndex, engine)}`
    : `${deed.nullsNotDistinct ? 'NULLS NOT DISTINCT ' : ''}${columnList(deed.columns, engine)}`;
  return [`ALTER TABLE ${quoteQualified(deed.table, engine)} ADD ${name}UNIQUE ${what}${deed.deferrable ? ' DEFERRABLE' : ''}`];
}

/** MySQL's MODIFY with the whole definition, or null when that is not known. */
function restate(deed: Of<'set-not-null'> | Of<'drop-not-null'>, nullable: boolean, engine: Engine, schema: Schema | undefined, before: string[]): string[] | null {
  const definition = schema?.table(deed.table)?.columns.get(deed.column);
  if (!definition) return null;
  return [...before, `ALTER TABLE ${quoteQualified(deed.table, engine)} MODIFY COLUMN ${columnDefinition({ ...definition, nullable }, engine)}`];
}
