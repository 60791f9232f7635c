import type { Piece } from './piece.ts';
import { nameText } from './reads.ts';

/** Postgres keeps this many bytes of a name (NAMEDATALEN - 1); its lexer cuts the rest off, at the end of a character. */
const kept = 63;
/** A cut name is at most three bytes shorter than that, and a UTF-16 unit has at most three bytes. */
const [shortest, fewestUnits] = [kept - 3, 20];

const known = new WeakMap<Piece, ReadonlyMap<string, string>>();

/** A name of Postgres's tree as it was written: the lexer of the server has cut what is longer than 63 bytes. Gives any other name as it is. */
export function writtenName(piece: Piece, name: string): string {
  if (name.length < fewestUnits || piece.lexicon.engine !== 'postgres') return name;
  const bytes = Buffer.byteLength(name);
  return bytes < shortest || bytes > kept ? name : (longNames(piece).get(name) ?? name);
}

/** The names of a statement that are too long, by what is left of them. Of two with the same beginning the first counts. */
function longNames(piece: Piece): ReadonlyMap<string, string> {
  const before = known.get(piece);
  if (before) return before;
  const found = new Map<string, string>();
  piece.tokens().forEach((token, at) => {
    const name = (token.kind === 'word' || token.kind === 'name') && token.end - token.start >= fewestUnits ? nameText(piece, at) : null;
    if (name === null || Buffer.byteLength(name) <= kept) return;
    const cut = clip(name);
    if (!found.has(cut)) found.set(cut, name);
  });
  known.set(piece, found);
  return found;
}

function clip(name: string): string {
  let bytes = 0;
  let end = 0;
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > kept) break;
    end += character.length;
  }
  return name.slice(0, end);
}
