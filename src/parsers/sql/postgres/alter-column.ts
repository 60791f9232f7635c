import type { Deed } from '../../../operations/index.ts';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { plainName } from '../text/piece.ts';
import { findWord, type TokenRange } from '../text/range.ts';
import type { Action } from './alter-table.ts';
import { defaultOf } from './expression.ts';
import { textOf, type Site } from './site.ts';
import { as, strings } from './tree.ts';
import { typeOf } from './type.ts';

type Option = Deed<'set-column-option'>['option'];

const options: Readonly<Record<string, Option>> = {
  AT_SetStatistics: 'statistics', AT_SetStorage: 'storage', AT_SetCompression: 'compression', AT_AddIdentity: 'identity', AT_SetIdentity: 'identity',
  AT_DropIdentity: 'drop-identity', AT_DropExpression: 'drop-expression', AT_SetExpression: 'set-expression', AT_SetOptions: 'other', AT_ResetOptions: 'other',
  AT_AlterColumnGenericOptions: 'other',
};

/** The actions of ALTER TABLE that change one column, or null for another action. */
export function alterColumn(action: Action, site: Site): SqlDeed[] | null {
  const { command, table, range, at } = action;
  const column = plainName(site.piece, command.name ?? '');
  switch (command.subtype) {
    case 'AT_ColumnDefault': {
      const word = findWord(site.piece, range, 'DEFAULT');
      return [placed({ kind: 'set-default', table, column, default: defaultOf(site, command.def, { from: word + 1, to: range.to }), from: null }, at)];
    }
    case 'AT_SetNotNull':
      return [placed({ kind: 'set-not-null', table, column, fill: { kind: 'none' } }, at)];
    case 'AT_DropNotNull':
      return [placed({ kind: 'drop-not-null', table, column }, at)];
    case 'AT_AlterColumnType': {
      const definition = as(command.def, 'ColumnDef');
      const using = definition?.raw_default ? findWord(site.piece, range, 'USING') : -1;
      return [placed({
        kind: 'alter-column-type', table, column, type: typeOf(site, definition?.typeName), collation: strings(definition?.collClause?.collname).at(-1) ?? null,
        using: using < 0 ? null : textOf(site, { from: using + 1, to: range.to }), restated: null,
      }, at)];
    }
    default: {
      const option = options[command.subtype ?? ''];
      return option ? [placed({ kind: 'set-column-option', table, column, option, value: valueText(site, range, option) }, at)] : null;
    }
  }
}

/** What stands after the column's name; for options with one value that value alone. */
function valueText(site: Site, range: TokenRange, option: Option): string {
  const word = findWord(site.piece, range, 'SET', 'ADD', 'DROP', 'RESET', 'OPTIONS');
  const single = option === 'statistics' || option === 'storage' || option === 'compression';
  return textOf(site, { from: single ? range.to - 1 : Math.max(word, range.from), to: range.to });
}
