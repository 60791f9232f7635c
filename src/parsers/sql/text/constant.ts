import type { Guard } from '../../../operations/index.ts';
import { conditionGuard } from './condition.ts';
import { knownText } from './literal.ts';
import type { Alternative, Texts } from './memory.ts';
import { keyword, tokenText, type Piece } from './piece.ts';
import { findWord, pastClose, splitAtCommas, withoutBrackets, type TokenRange } from './range.ts';

const mostAlternatives = 50;
const longestText = 64 * 1024;
const deepest = 20;

/**
 * The texts an expression gives, as far as they can be told without running it: literals, concatenations, `format` and quoting of such, a choice between them,
 * and names that stand for known texts. Null when any part is not known.
 */
export function constantTexts(piece: Piece, range: TokenRange, texts: Texts, depth = 0): readonly Alternative[] | null {
  const inner = withoutBrackets(piece, range);
  if (inner.to <= inner.from || depth > deepest) return null;
  const evaluate = (part: TokenRange) => constantTexts(piece, part, texts, depth + 1);
  const operands = splitAtBars(piece, inner);
  if (operands.length > 1) return isPostgres(piece) || piece.lexicon.engine === 'sqlite' ? joined(operands.map(evaluate)) : null;
  const first = piece.tokens()[inner.from];
  const length = inner.to - inner.from;
  if (!first) return null;
  if (length === 1) return single(piece, inner.from, texts);
  // A cast of the text changes nothing of it.
  if (keyword(piece, piece.tokens()[inner.to - 2]) === '::') return /^(TEXT|VARCHAR)$/.test(keyword(piece, piece.tokens()[inner.to - 1])) ? evaluate({ from: inner.from, to: inner.to - 2 }) : null;
  if (keyword(piece, first) === '@' && length === 2) return texts.get(`@${tokenText(piece, piece.tokens()[inner.from + 1]).toLowerCase()}`) ?? null;
  if (keyword(piece, first) === 'SELECT' && findWord(piece, inner, 'FROM', 'WHERE', 'UNION') < 0) return evaluate({ from: inner.from + 1, to: inner.to });
  if (keyword(piece, piece.tokens()[inner.from + 1]) !== '(' || pastClose(piece, inner.from + 1, inner.to) !== inner.to) return null;
  const parts = splitAtCommas(piece, { from: inner.from + 2, to: inner.to - 1 });
  return call(piece, keyword(piece, first), parts, evaluate);
}

/** The texts of an array's elements (`ARRAY['a', 'b']`, `'{a,b}'`), or null. */
export function arrayTexts(piece: Piece, range: TokenRange, texts: Texts): readonly Alternative[] | null {
  const first = piece.tokens()[range.from];
  if (keyword(piece, first) === 'ARRAY' && keyword(piece, piece.tokens()[range.from + 1]) === '[') {
    const values = splitAtCommas(piece, { from: range.from + 2, to: range.to }).map((part) => constantTexts(piece, part, texts));
    return values.length && values.every((value) => value !== null) ? values.flat() : null;
  }
  const literal = first ? knownText(piece, first) : null;
  const inside = literal === null ? null : /^\{([\w.$, ]+)\}$/.exec(literal);
  return inside?.[1]?.split(',').map((text) => ({ text: text.trim(), guards: [] })) ?? null;
}

function isPostgres(piece: Piece): boolean {
  return piece.lexicon.engine === 'postgres';
}

function splitAtBars(piece: Piece, range: TokenRange): TokenRange[] {
  const parts: TokenRange[] = [];
  let from = range.from;
  for (let bar = findWord(piece, range, '||'); bar >= 0; bar = findWord(piece, { from, to: range.to }, '||')) {
    parts.push({ from, to: bar });
    from = bar + 1;
  }
  return [...parts, { from, to: range.to }];
}

function single(piece: Piece, at: number, texts: Texts): readonly Alternative[] | null {
  const token = piece.tokens()[at];
  if (!token) return null;
  const known = token.kind === 'number' ? tokenText(piece, token) : knownText(piece, token);
  if (known !== null) return [{ text: known, guards: [] }];
  return token.kind === 'word' ? (texts.get(tokenText(piece, token).toLowerCase()) ?? null) : null;
}

type Evaluate = (range: TokenRange) => readonly Alternative[] | null;

function call(piece: Piece, name: string, parts: readonly TokenRange[], evaluate: Evaluate): readonly Alternative[] | null {
  if (name === 'CONCAT') return joined(parts.map(evaluate));
  if (name === 'FORMAT' && isPostgres(piece)) return formatted(parts.map(evaluate));
  if ((name === 'QUOTE_IDENT' || name === 'QUOTE_LITERAL') && parts[0]) return evaluate(parts[0])?.map((value) => ({ ...value, text: quoted(name === 'QUOTE_IDENT' ? 'I' : 'L', value.text) })) ?? null;
  const [condition, yes, no] = parts;
  if (name !== 'IF' || !condition || !yes || !no) return null;
  const [left, right] = [evaluate(yes), evaluate(no)];
  if (!left || !right) return null;
  const guard = conditionGuard(piece, condition);
  const otherwise: Guard = { kind: 'condition', text: `NOT (${guard.text})`, inStatement: false };
  return [...left.map((value) => ({ ...value, guards: [guard, ...value.guards] })), ...right.map((value) => ({ ...value, guards: [otherwise, ...value.guards] }))];
}

/** Every way to put one text of each part together. */
function joined(parts: readonly (readonly Alternative[] | null)[]): readonly Alternative[] | null {
  return parts.reduce<readonly Alternative[] | null>((before, part) => {
    if (!before || !part || before.length * part.length > mostAlternatives) return null;
    const all = before.flatMap((head) => part.map((tail) => ({ text: head.text + tail.text, guards: [...head.guards, ...tail.guards] })));
    return all.some(({ text }) => text.length > longestText) ? null : all;
  }, [{ text: '', guards: [] }]);
}

/** Postgres's `format`: `%s`, `%I`, `%L`, `%%` and positions (`%1$I`); no widths. */
function formatted([pattern, ...values]: readonly (readonly Alternative[] | null)[]): readonly Alternative[] | null {
  const text = pattern?.length === 1 ? pattern[0]?.text : undefined;
  if (text === undefined) return null;
  const pieces: (readonly Alternative[] | null)[] = [];
  let next = 0;
  let at = 0;
  for (const match of text.matchAll(/%(?:%|(?:(\d+)\$)?([sIL])|)/g)) {
    pieces.push([{ text: text.slice(at, match.index), guards: [] }]);
    at = match.index + match[0].length;
    if (match[0] === '%%') pieces.push([{ text: '%', guards: [] }]);
    else if (match[2]) {
      const index = match[1] ? Number(match[1]) - 1 : next;
      next = index + 1;
      const mark = match[2];
      pieces.push(values[index]?.map((value) => ({ ...value, text: quoted(mark, value.text) })) ?? null);
    } else return null;
  }
  return joined([...pieces, [{ text: text.slice(at), guards: [] }]]);
}

function quoted(mark: string, text: string): string {
  if (mark === 'I') return `"${text.replaceAll('"', '""')}"`;
  return mark === 'L' ? `'${text.replaceAll("'", "''")}'` : text;
}
