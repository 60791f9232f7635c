import type { IndexDefinition, IndexKey } from '../../../operations/index.ts';
import type { StatementHost } from '../host.ts';
import { literalText, type Value } from '../value.ts';
import { given, hashOptions, isDynamic, isOn, nameList, nameText, nameTexts, optionText, qualifiedName, type Options } from './arguments.ts';
import { expressionWords, indexName } from './names.ts';
import { onMysql, onPostgres } from './version.ts';

/** What a call says about an index's columns: one expression text, or names. */
export interface IndexColumns {
  readonly expression: string | null;
  readonly names: readonly string[];
  /** False when the columns are not wholly known. */
  readonly known: boolean;
}

/** Reads the column argument: a name, a list of names, or a text with anything but word characters, which Active Record takes as SQL. */
export function indexColumnsOf(value: Value | undefined): IndexColumns {
  if (value?.type === 'array' && !value.complete) return { expression: null, names: value.items.map(nameText), known: false };
  const list = nameList(value);
  if (list === null) return { expression: null, names: [], known: false };
  const text = value?.type === 'string' ? literalText(value) : null;
  if (text !== null && /\W/.test(text)) return { expression: text, names: [], known: true };
  return { expression: null, names: list.map(nameText), known: !list.some(isDynamic) };
}

/** The index that `add_index` or `t.index` defines. `shortensName` says whether long generated names are shortened, when it is not the migration's version that decides. */
export function indexDefinition(table: Value, columns: Value | undefined, options: Options, host: StatementHost, shortensName?: boolean): IndexDefinition {
  const read = indexColumnsOf(columns);
  const written = given(options, 'name');
  const kind = optionText(options, 'type')?.toLowerCase() ?? null;
  const include = nameTexts(given(options, 'include'));
  const where = given(options, 'where');
  const comment = given(options, 'comment');
  const generated = written ? null : generatedIndexName(nameText(table), read, host, shortensName);
  return {
    name: written ? nameText(written) : generated,
    ...(generated === null ? {} : { generatedName: true }),
    table: qualifiedName(table),
    keys: read.expression === null ? read.names.map((name) => columnKey(name, options, host)) : expressionKeys(read.expression),
    unique: isOn(options, 'unique') || kind === 'unique',
    method: (optionText(options, 'using') ?? (kind === 'fulltext' || kind === 'spatial' ? kind : 'btree')).toLowerCase(),
    ...(include.length && onPostgres(host) ? { include } : {}),
    ...(where && !onMysql(host) ? { where: nameText(where) } : {}),
    ...(isOn(options, 'nulls_not_distinct') && onPostgres(host) ? { nullsNotDistinct: true } : {}),
    ...(comment ? { comment: nameText(comment) } : {}),
  };
}

/** The name Active Record gives an index over these columns; null when they are not known. */
export function generatedIndexName(table: string, columns: IndexColumns, host: StatementHost, shortens?: boolean): string | null {
  if (!columns.known || table.includes('#{')) return null;
  const names = columns.expression === null ? columns.names : [expressionWords(columns.expression)];
  return indexName({ table, columns: names }, host, shortens);
}

function columnKey(name: string, options: Options, host: StatementHost): IndexKey {
  const order = perColumn(options, 'order', name);
  const opclass = onPostgres(host) ? perColumn(options, 'opclass', name) : null;
  const length = onMysql(host) ? Number(perColumn(options, 'length', name) ?? NaN) : NaN;
  return {
    column: name,
    expression: null,
    ...readOrder(order ?? ''),
    ...(opclass === null ? {} : { opclass }),
    ...(Number.isFinite(length) ? { length } : {}),
  };
}

/** `order: :desc` holds for every column, `order: { a: :desc }` for the named one. */
function perColumn(options: Options, option: string, column: string): string | null {
  const value = given(options, option);
  const hash = hashOptions(value);
  return hash ? optionText(hash, column) : literalText(value);
}

function readOrder(text: string): Pick<IndexKey, 'order' | 'nulls'> {
  const order = /\b(asc|desc)\b/i.exec(text)?.[1]?.toLowerCase();
  const nulls = /\bnulls[\s_]+(first|last)\b/i.exec(text)?.[1]?.toLowerCase();
  return {
    ...(order === 'asc' || order === 'desc' ? { order } : {}),
    ...(nulls === 'first' || nulls === 'last' ? { nulls } : {}),
  };
}

/** Room for the longest order or operator class behind a key; longer endings are read as part of the expression. */
const longestEnding = 80;

/** Splits `lower(email), created_at DESC NULLS LAST` into its keys. */
function expressionKeys(text: string): IndexKey[] {
  return splitAtCommas(text).map((part) => {
    const ending = /(?:\s(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?$/i.exec(part.slice(-longestEnding))?.[0] ?? '';
    const order = readOrder(ending);
    const bare = part.slice(0, part.length - ending.length).trim();
    const column = /^["`]?([a-z_]\w*)["`]?(?:\((\d+)\))?(?:\s+([a-z_]\w*_ops))?$/i.exec(bare);
    if (column?.[1]) {
      return { column: column[1], expression: null, ...order, ...(column[2] ? { length: Number(column[2]) } : {}), ...(column[3] ? { opclass: column[3] } : {}) };
    }
    const opclass = /\s([a-z_]\w*_ops)$/i.exec(bare.slice(-longestEnding))?.[1];
    return { column: null, expression: opclass ? bare.slice(0, -opclass.length).trim() : bare, ...order, ...(opclass ? { opclass } : {}) };
  });
}

function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote) {
      if (character === quote) quote = '';
    } else if (character === "'" || character === '"' || character === '`') quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter(Boolean);
}
