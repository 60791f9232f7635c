import type { ColumnType } from '../../operations/index.ts';

/** What does not survive a type change, and the error number that stops it in strict mode (null: it changes silently even there). */
export interface MysqlNarrowing {
  readonly clause: string;
  readonly error: string | null;
}

const bits = new Map([['tinyint', 8], ['smallint', 16], ['mediumint', 24], ['integer', 32], ['bigint', 64]]);
const digits = new Map([['tinyint', 3], ['smallint', 5], ['mediumint', 8], ['integer', 10], ['bigint', 20]]);

/** Bytes that the text and blob types hold. */
const room = new Map([
  ['tinytext', 255], ['text', 65_535], ['mediumtext', 16_777_215], ['longtext', 4_294_967_295], ['json', 4_294_967_295],
  ['tinyblob', 255], ['blob', 65_535], ['mediumblob', 16_777_215], ['longblob', 4_294_967_295],
]);

const printed = new Map([['tinyint', 4], ['smallint', 6], ['mediumint', 8], ['integer', 11], ['bigint', 20], ['date', 10], ['datetime', 26], ['timestamp', 26], ['time', 17], ['year', 4]]);

const range = (name: string): MysqlNarrowing => ({ clause: `values outside the range of ${name} do not fit`, error: '1264' });

/** What a change from one type to another (canonical names) can refuse or lose on MySQL and MariaDB in strict mode, or null. */
export function mysqlNarrowing(from: ColumnType, to: ColumnType): MysqlNarrowing | null {
  if (to.values) return toMembers(from, to.values);
  if (bits.has(to.name)) return toInteger(from, to);
  if (to.name === 'numeric' || to.name === 'float' || to.name === 'double') return toNumber(from, to);
  if (room.has(to.name) || /^(var)?(char|binary)$/.test(to.name)) return toText(from, to);
  return toMoment(from, to);
}

function toMembers(from: ColumnType, values: readonly string[]): MysqlNarrowing | null {
  const lost = from.values?.filter((value) => !values.includes(value));
  if (lost?.length === 0) return null;
  const shown = lost?.slice(0, 3).map((value) => `"${value}"`).join(', ');
  return { clause: lost ? `rows that hold ${shown}${lost.length > 3 ? ', ...' : ''} do not fit` : 'values that are no member are refused', error: '1265' };
}

function toInteger(from: ColumnType, to: ColumnType): MysqlNarrowing | null {
  const before = bits.get(from.name);
  if (before === undefined) {
    if (from.name === 'numeric' && from.args[1] === 0) return (from.args[0] ?? 10) >= (digits.get(to.name) ?? 20) ? range(to.name) : null;
    if (/^(numeric|float|double)$/.test(from.name)) return { clause: 'decimals are rounded away', error: null };
    return from.values || from.name === 'bit' || from.name === 'year' ? null : { clause: 'values that are no number are refused', error: '1292' };
  }
  const after = bits.get(to.name) ?? 64;
  const name = `${to.name}${to.unsigned ? ' unsigned' : ''}`;
  if (to.unsigned) return !from.unsigned ? { clause: 'negative values do not fit', error: '1264' } : after < before ? range(name) : null;
  return after < before || (from.unsigned && after === before) ? range(name) : null;
}

function toNumber(from: ColumnType, to: ColumnType): MysqlNarrowing | null {
  if (to.unsigned && !from.unsigned) return { clause: 'negative values do not fit', error: '1264' };
  const whole = digits.get(from.name);
  if (to.name !== 'numeric') {
    const exact = to.name === 'double' ? 15 : 6;
    const size = whole ?? (from.name === 'numeric' ? from.args[0] : undefined);
    if (size !== undefined) return size > exact ? { clause: `numbers of more than ${exact} digits lose their last ones`, error: null } : null;
    if (from.name === 'double' && to.name === 'float') return { clause: 'digits after the 6th are lost', error: null };
    return /^(float|double)$/.test(from.name) ? null : { clause: 'values that are no number are refused', error: '1265' };
  }
  const [precision = 10, scale = 0] = to.args;
  const overflow: MysqlNarrowing = { clause: `values with more than ${precision - scale} digits before the decimal point do not fit`, error: '1264' };
  if (whole !== undefined) return precision - scale < whole ? overflow : null;
  if (from.name === 'numeric') {
    const [before = 10, decimals = 0] = from.args;
    if (scale < decimals) return { clause: `decimals are rounded to ${scale}`, error: null };
    return precision - scale < before - decimals ? overflow : null;
  }
  return /^(float|double)$/.test(from.name) ? { clause: `decimals are rounded to ${scale}`, error: null } : { clause: 'values that are no number are refused', error: '1366' };
}

function toText(from: ColumnType, to: ColumnType): MysqlNarrowing | null {
  if (to.name === 'json') return from.name === 'json' ? null : { clause: 'values that are not valid JSON are refused', error: '3140' };
  const limit = to.args[0];
  const size = room.get(to.name);
  if (limit !== undefined && size === undefined) {
    const longest = /^(var)?(char|binary)$/.test(from.name) ? from.args[0] : from.values ? Math.max(0, ...from.values.map((value) => value.length)) : printed.get(from.name);
    if (longest !== undefined && longest <= limit) return null;
    return { clause: `values longer than ${limit} characters do not fit`, error: room.has(from.name) ? '1406' : '1265' };
  }
  const before = room.get(from.name) ?? (/^(var)?(char|binary)$/.test(from.name) ? (from.args[0] ?? 255) : 0);
  return size !== undefined && size < before ? { clause: `values longer than ${size} bytes do not fit`, error: '1406' } : null;
}

const moments = /^(date|datetime|timestamp|time|year)$/;

function toMoment(from: ColumnType, to: ColumnType): MysqlNarrowing | null {
  if (!moments.test(to.name)) return null;
  if (!moments.test(from.name)) return { clause: `values that are no ${to.name} are refused`, error: '1292' };
  if (/^(datetime|timestamp)$/.test(from.name)) {
    if (to.name === 'date') return { clause: 'the time of day is lost', error: null };
    if (to.name === 'time') return { clause: 'the date is lost', error: null };
    if (to.name === 'timestamp' && from.name === 'datetime') return { clause: 'moments before 1970 or after 2038 do not fit', error: '1292' };
  }
  if (to.name === 'year') return { clause: 'all but the year is lost', error: null };
  if ((from.args[0] ?? 0) > (to.args[0] ?? 0)) return { clause: `fractions of a second are rounded to ${to.args[0] ?? 0} digits`, error: null };
  return null;
}
