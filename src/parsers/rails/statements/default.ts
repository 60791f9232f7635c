import { noDefault, type ColumnType, type Default } from '../../../operations/index.ts';
import { literalText, type Value } from '../value.ts';
import { isDynamic, nameText } from './arguments.ts';

const numbers = /^(?:tiny|small|medium|big)?int(?:eger)?$|^(?:small|big)?serial$|^numeric$|^decimal$|^float$|^double$|^real$/;
const moments = /^(?:timestamp|timestamptz|datetime|date|time|timetz)$/;
const falseWords = new Set(['0', 'f', 'F', 'false', 'FALSE', 'off', 'OFF']);
const keywordFunctions = /\b(?:current_timestamp|current_date|current_time|localtimestamp|localtime|current_user|session_user)\b/gi;

/** The default that a `default:` value becomes for a column of the type: literals are cast as Active Record casts them, a proc is SQL. */
export function defaultOf(value: Value | undefined, type: ColumnType): Default {
  if (value === undefined) return noDefault;
  switch (value.type) {
    case 'nil': return { kind: 'constant', value: null };
    case 'boolean': return { kind: 'constant', value: numbers.test(type.name) && !isBoolean(type) ? Number(value.value) : value.value };
    case 'number': return { kind: 'constant', value: isBoolean(type) ? value.value !== 0 : value.value };
    case 'string':
    case 'symbol': return isDynamic(value) ? { kind: 'unknown', text: nameText(value) } : textDefault(literalText(value) ?? '', type);
    case 'lambda': {
      const sql = value.value === null || isDynamic(value.value) ? null : nameText(value.value);
      return sql === null ? { kind: 'unknown', text: 'proc' } : expressionDefault(sql);
    }
    case 'array': return value.complete && value.items.every((item) => literalText(item) !== null)
      ? { kind: 'constant', value: type.array ? `{${value.items.map((item) => literalText(item)).join(',')}}` : JSON.stringify(value.items.map((item) => literalText(item))) }
      : { kind: 'unknown', text: '[...]' };
    case 'hash': return value.complete && value.entries.length === 0 ? { kind: 'constant', value: '{}' } : { kind: 'unknown', text: '{...}' };
    case 'constant': return { kind: 'unknown', text: value.name };
    case 'relation': return { kind: 'unknown', text: value.constant };
    case 'unknown': return { kind: 'unknown', text: value.text };
  }
}

/** A default that the database computes from the SQL expression. */
export function expressionDefault(sql: string): Default {
  return { kind: 'expression', sql, functions: functionsIn(sql) };
}

/** The names of the functions that an SQL expression calls, lower case, in order, once each; text in quotes is passed over. */
export function functionsIn(sql: string): string[] {
  const bare = sql.replace(/'(?:[^']|'')*'/g, "''");
  const called = [...bare.matchAll(/(?<![\w.])([a-z_][\w.]*)\s*\(/gi)].map((call) => ({ at: call.index, name: (call[1] ?? '').toLowerCase() }));
  const keywords = [...bare.matchAll(keywordFunctions)].map((call) => ({ at: call.index, name: call[0].toLowerCase() }));
  return [...new Set([...called, ...keywords].sort((a, b) => a.at - b.at).map((call) => call.name))];
}

function textDefault(text: string, type: ColumnType): Default {
  if (type.name === 'uuid' && text.includes('()')) return expressionDefault(text);
  if (type.array) return { kind: 'constant', value: text };
  if (isBoolean(type)) return { kind: 'constant', value: text === '' ? null : !falseWords.has(text) };
  if (numbers.test(type.name)) {
    if (text.trim() === '') return { kind: 'constant', value: null };
    const number = Number(text);
    return { kind: 'constant', value: Number.isFinite(number) ? number : text };
  }
  // Active Record casts the text to a moment; words such as "now()" are none and become NULL.
  if (moments.test(type.name) && !/\d/.test(text) && !/^-?infinity$/i.test(text)) return { kind: 'constant', value: null };
  return { kind: 'constant', value: text };
}

function isBoolean(type: ColumnType): boolean {
  return type.name === 'boolean' || (type.name === 'tinyint' && type.args[0] === 1);
}
