import type { DoStmt } from 'libpg-query';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning, keyword, type Piece } from '../text/piece.ts';
import { insideQuotes } from '../text/unquote.ts';
import { readBody } from './body.ts';
import { all, as } from './tree.ts';

/** Longer blocks are not read. */
const longest = 256 * 1024;

/**
 * Reads a DO block: its statements in order, with the conditions they stand under. `read` reads one plain SQL statement and is null when
 * blocks are nested too deeply.
 */
export function readBlock(node: DoStmt, piece: Piece, read: ((piece: Piece) => readonly SqlDeed[]) | null): SqlDeed[] {
  const opaque = (reason: string) => [placed({ kind: 'opaque', reason, text: beginning(piece) }, piece)];
  const option = (name: string) => as(all(node.args, 'DefElem').find(({ defname }) => defname === name)?.arg, 'String')?.sval;
  const language = option('language')?.toLowerCase() ?? 'plpgsql';
  if (language !== 'plpgsql') return opaque(`the block is written in ${language}`);
  if (!read || piece.end - piece.start > longest) return opaque('the block is too long or nested too deeply');
  const quoted = piece.tokens().find((token, index) => (token.kind === 'dollar' || token.kind === 'string') && keyword(piece, piece.tokens()[index - 1]) !== 'LANGUAGE');
  const body = quoted ? insideQuotes(piece, quoted) : null;
  if (!body) return opaque('the block is written with escapes');
  const deeds = readBody(body, read);
  return deeds.length ? deeds : [placed({ kind: 'other', text: beginning(piece) }, piece)];
}
