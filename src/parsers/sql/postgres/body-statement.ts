import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { readComputed, statementsIn, type ReadSql } from '../text/computed.ts';
import { constantTexts } from '../text/constant.ts';
import type { Texts } from '../text/memory.ts';
import { beginning, derive, keyword, tokenText, type Piece } from '../text/piece.ts';
import { findWord, spanOf, type TokenRange } from '../text/range.ts';
import { insideQuotes } from '../text/unquote.ts';

/** Statements of PL/pgSQL that neither read nor change rows. */
const controls = new Set(['NULL', 'RAISE', 'RETURN', 'EXIT', 'CONTINUE', 'GET', 'OPEN', 'CLOSE', 'FETCH', 'MOVE', 'ASSERT', 'ALIAS', 'EXCEPTION']);
const levels = new Set(['NOTICE', 'WARNING', 'INFO', 'LOG', 'DEBUG']);
const queries = new Set(['SELECT', 'WITH', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'PERFORM']);
const clauses = new Set(['FROM', 'WHERE', 'GROUP', 'ORDER', 'LIMIT', 'USING', 'UNION', 'HAVING', 'FOR', 'VALUES', 'RETURNING']);

/** True for RAISE EXCEPTION and ASSERT. */
export function raisesError(body: Piece, range: TokenRange): boolean {
  const word = keyword(body, body.tokens()[range.from]);
  return word === 'ASSERT' || (word === 'RAISE' && !levels.has(keyword(body, body.tokens()[range.from + 1])));
}

/** What EXECUTE runs: read when its text is known, else told as put together while it runs. Null for other statements. */
export function executed(body: Piece, range: TokenRange, variables: ReadonlySet<string>, texts: Texts, read: ReadSql): readonly SqlDeed[] | null {
  const tokens = body.tokens();
  if (keyword(body, tokens[range.from]) !== 'EXECUTE' || /^:?=$/.test(keyword(body, tokens[range.from + 1]))) return null;
  const end = findWord(body, { from: range.from + 1, to: range.to }, 'INTO', 'USING', 'LOOP');
  const expression = { from: range.from + 1, to: end < 0 ? range.to : end };
  const [only] = expression.to - expression.from === 1 ? tokens.slice(expression.from, expression.to) : [];
  const inner = only ? insideQuotes(body, only, variables) : null;
  if (inner) return statementsIn(inner).flatMap(read);
  const span = spanOf(body, range);
  const known = constantTexts(body, expression, texts);
  if (known) return readComputed(known, body, span, read);
  return [placed({ kind: 'opaque', reason: 'the statement is put together while it runs', text: beginning(body, span) }, span)];
}

/** A statement of the body as plain SQL: without INTO, PERFORM as SELECT. `into` are the variables it sets. Null for what is no SQL statement. */
export function plainStatement(body: Piece, range: TokenRange, variables: ReadonlySet<string>): { readonly piece: Piece; readonly into: readonly string[] } | null {
  const tokens = body.tokens();
  const first = keyword(body, tokens[range.from]);
  if (!first || controls.has(first) || assignmentIn(body, range)) return null;
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

/** The variable of `name := value` and where the value stands, or null for another statement. */
export function assignmentIn(body: Piece, range: TokenRange): { readonly name: string; readonly value: TokenRange } | null {
  const assign = findWord(body, range, ':=', '=');
  if (assign < 0) return null;
  const first = keyword(body, body.tokens()[range.from]);
  const isAssignment = keyword(body, body.tokens()[assign]) === ':=' || (assign - range.from <= 5 && !queries.has(first) && !/^(SET|ALTER|CREATE|DROP|COMMENT|EXECUTE|RESET)$/.test(first));
  if (!isAssignment) return null;
  const name = assign - range.from === 1 ? tokenText(body, body.tokens()[range.from]).toLowerCase() : '';
  return { name, value: { from: assign + 1, to: range.to } };
}
