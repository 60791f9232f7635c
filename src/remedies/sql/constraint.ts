import type { Deed, Engine } from '../../operations/index.ts';
import { isMysql } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';
import { quoteName, quoteQualified } from './name.ts';

/** VALIDATE CONSTRAINT; null when the constraint has no name, or on an engine without it. */
export function validateConstraint(deed: Extract<Deed, { kind: 'validate-constraint' }>, engine: Engine): string[] | null {
  const name = deed.name ?? conventionalName(deed);
  if (name === null || engine.name !== 'postgres') return null;
  return [`ALTER TABLE ${quoteQualified(deed.table, engine)} VALIDATE CONSTRAINT ${quoteName(name, engine)}`];
}

/** DROP CONSTRAINT, or what MySQL has for it. Null when the constraint has no name. */
export function dropConstraint(deed: Extract<Deed, { kind: 'drop-constraint' }>, engine: Engine, schema?: Schema): string[] | null {
  const table = quoteQualified(deed.table, engine);
  if (deed.constraint === 'primary-key' && isMysql(engine)) return [`ALTER TABLE ${table} DROP PRIMARY KEY`];
  const name = deed.name ?? (isMysql(engine) ? numberedName(deed, schema) : conventionalName(deed));
  if (name === null) return null;
  const word = isMysql(engine) ? (mysqlWords[deed.constraint] ?? 'CONSTRAINT') : 'CONSTRAINT';
  const ifExists = deed.ifExists && !isMysql(engine) ? 'IF EXISTS ' : '';
  return [`ALTER TABLE ${table} DROP ${word} ${ifExists}${quoteName(name, engine)}${deed.cascade && !isMysql(engine) ? ' CASCADE' : ''}`];
}

const mysqlWords: Readonly<Record<string, string>> = { 'foreign-key': 'FOREIGN KEY', unique: 'INDEX' };

/** The name MySQL makes up: it numbers the unnamed foreign keys of a table (`orders_ibfk_1`), as the schema does, and calls an unnamed unique key by its first column. */
function numberedName({ table, constraint, columns }: Extract<Deed, { kind: 'drop-constraint' }>, schema: Schema | undefined): string | null {
  if (constraint === 'unique') return columns[0] ?? null;
  if (constraint !== 'foreign-key') return null;
  const known = schema?.table(table)?.foreignKeys.find((key) => key.columns.join() === columns.join())?.name;
  return known ?? `${table.name}_ibfk_1`;
}

/** The name Postgres makes up for an unnamed foreign key or unique constraint: `orders_user_id_fkey`. */
function conventionalName(deed: Extract<Deed, { kind: 'validate-constraint' | 'drop-constraint' }>): string | null {
  const suffix = deed.constraint === 'foreign-key' ? 'fkey' : deed.constraint === 'unique' ? 'key' : null;
  if (suffix === null || deed.columns.length === 0) return null;
  return [deed.table.name, ...deed.columns, suffix].join('_');
}
