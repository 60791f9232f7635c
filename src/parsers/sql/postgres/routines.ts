import type { CreateFunctionStmt, FuncCall, Node } from 'libpg-query';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { placedAtCall, statementsIn, type ReadSql } from '../text/computed.ts';
import { insideCall, type Alternative, type Routine } from '../text/memory.ts';
import { beginning, derive, plainName, type Piece } from '../text/piece.ts';
import { findWord } from '../text/range.ts';
import { insideQuotes } from '../text/unquote.ts';
import { readBody } from './body.ts';
import { all, as, strings, walk } from './tree.ts';

/** Keeps a function or procedure whose body can be read, for the statements that call it. */
export function rememberRoutine(node: CreateFunctionStmt, piece: Piece): void {
  const name = strings(node.funcname).at(-1)?.toLowerCase();
  const language = as(all(node.options, 'DefElem').find(({ defname }) => defname === 'language')?.arg, 'String')?.sval?.toLowerCase();
  const word = findWord(piece, { from: 0, to: piece.tokens().length }, 'AS');
  const text = word < 0 ? undefined : piece.tokens()[word + 1];
  const body = text && (language === 'plpgsql' || language === 'sql') ? insideQuotes(piece, text) : null;
  if (name === undefined) return;
  if (!body) piece.memory.routines.delete(name);
  else {
    const parameters = all(node.parameters, 'FunctionParameter').filter(({ mode }) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE').map((parameter) => (parameter.name ?? '').toLowerCase());
    piece.memory.routines.set(name, { body, language: language === 'sql' ? 'sql' : 'plpgsql', parameters });
  }
}

/** What a statement does, with what the functions do that it calls and whose bodies are known. */
export function withCalls(node: Node, piece: Piece, deeds: readonly SqlDeed[], read: ReadSql): readonly SqlDeed[] {
  const { routines } = piece.memory;
  const body = routines.size === 0 ? undefined : (as(node, 'SelectStmt') ?? as(node, 'CallStmt'));
  if (!body) return deeds;
  const perRow = (as(node, 'SelectStmt')?.fromClause ?? []).some((from) => !('RangeFunction' in from));
  const called = callsIn(body).flatMap((call) => {
    const name = strings(call.funcname).at(-1)?.toLowerCase() ?? '';
    const routine = routines.get(name);
    return routine ? bodyOf(name, routine, call, piece, read) : [];
  });
  if (!called.length) return deeds;
  return [...deeds.filter(({ deed }) => deed.kind !== 'other'), ...(perRow ? called.map((entry) => ({ ...entry, uncertain: true })) : called)];
}

function callsIn(body: object): FuncCall[] {
  const found: FuncCall[] = [];
  walk({ FuncCall: 'funccall' in body ? body.funccall : undefined, body }, (tag, inner) => {
    if (tag === 'FuncCall') found.push(inner as FuncCall);
  });
  return found;
}

function bodyOf(name: string, routine: Routine, call: FuncCall, piece: Piece, read: ReadSql): SqlDeed[] {
  const { body, parameters } = routine;
  const texts = new Map<string, readonly Alternative[]>();
  const variables = new Set(parameters.filter(Boolean));
  parameters.forEach((parameter, index) => {
    const constant = as(call.args?.[index], 'A_Const')?.sval;
    if (constant && parameter) texts.set(parameter, [{ text: plainName(piece, constant.sval ?? ''), guards: [] }]);
  });
  const inner = derive(body, body, { variables });
  const found = insideCall(piece.memory, name, body.text.length, () => (routine.language === 'sql' ? statementsIn(inner).flatMap(read) : readBody(inner, read, texts)));
  if (!found) return [placed({ kind: 'opaque', reason: `what "${name}" does is not read`, text: beginning(piece) }, piece)];
  return placedAtCall(found, piece, body.source.original === piece.source.original);
}
