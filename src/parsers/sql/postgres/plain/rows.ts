import type { DeleteStatement, InsertStatement, SelectStatement, Statement, UpdateStatement, WithStatementBinding } from 'pgsql-ast-parser';
import { oneStatement, type Deed } from '../../../../operations/index.ts';
import { beginning, keyword, type Piece } from '../../text/piece.ts';
import { findWord } from '../../text/range.ts';
import { hasLimit, rowScope, whereRange } from '../../text/row-scope.ts';
import { harmlessFunction } from '../calls.ts';
import { constantOf, functionsIn, nameOf, tablesIn, textOf, wordOf } from './expression.ts';

/** What a statement that reads or changes rows does; null for one of another kind. */
export function rowDeeds(statement: Statement, piece: Piece): Deed[] | null {
  switch (statement.type) {
    case 'insert':
      return [inserted(statement, piece)];
    case 'update':
      return [updated(statement, piece)];
    case 'delete':
      return [deleted(statement, piece)];
    case 'with':
    case 'with recursive':
      return withQueries(statement, piece);
    case 'select':
    case 'union':
    case 'union all':
    case 'values':
      return selected(statement, piece);
    default:
      return null;
  }
}

function withQueries(statement: Extract<Statement, { type: 'with' | 'with recursive' }>, piece: Piece): Deed[] {
  const bound: WithStatementBinding[] = statement.type === 'with' ? statement.bind.map((query) => query.statement) : [];
  const changes = bound.filter((query) => /^(?:insert|update|delete)$/.test(query.type)).flatMap((query) => rowDeeds(query, piece) ?? []);
  const main = statement.in;
  if (/^(?:insert|update|delete)$/.test(main.type)) return [...changes, ...(rowDeeds(main, piece) ?? []).map((deed) => withoutOwn(deed, statement, piece))];
  return changes.length ? changes : selected(statement, piece);
}

/** Names of WITH queries are no tables. */
function withoutOwn(deed: Deed, whole: Statement, piece: Piece): Deed {
  if (deed.kind !== 'insert-rows') return deed;
  const tables = new Set(tablesIn(piece, whole).map(({ schema, name }) => `${schema}.${name}`));
  return { ...deed, reads: deed.reads.filter(({ schema, name }) => tables.has(`${schema}.${name}`)) };
}

function inserted(statement: InsertStatement, piece: Piece): Deed {
  const rows = constantRows(statement.insert);
  return {
    kind: 'insert-rows', table: nameOf(piece, statement.into), columns: (statement.columns ?? []).map((column) => wordOf(piece, column)), rows, fromQuery: rows === null,
    reads: rows === null || (statement.insert.type === 'select' && statement.insert.where) ? tablesIn(piece, statement.insert) : [], mode: oneStatement,
  };
}

function constantRows(query: SelectStatement): number | null {
  if (query.type === 'values') return query.values.length;
  if (query.type === 'select') return query.from?.length ? null : 1;
  if (query.type !== 'union' && query.type !== 'union all') return null;
  const [left, right] = [constantRows(query.left), constantRows(query.right)];
  return left === null || right === null ? null : left + right;
}

function updated(statement: UpdateStatement, piece: Piece): Deed {
  const columns = statement.sets.map(({ column }) => wordOf(piece, column));
  return { kind: 'update-rows', table: nameOf(piece, statement.table), columns, ...condition(statement, piece), mode: oneStatement };
}

function deleted(statement: DeleteStatement, piece: Piece): Deed {
  return { kind: 'delete-rows', table: nameOf(piece, statement.from), ...condition(statement, piece), mode: oneStatement };
}

/** The tokens of a statement that stands alone tell its scope; inside WITH it is bounded or not by what the query before it says. */
function condition(statement: UpdateStatement | DeleteStatement, piece: Piece): Pick<Deed<'update-rows'>, 'scope' | 'where'> {
  const whole = { from: 0, to: piece.tokens().length };
  const where = statement.where ? textOf(piece, statement.where) : null;
  if (keyword(piece, piece.tokens()[0]) === 'WITH') return { scope: where === null ? 'all' : hasLimit(piece, whole) ? 'bounded' : 'filtered', where };
  const range = whereRange(piece, whole);
  const from = statement.type === 'update' && statement.from ? findWord(piece, whole, 'FROM') : -1;
  const limited = from >= 0 && range !== null && hasLimit(piece, { from, to: range.from });
  const listed = range !== null && statement.type === 'update' && statement.from?.type === 'statement' && constantRows(statement.from.statement) !== null;
  return { scope: limited || listed ? 'bounded' : rowScope(piece, range), where };
}

function selected(statement: Statement, piece: Piece): Deed[] {
  const tables = tablesIn(piece, statement);
  if (tables.length) return [{ kind: 'read-rows', tables, check: false, text: beginning(piece) }];
  if (statement.type !== 'select') return [{ kind: 'other', text: beginning(piece) }];
  const settings = (statement.columns ?? []).flatMap(({ expr }): Deed[] => {
    if (expr.type !== 'call' || expr.function.name !== 'set_config') return [];
    const [name, value, local] = expr.args.map((argument) => constantOf(piece, argument));
    return typeof name === 'string' ? [{ kind: 'set-setting', name: name.toLowerCase(), value: typeof value === 'string' ? value : null, local: local === true }] : [];
  });
  if (settings.length) return settings;
  const unknown = statement.from?.length ? undefined : functionsIn(statement).find((name) => !harmlessFunction(name));
  return [unknown === undefined ? { kind: 'other', text: beginning(piece) } : { kind: 'opaque', reason: `what "${unknown}" does is not read`, text: beginning(piece) }];
}
