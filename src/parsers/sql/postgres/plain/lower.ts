import type { CreateIndexStatement, SetGlobalValue, Statement } from 'pgsql-ast-parser';
import type { Deed } from '../../../../operations/index.ts';
import { beginning, keyword, plainName, type Piece } from '../../text/piece.ts';
import { expressionText, findWord } from '../../text/range.ts';
import { nameOf, tablesIn, textOf, wordOf } from './expression.ts';
import { rowDeeds } from './rows.ts';
import { alteration, createTable } from './table.ts';

/**
 * What a statement does by the tree of pgsql-ast-parser, read with locations; null when the tree does not tell. Independent of the server's grammar, for use
 * where that is not available and as its second reader in tests.
 */
export function lowerPlain(statement: Statement, piece: Piece): readonly Deed[] | null {
  switch (statement.type) {
    case 'create table':
      return [createTable(statement, piece)];
    case 'alter table': {
      const table = nameOf(piece, statement.table);
      return statement.changes.flatMap((change) => alteration(change, table, piece));
    }
    case 'create index':
      return [createIndex(statement, piece)];
    case 'alter index':
      return [statement.change.type === 'rename' ? { kind: 'rename-index', table: null, name: wordOf(piece, statement.index), to: wordOf(piece, statement.change.to) } : { kind: 'other', text: beginning(piece) }];
    case 'drop table':
      return statement.names.map((name) => ({ kind: 'drop-table', table: nameOf(piece, name), ...dropFlags(statement) }));
    case 'drop index':
      return statement.names.map((name) => ({ kind: 'drop-index', table: null, name: nameOf(piece, name), columns: [], concurrently: statement.concurrently ?? false, ...dropFlags(statement), algorithm: null, lock: null }));
    case 'drop sequence':
      return statement.names.map((name) => ({ kind: 'drop-sequence', sequence: nameOf(piece, name), ...dropFlags(statement) }));
    case 'drop type':
      return statement.names.map((name) => ({ kind: 'drop-type', type: nameOf(piece, name), ...dropFlags(statement) }));
    case 'drop function':
      return [{ kind: 'drop-function', function: nameOf(piece, statement.name), ifExists: statement.ifExists ?? false, cascade: false }];
    case 'truncate table':
      return [{ kind: 'truncate', tables: statement.tables.map((table) => nameOf(piece, table)), cascade: statement.cascade === 'cascade' }];
    case 'create enum':
      return [{ kind: 'create-enum', type: nameOf(piece, statement.name), values: statement.values.map(({ value }) => plainName(piece, value)) }];
    case 'alter enum':
      return [statement.change.type === 'rename'
        ? { kind: 'rename-type', type: nameOf(piece, statement.name), to: wordOf(piece, statement.change.to) }
        : { kind: 'add-enum-value', type: nameOf(piece, statement.name), value: plainName(piece, statement.change.add.value), ifNotExists: false, before: null, after: null }];
    case 'create view':
      return [{ kind: 'create-view', view: nameOf(piece, statement.name), materialized: false, replace: statement.orReplace ?? false, ...(statement.columnNames ? { columns: statement.columnNames.map((column) => wordOf(piece, column)) } : {}), query: queryOf(piece), reads: tablesIn(piece, statement.query) }];
    case 'create materialized view':
      return [{ kind: 'create-view', view: nameOf(piece, statement.name), materialized: true, replace: false, query: queryOf(piece), reads: tablesIn(piece, statement.query) }];
    case 'refresh materialized view':
      return [{ kind: 'refresh-materialized-view', view: nameOf(piece, statement.name), concurrently: statement.concurrently ?? false, ...(statement.withData === false ? { withNoData: true } : {}) }];
    case 'create function':
      return [{ kind: 'create-function', function: nameOf(piece, statement.name), replace: statement.orReplace ?? false, volatility: statement.purity ?? 'volatile', language: statement.language?.name.toLowerCase() ?? null }];
    case 'create sequence':
      return [{ kind: 'create-sequence', sequence: nameOf(piece, statement.name) }];
    case 'alter sequence':
      return [{ kind: 'alter-sequence', sequence: nameOf(piece, statement.name) }];
    case 'create schema':
      return [{ kind: 'create-schema', schema: wordOf(piece, statement.name), ifNotExists: statement.ifNotExists ?? false }];
    case 'create extension':
      return [{ kind: 'create-extension', extension: wordOf(piece, statement.extension), ifNotExists: statement.ifNotExists ?? false }];
    case 'comment':
      return [commentOn(statement, piece)];
    case 'set':
      return [{ kind: 'set-setting', name: wordOf(piece, statement.variable).toLowerCase(), value: settingOf(statement.set, piece), local: statement.scope === 'local' }];
    case 'begin':
      return [{ kind: 'begin', isolation: statement.isolationLevel ?? null }];
    case 'start transaction':
      return [{ kind: 'begin', isolation: null }];
    case 'commit':
      return [{ kind: 'commit' }];
    case 'rollback':
      return [{ kind: 'rollback' }];
    case 'prepare':
    case 'deallocate':
    case 'show':
    case 'create composite type':
      return [{ kind: 'other', text: beginning(piece) }];
    default:
      return rowDeeds(statement, piece);
  }
}

/** What follows AS; the location of a query leaves its end out. */
function queryOf(piece: Piece): string | null {
  const tokens = piece.tokens();
  const word = findWord(piece, { from: 0, to: tokens.length }, 'AS');
  const words = tokens.slice(-3).map((token) => keyword(piece, token)).join(' ');
  const to = tokens.length - (words === 'WITH NO DATA' ? 3 : words.endsWith('WITH DATA') ? 2 : 0);
  return word < 0 ? null : expressionText(piece, { from: word + 1, to });
}

function dropFlags(statement: { ifExists?: boolean; cascade?: string }): { ifExists: boolean; cascade: boolean } {
  return { ifExists: statement.ifExists ?? false, cascade: statement.cascade === 'cascade' };
}

function createIndex(statement: CreateIndexStatement, piece: Piece): Deed {
  return {
    kind: 'create-index',
    index: {
      name: statement.indexName ? wordOf(piece, statement.indexName) : null,
      table: nameOf(piece, statement.table),
      keys: statement.expressions.map(({ expression, opclass, collate, order, nulls }) => ({
        ...(expression.type === 'ref' && !expression.table ? { column: plainName(piece, expression.name), expression: null } : { column: null, expression: textOf(piece, expression) }),
        ...(order ? { order } : {}),
        ...(nulls ? { nulls } : {}),
        ...(opclass ? { opclass: wordOf(piece, opclass) } : {}),
        ...(collate ? { collation: wordOf(piece, collate) } : {}),
      })),
      unique: statement.unique ?? false,
      method: statement.using ? wordOf(piece, statement.using) : 'btree',
      ...(statement.where ? { where: textOf(piece, statement.where) } : {}),
    },
    concurrently: statement.concurrently ?? false, ifNotExists: statement.ifNotExists ?? false, only: false, algorithm: null, lock: null,
  };
}

function commentOn(statement: Extract<Statement, { type: 'comment' }>, piece: Piece): Deed {
  const value = plainName(piece, statement.comment);
  if (statement.on.type === 'table') return { kind: 'set-table-option', table: nameOf(piece, statement.on.name), option: 'comment', value };
  if (statement.on.type !== 'column') return { kind: 'other', text: beginning(piece) };
  const { schema, table, column } = statement.on.column;
  return { kind: 'set-column-option', table: nameOf(piece, { name: table, ...(schema ? { schema } : {}) }), column: plainName(piece, column), option: 'comment', value };
}

function settingOf(value: SetGlobalValue, piece: Piece): string | null {
  switch (value.type) {
    case 'default':
      return null;
    case 'list':
      // The items after the first come with the comma before them, whatever the types say.
      return value.values.flat().filter(({ type }) => type === 'value' || type === 'identifier').map((item) => settingOf(item, piece)).join(', ');
    case 'identifier':
      return plainName(piece, value.name);
    case 'value':
      return plainName(piece, String(value.value));
  }
}
