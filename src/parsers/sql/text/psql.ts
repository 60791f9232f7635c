import type { Deed } from '../../../operations/index.ts';
import type { SqlStatement } from '../statement.ts';
import { beginning, written, type Piece } from './piece.ts';

/** Reads a line of psql: most only steer the client; some run SQL that is not there to be read. */
export function readCommand(piece: Piece): SqlStatement {
  const text = written(piece, piece);
  const name = /^\\\w*[!?]?/.exec(text)?.[0] ?? '\\';
  const at = { start: piece.start, end: piece.end };
  return { ...at, deeds: [{ deed: deedOf(name, text, piece), at, guards: [], uncertain: false }], error: null, verb: name, dynamic: false };
}

function deedOf(name: string, text: string, piece: Piece): Deed {
  if (/^\\(?:i|ir|include|include_relative)$/.test(name)) return { kind: 'opaque', reason: 'it runs another file', text };
  if (/^\\(?:gexec|!)$/.test(name)) return { kind: 'opaque', reason: 'what it runs is not in the text', text };
  const table = /^\\copy\s+("?[\w.]+"?)\s*(?:\([^)]*\)\s*)?from\b/i.exec(text)?.[1];
  if (table) {
    const [last = '', schema = null] = table.replaceAll('"', '').split('.').reverse();
    return { kind: 'load-rows', table: { schema, name: last } };
  }
  return { kind: 'other', text: beginning(piece) };
}
