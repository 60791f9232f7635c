import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning, keyword, tokenText, type Piece } from '../text/piece.ts';
import { findWord } from '../text/range.ts';
import { insideQuotes } from '../text/unquote.ts';
import { readBody } from './body.ts';

/** Longer blocks are not read. */
const longest = 256 * 1024;

/**
 * Reads a DO block: its statements in order, with the conditions they stand under. `read` reads one plain SQL statement and is null when
 * blocks are nested too deeply.
 */
export function readBlock(piece: Piece, read: ((piece: Piece) => readonly SqlDeed[]) | null): SqlDeed[] {
  const opaque = (reason: string) => [placed({ kind: 'opaque', reason, text: beginning(piece) }, piece)];
  const tokens = piece.tokens();
  const word = findWord(piece, { from: 0, to: tokens.length }, 'LANGUAGE');
  const language = word < 0 ? 'plpgsql' : tokenText(piece, tokens[word + 1]).replace(/^['"]|['"]$/g, '').toLowerCase();
  if (language !== 'plpgsql') return opaque(`the block is written in ${language}`);
  if (!read || piece.end - piece.start > longest) return opaque('the block is too long or nested too deeply');
  const quoted = tokens.find((token, index) => (token.kind === 'dollar' || token.kind === 'string') && keyword(piece, tokens[index - 1]) !== 'LANGUAGE');
  const body = quoted ? insideQuotes(piece, quoted) : null;
  if (!body) return opaque('the block is written with escapes');
  const deeds = readBody(body, (part) => read(part).map((deed) => (deed.inner ? deed : { ...deed, inner: { start: part.start, end: part.end } })));
  return deeds.length ? deeds : [placed({ kind: 'other', text: beginning(piece) }, piece)];
}
