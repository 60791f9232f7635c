import type { Token } from '../../schema/expression.ts';
import { unwrapped } from './condition.ts';

/** A constant of a check or of a partition's bounds. */
export interface Literal {
  readonly kind: 'number' | 'text';
  /** A number with its sign, or a text without its quotes. */
  readonly text: string;
  /** The type it is cast to, in the short form (`timestamptz`), or null. */
  readonly type: string | null;
}

/** The constant that the tokens write, with casts and brackets taken off; null for anything else. */
export function readLiteral(tokens: readonly Token[]): Literal | null {
  const inner = unwrapped(tokens);
  const cast = inner.findLastIndex((token) => token.kind === 'symbol' && token.text === '::');
  if (cast > 0) {
    const value = readLiteral(inner.slice(0, cast));
    return value && { ...value, type: shortType(inner.slice(cast + 1)) };
  }
  const last = inner.at(-1);
  if (last === undefined) return null;
  const before = inner.slice(0, -1);
  if (last.kind === 'string' && before.every((token) => token.kind === 'word') && before.length < 5 && before[0]?.text !== 'e') {
    return { kind: 'text', text: last.text.slice(1, last.text.endsWith("'") ? -1 : undefined).replaceAll("''", "'"), type: before.length > 0 ? shortType(before) : null };
  }
  if (last.kind === 'number' && before.length < 2 && before.every((token) => token.text === '-')) return { kind: 'number', text: before.length > 0 ? `-${last.text}` : last.text, type: null };
  return null;
}

function shortType(tokens: readonly Token[]): string {
  const words = tokens.filter((token) => token.kind === 'word').map((token) => token.text).join(' ');
  if (/^timestamptz|^timestamp.*with time zone/.test(words)) return 'timestamptz';
  return words.startsWith('timestamp') ? 'timestamp' : words;
}

/** Below zero when `a` comes first, above when `b` does, zero when they are equal; null when that cannot be told without the server. */
export function compareLiterals(a: Literal, b: Literal): number | null {
  if (a.text === b.text) return 0;
  if (isNumber(a) && isNumber(b)) return /\./.test(a.text + b.text) ? Math.sign(Number(a.text) - Number(b.text)) : compare(BigInt(a.text), BigInt(b.text));
  const [one, other] = [moment(a.text), moment(b.text)];
  // A dump shows an instant in UTC where the migration wrote it without a zone: the same moment when its session is in UTC, as Rails' are.
  if (one && other) return one.at === other.at || (one.zone === null) === (other.zone === null) ? compare(one.at, other.at) : null;
  return uuid.test(a.text) && uuid.test(b.text) ? compare(a.text.toLowerCase(), b.text.toLowerCase()) : null;
}

const isNumber = ({ text }: Literal) => /^-?\d+(\.\d+)?$/.test(text);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const stamp = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/;

/** An ISO date or time as a number that can be compared with others of the same zone, or with a zone at all. */
function moment(text: string): { at: number; zone: string | null } | null {
  const [, day = '', time = '00:00', zone = null] = stamp.exec(text) ?? [];
  if (day === '') return null;
  const offset = zone === null ? 'Z' : zone.replace(/^([+-]\d\d)(?::?(\d\d))?$/, (_, hours: string, minutes = '00') => `${hours}:${String(minutes)}`);
  const at = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(at) ? null : { at, zone };
}

function compare<T>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * True when the server's prover takes a comparison of the column with the constant as one of the column's own type. Measured on 18: a date or timestamp
 * against a timestamptz depends on the session's time zone and proves nothing, nor does a number with decimals against an integer.
 */
export function isOfType(value: Literal, column: string | undefined): boolean {
  if (column === undefined) return true;
  if (/^(small|big)?int|^integer|serial$/.test(column)) return !/\./.test(value.kind === 'number' ? value.text : '') && !/numeric|decimal|real|double|float/.test(value.type ?? '');
  if (!/^(date|timestamp)/.test(column) || value.type === null || !/^(date|timestamp)/.test(value.type)) return true;
  return /^timestamptz|with time zone/.test(column) === (value.type === 'timestamptz');
}
