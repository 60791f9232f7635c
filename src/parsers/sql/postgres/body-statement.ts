import type { Guard } from '../../../operations/index.ts';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning, derive, keyword, tokenText, written, type Piece } from '../text/piece.ts';
import { findWord, spanOf, type TokenRange } from '../text/range.ts';
import { unitAt } from '../text/split.ts';
import { insideQuotes } from '../text/unquote.ts';

/** Reads one plain SQL statement. */
export type ReadSql = (piece: Piece) => readonly SqlDeed[];

/** Statements of PL/pgSQL that neither read nor change rows. */
const controls = new Set(['NULL', 'RAISE', 'RETURN', 'EXIT', 'CONTINUE', 'GET', 'OPEN', 'CLOSE', 'FETCH', 'MOVE', 'ASSERT', 'ALIAS', 'EXCEPTION']);
const levels = new Set(['NOTICE', 'WARNING', 'INFO', 'LOG', 'DEBUG']);
const queries = new Set(['SELECT', 'WITH', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'PERFORM']);
const clauses = new Set(['FROM', 'WHERE', 'GROUP', 'ORDER', 'LIMIT', 'USING', 'UNION', 'HAVING', 'FOR', 'VALUES', 'RETURNING']);
const mostStatements = 1000;

/** True for RAISE EXCEPTION and ASSERT. */
export function raisesError(body: Piece, range: TokenRange): boolean {
  const word = keyword(body, body.tokens()[range.from]);
  return word === 'ASSERT' || (word === 'RAISE' && !levels.has(keyword(body, body.tokens()[range.from + 1])));
}

/** The guard of a condition; tests of the catalog for something's existence are told as such. */
export function conditionGuard(body: Piece, range: TokenRange, before = ''): Guard {
  const text = before + written(body, spanOf(body, range)).replace(/\s+/g, ' ');
  const catalog = /\bpg_\w+|information_schema|to_reg\w+/i.test(text);
  const absent = /^\(?\s*not\s+exists\b|\bis\s+null\s*\)?$/i.test(text);
  const present = /^\(?\s*exists\b|\bis\s+not\s+null\s*\)?$/i.test(text);
  return { kind: !catalog ? 'condition' : absent ? 'not-exists' : present ? 'exists' : 'condition', text, inStatement: false };
}

/** What EXECUTE runs: read when it is one constant string, else told as put together while it runs. Null for other statements. */
export function executed(body: Piece, range: TokenRange, variables: ReadonlySet<string>, read: ReadSql): readonly SqlDeed[] | null {
  const tokens = body.tokens();
  if (keyword(body, tokens[range.from]) !== 'EXECUTE' || /^:?=$/.test(keyword(body, tokens[range.from + 1]))) return null;
  const text = tokens[range.from + 1];
  const constant = range.from + 2 >= range.to || /^(INTO|USING)$/.test(keyword(body, tokens[range.from + 2]));
  const inner = text && constant ? insideQuotes(body, text, variables) : null;
  if (inner) return statementsIn(inner).flatMap(read);
  const span = spanOf(body, range);
  return [placed({ kind: 'opaque', reason: 'the statement is put together while it runs', text: beginning(body, span) }, span)];
}

function statementsIn(inner: Piece): Piece[] {
  const found: Piece[] = [];
  for (let unit = unitAt(inner.text, 0, inner.lexicon); unit && found.length < mostStatements; unit = unitAt(inner.text, unit.next, inner.lexicon)) {
    found.push(derive(inner, { start: inner.start + unit.start, end: inner.start + unit.end }));
  }
  return found;
}

/** A statement of the body as plain SQL: without INTO, PERFORM as SELECT. `into` are the variables it sets. Null for what is no SQL statement. */
export function plainStatement(body: Piece, range: TokenRange, variables: ReadonlySet<string>): { readonly piece: Piece; readonly into: readonly string[] } | null {
  const tokens = body.tokens();
  const first = keyword(body, tokens[range.from]);
  if (!first || controls.has(first) || isAssignment(body, range)) return null;
  const span = spanOf(body, range);
  let text = body.text.slice(span.start - body.start, span.end - body.start);
  const clause = queries.has(first) ? intoClause(body, range) : null;
  if (clause) {
    const { start, end } = spanOf(body, clause);
    text = text.slice(0, start - span.start) + ' '.repeat(end - start) + text.slice(end - span.start);
  }
  if (first === 'PERFORM') text = `SELECT ${text.slice(7)}`;
  const into = clause ? tokens.slice(clause.from + 1, clause.to).map((token) => tokenText(body, token).toLowerCase()) : [];
  return { piece: derive(body, span, { text, variables }), into };
}

/** `INTO [STRICT] a, b.c`, wherever it stands in the query. */
function intoClause(body: Piece, range: TokenRange): TokenRange | null {
  const tokens = body.tokens();
  const word = (at: number) => keyword(body, tokens[at]);
  for (let into = findWord(body, range, 'INTO'); into >= 0; into = findWord(body, { from: into + 1, to: range.to }, 'INTO')) {
    if (/^(INSERT|MERGE)$/.test(word(into - 1))) continue;
    const first = into + (word(into + 1) === 'STRICT' ? 2 : 1);
    let to = first;
    while (to < range.to && !clauses.has(word(to)) && (to === first || /^[,.]$/.test(word(to)) || /^[,.]$/.test(word(to - 1)))) to += 1;
    return { from: into, to };
  }
  return null;
}

function isAssignment(body: Piece, range: TokenRange): boolean {
  const assign = findWord(body, range, ':=', '=');
  if (assign < 0) return false;
  const first = keyword(body, body.tokens()[range.from]);
  return keyword(body, body.tokens()[assign]) === ':=' || (assign - range.from <= 5 && !queries.has(first) && !/^(SET|ALTER|CREATE|DROP|COMMENT|EXECUTE|RESET)$/.test(first));
}
