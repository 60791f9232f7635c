import type { ColumnType } from '../../operations/index.ts';
import { integerDigits, printedWidth, textTypes } from './type-rows.ts';

/** What does not survive a type change, and the error that stops it (null: values change silently). */
export interface Narrowing {
  readonly clause: string;
  readonly error: string | null;
}

const tooLong = (limit: number): Narrowing => ({ clause: `values longer than ${limit} characters do not fit`, error: '22001' });
const outOfRange = (name: string): Narrowing => ({ clause: `values outside the range of ${name} do not fit`, error: '22003' });
const notOne = (name: string): Narrowing => ({ clause: `values that are not valid as ${name} are refused`, error: '22P02' });

/** What a change from one type to another (canonical names) can refuse or lose on Postgres, or null. `cast`: an explicit cast, which cuts long values silently. */
export function narrowing(from: ColumnType, to: ColumnType, cast: boolean): Narrowing | null {
  if (from.array !== to.array) return from.array ? (textTypes.has(to.name) ? toText(from, to, cast) : notOne(`${to.name}`)) : notOne(`${to.name} array`);
  if (textTypes.has(to.name)) return toText(from, to, cast);
  if (textTypes.has(from.name)) return notOne(to.name);
  return toInteger(from, to) ?? toNumeric(from, to) ?? toFloat(from, to) ?? toTime(from, to) ?? other(from, to);
}

function toText(from: ColumnType, to: ColumnType, cast: boolean): Narrowing | null {
  const limit = to.name === 'name' ? 63 : to.args[0];
  if (limit === undefined) return null;
  const sameShape = from.array === to.array;
  const longest = !sameShape ? undefined : from.name === 'varchar' || from.name === 'char' ? from.args[0] : printedWidth.get(from.name);
  if (longest !== undefined && longest <= limit) return null;
  return cast || to.name === 'name' ? { clause: `values longer than ${limit} characters are cut`, error: null } : tooLong(limit);
}

const isInteger = (type: ColumnType) => integerDigits.has(type.name);
const isFloat = (type: ColumnType) => type.name === 'real' || type.name === 'double';

function toInteger(from: ColumnType, to: ColumnType): Narrowing | null {
  const room = integerDigits.get(to.name);
  if (room === undefined) return null;
  const digits = integerDigits.get(from.name);
  if (digits !== undefined) return digits > room ? outOfRange(to.name) : null;
  if (from.name === 'numeric') {
    const [precision, scale = 0] = from.args;
    if (precision === undefined || scale > 0) return { clause: 'decimals are rounded away', error: null };
    return precision >= room ? outOfRange(to.name) : null;
  }
  return isFloat(from) ? { clause: 'decimals are rounded away', error: null } : from.name === 'boolean' ? null : notOne(to.name);
}

function toNumeric(from: ColumnType, to: ColumnType): Narrowing | null {
  if (to.name !== 'numeric' && to.name !== 'money') return null;
  const [precision, scale = 0] = to.name === 'money' ? [19, 2] : to.args;
  const overflow: Narrowing = { clause: `values with more than ${(precision ?? 0) - scale} digits before the decimal point do not fit`, error: '22003' };
  if (precision === undefined) return null;
  const digits = integerDigits.get(from.name);
  if (digits !== undefined) return precision - scale < digits ? overflow : null;
  if (from.name === 'numeric') {
    const [before, decimals = 0] = from.args;
    if (before === undefined || scale < decimals) return { clause: `decimals after the ${ordinal(scale)} are rounded away`, error: null };
    return precision - scale < before - decimals ? overflow : null;
  }
  return isFloat(from) ? { clause: `decimals after the ${ordinal(scale)} are rounded away`, error: null } : null;
}

function ordinal(number: number): string {
  return number === 1 ? '1st' : number === 2 ? '2nd' : number === 3 ? '3rd' : `${number}th`;
}

function toFloat(from: ColumnType, to: ColumnType): Narrowing | null {
  if (!isFloat(to)) return null;
  const exact = to.name === 'double' ? 15 : 6;
  const digits = integerDigits.get(from.name);
  if (digits !== undefined) return digits > exact ? { clause: `integers of more than ${exact} digits lose their last ones`, error: null } : null;
  if (from.name === 'numeric') {
    const precision = from.args[0];
    return precision === undefined || precision > exact ? { clause: `numbers of more than ${exact} digits lose their last ones`, error: null } : null;
  }
  return from.name === 'double' && to.name === 'real' ? { clause: 'digits after the 6th are lost', error: null } : null;
}

const isMoment = (type: ColumnType) => type.name === 'timestamp' || type.name === 'timestamptz';

function toTime(from: ColumnType, to: ColumnType): Narrowing | null {
  if (isMoment(from) && to.name === 'date') return { clause: 'the time of day is lost', error: null };
  if (isMoment(from) && (to.name === 'time' || to.name === 'timetz')) return { clause: 'the date is lost', error: null };
  if (from.name === 'interval' && to.name === 'time') return { clause: 'whole days are lost', error: null };
  if (from.name === 'timetz' && to.name === 'time') return { clause: 'the time zone is lost', error: null };
  if (!/^(timestamp|time|interval)/.test(to.name) || !/^(timestamp|time|interval)/.test(from.name)) return null;
  const [before = 6] = from.args;
  const [after = 6] = to.args;
  if (after >= before) return null;
  return { clause: after === 0 ? 'fractions of a second are rounded away' : `fractions of a second after the ${ordinal(after)} digit are rounded away`, error: null };
}

function other(from: ColumnType, to: ColumnType): Narrowing | null {
  if (to.name === 'boolean') return isInteger(from) ? { clause: 'every value but 0 becomes true', error: null } : notOne('boolean');
  if (from.name === 'inet' && to.name === 'cidr') return { clause: 'the bits right of the netmask are lost', error: null };
  if (to.name === 'bit' && from.name === 'bit') return from.args[0] === to.args[0] ? null : { clause: `only bit strings of length ${to.args[0] ?? 1} fit`, error: '22026' };
  if (to.name === 'bit' && from.name === 'varbit') return { clause: `only bit strings of length ${to.args[0] ?? 1} fit`, error: '22026' };
  if (to.name === 'varbit' && to.args[0] !== undefined && (from.args[0] === undefined || from.args[0] > to.args[0])) return { clause: `bit strings longer than ${to.args[0]} do not fit`, error: '22001' };
  return null;
}
