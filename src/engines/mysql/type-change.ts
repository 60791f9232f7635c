import { atLeast, olderThan, sameType } from '../../operations/index.ts';
import type { ColumnType, Engine } from '../../operations/index.ts';
import type { TypeChange } from '../type-change.ts';
import { mysqlNarrowing } from './narrowing.ts';

const aliases = new Map([
  ['int', 'integer'], ['decimal', 'numeric'], ['dec', 'numeric'], ['real', 'double'], ['double precision', 'double'], ['bool', 'tinyint'], ['boolean', 'tinyint'], ['string', 'varchar'],
  ['character varying', 'varchar'], ['character', 'char'], ['bytea', 'blob'], ['jsonb', 'json'], ['serial', 'bigint'],
]);

const integers = new Set(['tinyint', 'smallint', 'mediumint', 'integer', 'bigint']);

const bytesPerCharacter = new Map([
  ['utf8mb4', 4], ['utf8', 3], ['utf8mb3', 3], ['latin1', 1], ['ascii', 1], ['binary', 1], ['ucs2', 2], ['utf16', 4], ['utf16le', 4], ['utf32', 4], ['latin2', 1], ['cp1251', 1], ['sjis', 2], ['gbk', 2],
]);

/** The type under its canonical name on MySQL: without display width, `decimal` as `numeric` with the precision MySQL gives it. */
export function canonicalMysqlType(type: ColumnType): ColumnType {
  const lower = type.name.toLowerCase();
  const name = aliases.get(lower) ?? lower;
  if (integers.has(name)) return { ...type, name, args: [] };
  if (name === 'numeric') return { ...type, name, args: [type.args[0] ?? 10, type.args[1] ?? 0] };
  if (name === 'char' || name === 'binary' || name === 'bit') return { ...type, name, args: [type.args[0] ?? 1] };
  if (name === 'datetime' || name === 'timestamp' || name === 'time') return { ...type, name, args: [type.args[0] ?? 0] };
  if (name === 'varchar' && type.args.length === 0) return { ...type, name, args: [255] };
  if (/text$|blob$|^year$|^float$|^double$/.test(name)) return { ...type, name, args: [] };
  return { ...type, name };
}

/** What a type change does on MySQL or MariaDB. `charset` is the column's, utf8mb4 when not given. */
export function mysqlTypeChange(before: ColumnType, after: ColumnType, engine: Engine, charset?: string): TypeChange {
  const from = canonicalMysqlType(before);
  const to = canonicalMysqlType(after);
  const maria = engine.name === 'mariadb';
  const source = (measured: string, documented: string) => (maria ? `mariadb: ${measured}` : `mysql8: ${documented}`);
  if (sameType(from, to)) return { cost: 'free', narrows: null, why: 'the type stays the same', source: source('int-display-width', 'set-default') };
  const narrow = mysqlNarrowing(from, to);
  // JSON is LONGTEXT with a check on MariaDB.
  const error = maria && to.name === 'json' && narrow ? '4025' : (narrow?.error ?? null);
  const rest = { narrows: narrow?.clause ?? null, error };
  const copy = (why: string, id: string): TypeChange => ({ ...rest, cost: 'rewrite', why, source: id });
  if ((from.name === 'varchar' && to.name === 'varchar') || (from.name === 'varbinary' && to.name === 'varbinary')) {
    const width = from.name === 'varbinary' ? 1 : (bytesPerCharacter.get(charset?.toLowerCase() ?? 'utf8mb4') ?? 4);
    const [old = 0, wanted = 0] = [from.args[0], to.args[0]];
    if (wanted < old) return copy('a shorter VARCHAR copies the table', source('varchar-narrow', 'varchar-narrow'));
    if (old * width > 255 || wanted * width <= 255) {
      return { ...rest, cost: 'free', why: 'the length in bytes stays on one side of 256', source: source('varchar-widen-under-256-bytes', 'varchar-extend-same-length-bytes') };
    }
    // A value of up to 127 bytes is stored alike in both formats (MDEV-15563).
    if (maria && !(engine.version.length > 1 && olderThan(engine, 10, 4)) && old * width <= 127) return { ...rest, cost: 'free', why: 'values of up to 127 bytes are stored alike in a longer VARCHAR', source: 'mariadb: varchar-widen-over-256-bytes' };
    return copy(`the length in bytes goes from ${old * width} to ${wanted * width}: from 256 on it takes a second length byte in every row`, source('varchar-widen-crossing-256-bytes', 'varchar-extend-crossing-256-bytes'));
  }
  if (from.values && to.values && from.name === to.name) return valuesChange(from.values, to.values, from.name === 'set', rest, source);
  if (maria && atLeast(engine, 10, 2) && from.name === 'longtext' && to.name === 'json') {
    return copy('JSON is LONGTEXT with a check, and adding the check copies the table', 'mariadb: longtext-to-json');
  }
  return copy('InnoDB changes a column\'s type by copying the table', source('int-to-bigint', 'change-type'));
}

/** Bytes that an ENUM or SET column takes: it changes only when the number of its members passes a limit. */
function storage(members: number, set: boolean): number {
  if (!set) return members > 255 ? 2 : 1;
  return members > 32 ? 8 : members > 24 ? 4 : Math.ceil(members / 8);
}

function valuesChange(
  from: readonly string[], to: readonly string[], set: boolean, rest: Pick<TypeChange, 'narrows' | 'error'>, source: (measured: string, documented: string) => string,
): TypeChange {
  const appended = from.every((value, at) => to[at] === value);
  if (appended && storage(from.length, set) === storage(to.length, set)) {
    return { ...rest, cost: 'free', why: 'members are only appended', source: source('enum-add-value-at-end', 'enum-add-value-at-end') };
  }
  const why = appended ? 'the number of members takes another byte in every row' : 'members get other numbers, so the table is copied';
  return { ...rest, cost: 'rewrite', why, source: source('enum-add-value-in-middle', 'enum-add-value-in-middle') };
}
