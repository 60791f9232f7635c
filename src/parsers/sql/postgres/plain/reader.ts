import { parse, type Statement } from 'pgsql-ast-parser';
import type { Deed, Guard } from '../../../../operations/index.ts';
import { guardExists, guardNotExists, placed } from '../../deed.ts';
import type { SqlDeed } from '../../statement.ts';
import { nestsDeeply } from '../../text/nesting.ts';
import { beginning, isDynamic, keyword, type Piece } from '../../text/piece.ts';
import type { Reading, ReadPiece } from '../../text/read.ts';
import { readBlock } from '../block.ts';
import { lowerPlain } from './lower.ts';

/** Longer statements are left to the tolerant reader: this parser keeps every way a text may go on, and slows down. */
const longest = 32 * 1024;
const deepestBlock = 5;

/** Every word that begins a statement of Postgres; a statement that begins otherwise is not valid. */
const verbs = new Set(`
  ABORT ALTER ANALYZE BEGIN CALL CHECKPOINT CLOSE CLUSTER COMMENT COMMIT COPY CREATE DEALLOCATE DECLARE DELETE DISCARD DO DROP END EXECUTE EXPLAIN FETCH GRANT IMPORT INSERT LISTEN LOAD LOCK
  MERGE MOVE NOTIFY PREPARE REASSIGN REFRESH REINDEX RELEASE RESET REVOKE ROLLBACK SAVEPOINT SECURITY SELECT SET SHOW START TABLE TRUNCATE UNLISTEN UPDATE VACUUM VALUES WITH (
`.trim().split(/\s+/));

/**
 * A reader of Postgres for processes without WebAssembly, where the server's own grammar cannot be loaded: the tree of pgsql-ast-parser, which is plain JavaScript,
 * tells what a statement does, and `tolerant` where it stands and what that parser cannot read. It cannot tell an unknown form from a wrong one, so it calls little wrong.
 */
export function createPlainReader(tolerant: ReadPiece): ReadPiece {
  const read = (piece: Piece, depth: number): Reading => {
    if (keyword(piece, piece.tokens()[0]) === 'DO') {
      return { deeds: readBlock(piece, depth < deepestBlock ? (part) => read(part, depth + 1).deeds : null), error: null, failed: false };
    }
    const loose = tolerant(piece);
    const statement = isDynamic(piece) || piece.text.length > longest || nestsDeeply(piece) ? null : parsed(piece.text);
    const deeds = statement ? lowered(statement, piece) : null;
    if (deeds) return { deeds: joined(deeds, loose, piece), error: null, failed: false };
    if (statement) return { ...loose, error: null, failed: false };
    return loose.failed && verbs.has(keyword(piece, piece.tokens()[0])) && loose.deeds.every(({ deed }) => deed.kind === 'opaque') ? unread(piece) : loose;
  };
  return (piece) => read(piece, 0);
}

function parsed(text: string): Statement | null {
  try {
    const statements = parse(text, { locationTracking: true });
    return statements.length === 1 ? (statements[0] ?? null) : null;
  } catch {
    return null;
  }
}

function lowered(statement: Statement, piece: Piece): readonly Deed[] | null {
  try {
    return lowerPlain(statement, piece);
  } catch {
    // The tree differs from its types in places.
    return null;
  }
}

/** The tree says what is done; the tokens where, and what the tree has no place for. */
function joined(deeds: readonly Deed[], loose: Reading, piece: Piece): readonly SqlDeed[] {
  const same = deeds.length === loose.deeds.length && deeds.every((deed, at) => deed.kind === loose.deeds[at]?.deed.kind);
  return deeds.map((deed, at) => {
    const entry = same ? loose.deeds[at] : undefined;
    return entry ? { ...entry, deed: { ...entry.deed, ...deed } as Deed } : placed(deed, piece, guardsOf(deed));
  });
}

function guardsOf(deed: Deed): readonly Guard[] {
  return [...guardExists('ifExists' in deed && deed.ifExists), ...guardNotExists('ifNotExists' in deed && deed.ifNotExists)];
}

function unread(piece: Piece): Reading {
  return { deeds: [placed({ kind: 'opaque', reason: 'it takes the grammar of the server to read it', text: beginning(piece) }, piece)], error: null, failed: false };
}
