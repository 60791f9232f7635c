import type { IndexDefinition } from '../../operations/index.ts';
import { isMysql } from '../../operations/index.ts';
import { indexKey } from '../sql/create-index.ts';
import { namePart, rubyTable } from './column.ts';
import { rubyKey, rubyString, rubySymbol, rubySymbols } from './literal.ts';
import type { RubyStatement, RubyTarget } from './target.ts';
import { rubyCall, since } from './target.ts';
import type { DeedOf } from './deed.ts';

/** `add_index`; null when Rails has no option for part of it. What MySQL does not have is left out. */
export function addIndex(deed: DeedOf<'create-index'>, target: RubyTarget): RubyStatement | null {
  const index = isMysql(target.c.engine) ? withoutPostgresParts(deed.index) : deed.index;
  if (deed.only || (index.include && !since(target, 7, 1)) || (index.nullsNotDistinct && !since(target, 7, 1)) || (deed.ifNotExists && !since(target, 6, 1))) return null;
  const keys = keyArguments(index, target);
  if (keys === null) return null;
  const mysqlKind = isMysql(target.c.engine) && /^(fulltext|spatial)$/i.test(index.method);
  const line = rubyCall('add_index', [rubyTable(index.table, target.c), keys.columns], [
    index.unique ? ['unique', 'true'] : null,
    index.name !== null && !index.generatedName ? ['name', rubyString(index.name)] : null,
    ...keys.options,
    index.where === undefined ? null : ['where', rubyString(index.where)],
    index.method === 'btree' ? null : mysqlKind ? ['type', rubySymbol(index.method)] : ['using', rubySymbol(index.method)],
    index.include?.length ? ['include', rubySymbols(index.include)] : null,
    index.nullsNotDistinct ? ['nulls_not_distinct', 'true'] : null,
    index.comment === undefined ? null : ['comment', rubyString(index.comment)],
    deed.ifNotExists ? ['if_not_exists', 'true'] : null,
    deed.concurrently ? ['algorithm', ':concurrently'] : null,
  ]);
  return { lines: [line], reversible: index.keys.every((key) => key.column !== null) };
}

/** `remove_index`, by name when there is one; null when it has neither name nor columns, or no table. */
export function removeIndex(deed: DeedOf<'drop-index'>, target: RubyTarget): RubyStatement | null {
  if (deed.table === null || deed.cascade || (deed.ifExists && !since(target, 6, 1)) || (deed.concurrently && !since(target, 5, 0))) return null;
  if (deed.name === null ? deed.columns.length === 0 : deed.name.name.includes('"') && !isMysql(target.c.engine)) return null;
  const line = rubyCall('remove_index', [rubyTable(deed.table, target.c), ...(deed.columns.length > 0 ? [rubySymbols(deed.columns)] : [])], [
    deed.name === null ? null : ['name', rubyString(namePart(deed.name.name, target.c))],
    deed.ifExists ? ['if_exists', 'true'] : null,
    deed.concurrently ? ['algorithm', ':concurrently'] : null,
  ]);
  return { lines: [line], reversible: false };
}

function withoutPostgresParts(index: IndexDefinition): IndexDefinition {
  const { where: _where, include: _include, nullsNotDistinct: _nullsNotDistinct, ...rest } = index;
  return { ...rest, keys: index.keys.map(({ opclass: _opclass, nulls: _nulls, collation: _collation, ...key }) => key) };
}

interface Keys {
  readonly columns: string;
  readonly options: readonly (readonly [string, string])[];
}

/** Plain columns with `order:`, `opclass:` and `length:`; or, with any expression, one string of SQL. */
function keyArguments(index: IndexDefinition, target: RubyTarget): Keys | null {
  if (index.keys.some((key) => key.column === null || key.collation !== undefined)) {
    if (!since(target, 5, 0)) return null;
    return { columns: rubyString(index.keys.map((key) => bareExpression(indexKey(key, target.c.engine), index.keys.length, target)).join(', ')), options: [] };
  }
  const hash = (entries: readonly (readonly [string, string])[]): string => `{ ${entries.map(([column, value]) => `${rubyKey(column)} ${value}`).join(', ')} }`;
  const named = index.keys.map((key) => ({ ...key, column: key.column ?? '' }));
  const orders = named.flatMap((key) => {
    const words = [key.order ?? '', key.nulls ? `NULLS ${key.nulls.toUpperCase()}` : ''].filter(Boolean);
    return words.length === 0 ? [] : [[key.column, key.nulls ? rubyString([key.order?.toUpperCase() ?? 'ASC', words.at(-1)].join(' ')) : rubySymbol(key.order ?? 'asc')] as const];
  });
  const opclasses = named.flatMap((key) => (key.opclass ? [[key.column, rubySymbol(key.opclass)] as const] : []));
  const lengths = named.flatMap((key) => (key.length === undefined ? [] : [[key.column, String(key.length)] as const]));
  return {
    columns: rubySymbols(named.map((key) => key.column)),
    options: [
      ...(lengths.length > 0 ? [['length', hash(lengths)] as const] : []),
      ...(orders.length > 0 ? [['order', hash(orders)] as const] : []),
      ...(opclasses.length > 0 ? [['opclass', hash(opclasses)] as const] : []),
    ],
  };
}

/** Rails puts parentheses around the whole list itself; one lone expression may lose its own on Postgres only when it is a call. */
function bareExpression(text: string, count: number, target: RubyTarget): string {
  return isMysql(target.c.engine) && count === 1 && !text.startsWith('(') ? `(${text})` : text;
}
