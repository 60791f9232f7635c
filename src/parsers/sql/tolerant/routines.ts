import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { placedAtCall, readComputed, type ReadSql } from '../text/computed.ts';
import { constantTexts } from '../text/constant.ts';
import { insideCall, type Alternative, type Texts } from '../text/memory.ts';
import { beginning, derive, keyword, tokenText, type Piece } from '../text/piece.ts';
import { findWord, pastClose, spanOf, splitAtCommas } from '../text/range.ts';
import { readRoutineBody } from './body.ts';
import { accept, bracketed, identifier, peek, qualifiedName, type Cursor } from './cursor.ts';

/** Words that begin the body of a procedure that is a single statement, after its characteristics. */
const verbs = ['BEGIN', 'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'REPLACE', 'ALTER', 'CREATE', 'DROP', 'RENAME', 'TRUNCATE', 'SET', 'CALL', 'IF', 'WHILE', 'PREPARE', 'EXECUTE', 'WITH'];

/** What the names around a statement are known to hold: inside a body that body's, else what earlier statements set. */
function known({ memory, texts }: Piece): Texts {
  return memory.active.length ? texts : memory.variables;
}

/** Keeps a procedure for the statements that call it. The cursor stands after its name. */
export function rememberProcedure(name: string, cursor: Cursor): void {
  const { piece } = cursor;
  const list = peek(cursor) === '(' ? { from: cursor.at + 1, to: pastClose(piece, cursor.at, cursor.to) - 1 } : { from: 0, to: 0 };
  const parameters = splitAtCommas(piece, list).map(({ from }) => {
    const first = keyword(piece, piece.tokens()[from]);
    return tokenText(piece, piece.tokens()[/^(?:IN|OUT|INOUT)$/.test(first) ? from + 1 : from]).replaceAll('`', '').toLowerCase();
  });
  const start = findWord(piece, { from: Math.max(list.to + 1, cursor.at), to: cursor.to }, ...verbs);
  const key = name.toLowerCase();
  if (start < 0) piece.memory.routines.delete(key);
  else piece.memory.routines.set(key, { body: derive(piece, spanOf(piece, { from: start, to: cursor.to })), language: 'psm', parameters });
}

/** `CALL p('a')`: what the procedure does, when an earlier statement defined it. */
export function readCall(cursor: Cursor, read: ReadSql): SqlDeed[] | null {
  const { piece } = cursor;
  const name = qualifiedName(cursor);
  if (!name) return null;
  const key = name.name.toLowerCase();
  const routine = piece.memory.routines.get(key);
  const list = bracketed(cursor);
  const texts = new Map<string, readonly Alternative[]>(userVariables(known(piece)));
  splitAtCommas(piece, list ?? { from: 0, to: 0 }).forEach((range, index) => {
    const value = constantTexts(piece, range, known(piece));
    const parameter = routine?.parameters[index];
    if (value && parameter) texts.set(parameter, value);
  });
  const found = routine?.language === 'psm' && insideCall(piece.memory, key, routine.body.text.length, () => readRoutineBody(derive(routine.body, routine.body, { variables: new Set(routine.parameters) }), read, texts));
  if (!routine || !found) return [placed({ kind: 'opaque', reason: 'what the procedure does is not read', text: beginning(piece) }, piece)];
  keepVariables(piece, found.texts);
  const deeds = placedAtCall(found.deeds, piece, routine.body.source.original === piece.source.original);
  return deeds.length ? deeds : [placed({ kind: 'other', text: beginning(piece) }, piece)];
}

/** `BEGIN NOT ATOMIC ... END` of MariaDB. The cursor stands after ATOMIC. */
export function readCompound(cursor: Cursor, read: ReadSql): SqlDeed[] {
  const { piece } = cursor;
  const body = derive(piece, spanOf(piece, { from: 0, to: cursor.to }));
  const found = insideCall(piece.memory, '', body.text.length, () => readRoutineBody(body, read, userVariables(known(piece))));
  if (found) keepVariables(piece, found.texts);
  return found?.deeds ?? [placed({ kind: 'opaque', reason: 'the block is too long or nested too deeply', text: beginning(piece) }, piece)];
}

/** `SET @x = ...`: keeps a text that is known. The cursor stands at the sign. */
export function rememberVariable(cursor: Cursor): void {
  const { piece } = cursor;
  if (piece.memory.active.length || !accept(cursor, '@')) return;
  const name = `@${identifier(cursor)?.toLowerCase() ?? ''}`;
  const value = accept(cursor, '=') || accept(cursor, ':=') ? constantTexts(piece, { from: cursor.at, to: cursor.to }, known(piece)) : null;
  if (value) piece.memory.variables.set(name, value);
  else piece.memory.variables.delete(name);
}

/** `PREPARE s FROM '...'`: nothing runs yet. */
export function readPrepare(cursor: Cursor): SqlDeed[] | null {
  const { piece } = cursor;
  const name = identifier(cursor);
  if (name === null || !accept(cursor, 'FROM')) return null;
  piece.memory.prepared.set(name.toLowerCase(), constantTexts(piece, { from: cursor.at, to: cursor.to }, known(piece)));
  return [placed({ kind: 'other', text: beginning(piece) }, piece)];
}

/** `EXECUTE s`, and MariaDB's `EXECUTE IMMEDIATE '...'`: what the prepared text does, when it is known. */
export function readExecute(cursor: Cursor, read: ReadSql): SqlDeed[] | null {
  const { piece } = cursor;
  const using = findWord(piece, { from: cursor.at, to: cursor.to }, 'USING');
  const expression = { from: cursor.at + 1, to: using < 0 ? cursor.to : using };
  const name = peek(cursor) === 'IMMEDIATE' ? '' : identifier(cursor);
  const texts = name === null ? null : name === '' ? constantTexts(piece, expression, known(piece)) : (piece.memory.prepared.get(name.toLowerCase()) ?? null);
  if (!texts) return [placed({ kind: 'opaque', reason: 'the statement is put together while it runs', text: beginning(piece) }, piece)];
  const deeds = readComputed(texts, piece, piece, read);
  return deeds.length ? deeds : [placed({ kind: 'other', text: beginning(piece) }, piece)];
}

function userVariables(texts: Texts): Texts {
  return new Map([...texts].filter(([name]) => name.startsWith('@')));
}

/** After a body: user variables hold what it gave them. */
function keepVariables({ memory }: Piece, texts: Texts): void {
  if (memory.active.length) return;
  memory.variables.clear();
  for (const [name, value] of userVariables(texts)) memory.variables.set(name, value);
}
