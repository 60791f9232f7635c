import type { Check, ColumnDefinition, Engine, ForeignKey } from '../../operations/index.ts';
import { isMysql } from '../../operations/index.ts';
import { columnList, quoteName, quoteQualified } from './name.ts';
import { defaultExpression, quoteText, typeName } from './value.ts';

/** A column's definition as CREATE TABLE, ADD COLUMN and MODIFY write it. */
export function columnDefinition(column: ColumnDefinition, engine: Engine): string {
  const mysql = isMysql(engine);
  const value = defaultExpression(column.default, engine);
  return [
    quoteName(column.name, engine),
    typeName(column.type, engine),
    mysql && column.charset ? `CHARACTER SET ${column.charset}` : '',
    column.collation ? `COLLATE ${mysql ? column.collation : quoteName(column.collation, engine)}` : '',
    column.generated ? `GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.stored ? 'STORED' : 'VIRTUAL'}` : '',
    column.identity ? `GENERATED ${column.identity.toUpperCase()} AS IDENTITY` : '',
    value === null || column.generated ? '' : `DEFAULT ${value}`,
    column.nullable ? '' : 'NOT NULL',
    column.autoIncrement ? 'AUTO_INCREMENT' : '',
    column.primaryKey ? 'PRIMARY KEY' : '',
    column.unique ? 'UNIQUE' : '',
    column.check ? checkClause(column.check, engine) : '',
    column.references ? `REFERENCES ${referencesClause(column.references, engine)}` : '',
    mysql && column.comment !== undefined ? `COMMENT ${quoteText(column.comment, engine)}` : '',
    mysql && column.position ? (column.position === 'first' ? 'FIRST' : `AFTER ${quoteName(column.position.after, engine)}`) : '',
  ].filter(Boolean).join(' ');
}

/** `CONSTRAINT name FOREIGN KEY (...) REFERENCES ... NOT VALID`. */
export function foreignKeyClause(key: ForeignKey, engine: Engine): string {
  const name = key.name === null ? '' : `CONSTRAINT ${quoteName(key.name, engine)} `;
  return `${name}FOREIGN KEY ${columnList(key.columns, engine)} REFERENCES ${referencesClause(key, engine)}${notValid(key.validated, engine)}`;
}

/** `CONSTRAINT name CHECK (...) NOT VALID`. */
export function checkClause(check: Check, engine: Engine): string {
  const name = check.name === null ? '' : `CONSTRAINT ${quoteName(check.name, engine)} `;
  return `${name}CHECK (${check.expression})${notValid(check.validated, engine)}`;
}

function referencesClause(key: ForeignKey, engine: Engine): string {
  const columns = key.referencedColumns.length > 0 ? key.referencedColumns : isMysql(engine) ? ['id'] : [];
  return [
    `${quoteQualified(key.references, engine)}${columns.length > 0 ? ` ${columnList(columns, engine)}` : ''}`,
    key.onDelete ? `ON DELETE ${key.onDelete.toUpperCase()}` : '',
    key.onUpdate ? `ON UPDATE ${key.onUpdate.toUpperCase()}` : '',
    key.deferrable ? `DEFERRABLE${key.initiallyDeferred ? ' INITIALLY DEFERRED' : ''}` : '',
  ].filter(Boolean).join(' ');
}

function notValid(validated: boolean, engine: Engine): string {
  return !validated && engine.name === 'postgres' ? ' NOT VALID' : '';
}
