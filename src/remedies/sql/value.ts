import type { ColumnType, Default, Engine } from '../../operations/index.ts';
import { isMysql, printType } from '../../operations/index.ts';
import { quoteName } from './name.ts';

/** A string literal. MySQL takes a backslash as an escape, Postgres does not. */
export function quoteText(text: string, engine: Engine): string {
  const escaped = text.replaceAll("'", "''");
  return `'${isMysql(engine) ? escaped.replaceAll('\\', '\\\\') : escaped}'`;
}

/** A constant as a literal. */
export function literal(value: string | number | boolean | null, engine: Engine): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return quoteText(value, engine);
  return typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : String(value);
}

/** The expression of a default, or null when there is none or it is computed by the application. MySQL wants parentheses around one that is not a bare CURRENT_TIMESTAMP. */
export function defaultExpression(value: Default, engine: Engine): string | null {
  switch (value.kind) {
    case 'constant':
      return literal(value.value, engine);
    case 'expression':
      return isMysql(engine) && !/^\(.*\)$|^(current_timestamp|now|null)\b/is.test(value.sql) ? `(${value.sql})` : value.sql;
    default:
      return null;
  }
}

/** A type as SQL of the engine writes it. */
export function typeName(type: ColumnType, engine: Engine): string {
  if (isMysql(engine)) {
    return type.values ? `${type.name}(${type.values.map((value) => quoteText(value, engine)).join(', ')})` : printType(type);
  }
  const name = type.name === 'double' ? 'double precision' : type.name === 'datetime' ? 'timestamp' : type.name;
  const bare = /^[a-z_][a-z0-9_]*( [a-z ]+)?$/.test(name) || /^"/.test(name) || /^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/.test(name);
  return printType({ ...type, name: bare ? name : name.split('.').map((part) => quoteName(part, engine)).join('.') });
}
