import type { ColumnType } from '../../../operations/index.ts';
import { literalValue } from '../text/literal.ts';
import { isDynamic, tokenText } from '../text/piece.ts';
import { spanOf, type TokenRange } from '../text/range.ts';
import { acceptAny, bracketed, identifier, isMysql, peek, type Cursor } from './cursor.ts';

const shared: Readonly<Record<string, string>> = {
  int: 'integer', int2: 'smallint', int4: 'integer', int8: 'bigint', character: 'char', 'character varying': 'varchar', 'char varying': 'varchar', 'double precision': 'double',
};

/** MySQL's and MariaDB's other names of their types. */
const mysqlNames: Readonly<Record<string, string>> = {
  ...shared, int1: 'tinyint', int3: 'mediumint', middleint: 'mediumint', dec: 'decimal', numeric: 'decimal', fixed: 'decimal', real: 'double', float4: 'float', float8: 'double',
  bool: 'tinyint', boolean: 'tinyint', 'national char': 'char', 'national character': 'char', 'national varchar': 'varchar', 'national char varying': 'varchar',
  'national character varying': 'varchar', nchar: 'char', nvarchar: 'varchar', long: 'mediumtext', 'long varchar': 'mediumtext', 'long varbinary': 'mediumblob', varcharacter: 'varchar',
  geomcollection: 'geometrycollection',
};

const standardNames: Readonly<Record<string, string>> = {
  ...shared, bool: 'boolean', decimal: 'numeric', dec: 'numeric', float4: 'real', float8: 'double', 'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp', 'time with time zone': 'timetz', 'time without time zone': 'time', bpchar: 'char', 'bit varying': 'varbit',
};

/** SQLite keeps type names as they are; only the spelling of the common ones is made one. */
const sqliteNames: Readonly<Record<string, string>> = shared;

const integers = new Set(['tinyint', 'smallint', 'mediumint', 'integer', 'bigint']);
const secondWords: Readonly<Record<string, readonly string[]>> = {
  DOUBLE: ['PRECISION'], CHARACTER: ['VARYING'], CHAR: ['VARYING'], NATIONAL: ['CHAR', 'CHARACTER', 'VARCHAR'], LONG: ['VARCHAR', 'VARBINARY'], BIT: ['VARYING'],
};
/** Words that end a type in SQLite, where a type is any run of words. */
const afterType = new Set([
  'CONSTRAINT', 'PRIMARY', 'NOT', 'NULL', 'UNIQUE', 'CHECK', 'DEFAULT', 'COLLATE', 'REFERENCES', 'GENERATED', 'AS', 'AUTOINCREMENT', 'ON', 'HIDDEN',
]);

/** Reads a type; its name is empty when none stands here (SQLite columns need none). */
export function readType(cursor: Cursor): ColumnType {
  const { piece } = cursor;
  const start = cursor.at;
  const words = piece.lexicon.engine === 'sqlite' ? sqliteWords(cursor) : typeWords(cursor);
  const inside = bracketed(cursor);
  const zone = peek(cursor) === 'WITH' || peek(cursor) === 'WITHOUT' ? timeZone(cursor) : '';
  const raw = (words + zone).toLowerCase();
  const names = isMysql(piece) ? mysqlNames : piece.lexicon.engine === 'sqlite' ? sqliteNames : standardNames;
  const name = names[raw] ?? raw;
  const values = (name === 'enum' || name === 'set') && inside ? stringsIn(cursor, inside) : null;
  const args = inside && !values ? numbersIn(cursor, inside) : [];
  let unsigned = false;
  while (isMysql(piece) && ['UNSIGNED', 'SIGNED', 'ZEROFILL'].includes(peek(cursor))) unsigned = acceptAny(cursor, 'UNSIGNED', 'SIGNED', 'ZEROFILL') !== 'SIGNED' || unsigned;
  const array = peek(cursor) === '[' || peek(cursor) === 'ARRAY';
  while (peek(cursor) === '[' || peek(cursor) === ']' || peek(cursor) === 'ARRAY' || (array && piece.tokens()[cursor.at]?.kind === 'number')) cursor.at += 1;
  return {
    name,
    args: isMysql(piece) ? mysqlArguments(raw, name, args) : args,
    ...(array ? { array: true } : {}),
    ...(unsigned ? { unsigned: true } : {}),
    ...(values ? { values } : {}),
    ...(cursor.at > start && isDynamic(piece, spanOf(piece, { from: start, to: cursor.at })) ? { dynamic: true } : {}),
  };
}

/** The display width of integers says nothing about what they hold; `tinyint(1)` alone is kept, for it is MySQL's boolean. */
function mysqlArguments(raw: string, name: string, args: readonly number[]): readonly number[] {
  if (raw === 'bool' || raw === 'boolean') return [1];
  if (integers.has(name)) return name === 'tinyint' && args[0] === 1 ? [1] : [];
  return name === 'year' ? [] : args;
}

function typeWords(cursor: Cursor): string {
  const first = peek(cursor);
  const name = identifier(cursor);
  if (name === null) return '';
  if (peek(cursor) === '.') {
    cursor.at += 1;
    return (name === 'public' ? '' : `${name}.`) + (identifier(cursor) ?? '');
  }
  const second = acceptAny(cursor, ...(secondWords[first] ?? []));
  const third = first === 'NATIONAL' && second ? acceptAny(cursor, 'VARYING') : '';
  return [name, second, third].filter(Boolean).join(' ');
}

function sqliteWords(cursor: Cursor): string {
  const words: string[] = [];
  while (cursor.at < cursor.to && peek(cursor) !== '(' && !afterType.has(peek(cursor))) {
    const word = identifier(cursor);
    if (word === null) break;
    words.push(word);
  }
  return words.join(' ');
}

function timeZone(cursor: Cursor): string {
  const word = peek(cursor);
  if (peek(cursor, 1) !== 'TIME' || peek(cursor, 2) !== 'ZONE') return '';
  cursor.at += 3;
  return ` ${word} time zone`;
}

function numbersIn(cursor: Cursor, range: TokenRange): number[] {
  return cursor.piece.tokens().slice(range.from, range.to).flatMap((token) => (token.kind === 'number' ? [Number(tokenText(cursor.piece, token))] : []));
}

function stringsIn(cursor: Cursor, range: TokenRange): string[] {
  return cursor.piece.tokens().slice(range.from, range.to).flatMap((token) => (token.kind === 'string' ? [literalValue(cursor.piece, tokenText(cursor.piece, token))] : []));
}

