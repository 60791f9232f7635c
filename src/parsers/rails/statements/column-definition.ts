import { noDefault, type ColumnDefinition, type Default } from '../../../operations/index.ts';
import type { StatementHost } from '../host.ts';
import { literalText, type Value } from '../value.ts';
import { given, isFalse, isOff, isOn, nameText, optionText, type Options } from './arguments.ts';
import { defaultOf, expressionDefault } from './default.ts';
import { writtenTypeOf } from './types.ts';
import { asksFor, onMysql, onPostgres, onSqlite } from './version.ts';

/** The column that `add_column`, `t.column` or `t.string` defines. */
export function columnDefinition(name: string, type: Value, options: Options, host: StatementHost): ColumnDefinition {
  if (literalText(type) === 'primary_key' || isOn(options, 'primary_key')) return primaryKeyColumn(name, type, options, host);
  const written = writtenTypeOf(type, options, host);
  const nullable = !isFalse(options, 'null') && !written.notNull;
  return {
    name,
    type: written.type,
    nullable,
    default: columnDefault(options, written.type, nullable),
    ...(written.autoIncrement || (onMysql(host) && isOn(options, 'auto_increment')) ? { autoIncrement: true } : {}),
    ...(written.primaryKey ? { primaryKey: true } : {}),
    ...attributes(options, host),
  };
}

/** The column of a one-column primary key: whole numbers count by themselves, a uuid is generated. */
export function primaryKeyColumn(name: string, type: Value, options: Options, host: StatementHost): ColumnDefinition {
  const asked = literalText(type);
  const saysDefault = options.options.has('default');
  const written = writtenTypeOf(type, options, host);
  const base = { name, nullable: false, primaryKey: true, ...attributes(options, host) };
  const counts = asked === 'primary_key' || (!saysDefault && (asked === 'integer' || asked === 'bigint'));
  if (counts && onPostgres(host)) {
    const big = asked === 'primary_key' ? written.type.name === 'bigserial' : written.type.name === 'bigint';
    return { ...base, type: { name: big ? 'bigserial' : 'serial', args: [] }, default: noDefault };
  }
  if (counts && onSqlite(host)) return { ...base, type: { name: 'integer', args: [] }, default: noDefault, autoIncrement: true };
  if (counts) return { ...base, type: written.type, default: noDefault, ...(isOff(options, 'auto_increment') ? {} : { autoIncrement: true }) };
  if (asked === 'uuid' && !saysDefault && onPostgres(host)) {
    return { ...base, type: written.type, default: expressionDefault(asksFor(host, 5, 1) ? 'gen_random_uuid()' : 'uuid_generate_v4()') };
  }
  return { ...base, type: written.type, default: columnDefault(options, written.type, false), ...(written.autoIncrement ? { autoIncrement: true } : {}) };
}

/** A `default: nil` on a NOT NULL column is no default at all. */
function columnDefault(options: Options, type: ColumnDefinition['type'], nullable: boolean): Default {
  const value = options.options.get('default')?.value;
  if (value?.type === 'nil' && !nullable) return noDefault;
  return defaultOf(value, type);
}

function attributes(options: Options, host: StatementHost): Partial<ColumnDefinition> {
  const expression = given(options, 'as');
  const collation = optionText(options, 'collation');
  const comment = given(options, 'comment');
  const charset = onMysql(host) ? optionText(options, 'charset') : null;
  const after = onMysql(host) ? optionText(options, 'after') : null;
  return {
    ...(expression ? { generated: { expression: nameText(expression), stored: isOn(options, 'stored') } } : {}),
    ...(collation === null ? {} : { collation }),
    ...(charset === null ? {} : { charset }),
    ...(comment ? { comment: nameText(comment) } : {}),
    ...(onMysql(host) && isOn(options, 'first') ? { position: 'first' as const } : after === null ? {} : { position: { after } }),
  };
}
