import type { Guard } from '../../../operations/index.ts';
import type { SqlDeed } from '../statement.ts';
import type { ReadSql } from '../text/computed.ts';
import { conditionGuard } from '../text/condition.ts';
import { arrayTexts, constantTexts } from '../text/constant.ts';
import type { Alternative, Texts } from '../text/memory.ts';
import { keyword, tokenText, written, type Piece } from '../text/piece.ts';
import { findWord, pastClose, spanOf, type TokenRange } from '../text/range.ts';
import { createRoutine } from '../text/routine.ts';
import { assignmentIn, executed, plainStatement, raisesError } from './body-statement.ts';

const none: Texts = new Map();

/** Reads the statements of a PL/pgSQL body in order. `read` reads one plain SQL statement; `texts` are what arguments are known to hold. */
export function readBody(body: Piece, read: ReadSql, texts: Texts = none): SqlDeed[] {
  const tokens = body.tokens();
  const variables = new Set([...body.variables, ...texts.keys(), 'found']);
  const routine = createRoutine(body, texts, writtenInLoops(body));
  const word = (index: number) => keyword(body, tokens[index]);
  const until = (from: number, ...words: string[]) => {
    const found = findWord(body, { from, to: tokens.length }, ...words);
    return found < 0 ? tokens.length : found;
  };
  const caught = handlers(body);
  let at = 0;
  while (at < tokens.length && !routine.isTooDeep()) {
    switch (word(at)) {
      case ';':
        at += 1;
        break;
      case 'DECLARE':
        at = declare(at + 1);
        break;
      case 'BEGIN':
        routine.open('block', rescue(caught.get(at)));
        at += 1;
        break;
      case 'EXCEPTION':
        at += 1;
        break;
      case 'WHEN':
        at = branch(at);
        break;
      case 'IF':
      case 'ELSIF':
      case 'ELSEIF':
        at = condition(at);
        break;
      case 'ELSE':
        routine.otherwise();
        at += 1;
        break;
      case 'CASE':
        routine.open('case', [], true);
        at = until(at + 1, 'WHEN', ';');
        break;
      case 'LOOP':
      case 'WHILE':
      case 'FOR':
      case 'FOREACH':
        at = loop(at);
        break;
      case 'END':
        routine.close();
        at = until(at, ';') + 1;
        break;
      case '<':
        at = until(at, '>') + 2;
        break;
      default:
        at = statement(at);
    }
  }
  return routine.deeds;

  function declare(from: number): number {
    let next = from;
    while (next < tokens.length && word(next) !== 'BEGIN') {
      const end = until(next, ';');
      const name = tokenText(body, tokens[next]).toLowerCase();
      const value = findWord(body, { from: next, to: end }, ':=', '=', 'DEFAULT');
      variables.add(name);
      if (value >= 0) assign(name, { from: value + 1, to: end });
      next = end + 1;
    }
    return next;
  }

  /** A block whose errors are caught says so on each of its statements. */
  function rescue(handler: number | undefined): readonly Guard[] {
    if (handler === undefined) return [];
    const text = written(body, spanOf(body, { from: handler, to: until(handler, 'THEN') })).replace(/\s+/g, ' ');
    return [{ kind: 'rescue', text, inStatement: false }];
  }

  function branch(from: number): number {
    const then = until(from, 'THEN', ';');
    routine.branch(conditionGuard(body, { from, to: then }, routine.kind() === 'block' ? 'EXCEPTION ' : ''));
    return then + 1;
  }

  function condition(from: number): number {
    const then = until(from, 'THEN', ';');
    if (word(from) === 'IF') routine.open('if', [], true);
    routine.condition({ from: from + 1, to: then });
    return then + 1;
  }

  function loop(from: number): number {
    const open = until(from, 'LOOP', ';');
    for (let next = from + 1; next < open && word(next) !== 'IN'; next++) variables.add(tokenText(body, tokens[next]).toLowerCase());
    const query = findWord(body, { from, to: open }, 'SELECT', 'WITH', 'UPDATE', 'DELETE', 'INSERT', 'EXECUTE');
    if (query >= 0 && word(from) === 'FOR') emit({ from: query, to: open });
    const over = listOf(from, open);
    routine.open('loop', [], over === null);
    if (over) routine.assign(tokenText(body, tokens[from + 1]).toLowerCase(), over);
    return open + 1;
  }

  /** The texts that `FOREACH x IN ARRAY ...` goes over, or null. */
  function listOf(from: number, open: number): readonly Alternative[] | null {
    const array = word(from) === 'FOREACH' ? findWord(body, { from, to: open }, 'ARRAY') : -1;
    if (array < 0) return unnested(from, open);
    return routine.texts.get(`${tokenText(body, tokens[array + 1]).toLowerCase()}[]`) ?? arrayTexts(body, { from: array + 1, to: open }, routine.texts);
  }

  /** The texts of `FOR x IN SELECT unnest(ARRAY['a', 'b'])`. */
  function unnested(from: number, open: number): readonly Alternative[] | null {
    const list = from + 5;
    const plain = word(from) === 'FOR' && word(from + 2) === 'IN' && word(from + 3) === 'SELECT' && word(from + 4) === 'UNNEST' && word(list) === '(';
    if (!plain || pastClose(body, list, open) !== open) return null;
    return routine.texts.get(`${tokenText(body, tokens[list + 1]).toLowerCase()}[]`) ?? arrayTexts(body, { from: list + 1, to: open - 1 }, routine.texts);
  }

  /** Lists are kept apart from texts: as a text a list is not its elements. */
  function assign(name: string, value: TokenRange): void {
    routine.assign(name, constantTexts(body, value, routine.texts));
    routine.assign(`${name}[]`, arrayTexts(body, value, routine.texts));
  }

  function statement(from: number): number {
    const end = until(from, ';');
    const range = { from, to: end };
    const assignment = assignmentIn(body, range);
    if (raisesError(body, range)) routine.raise();
    else if (assignment && word(from) !== 'EXECUTE') assign(assignment.name, assignment.value);
    else emit(range);
    return end + 1;
  }

  function emit(range: TokenRange): void {
    const run = executed(body, range, variables, routine.texts, read);
    const plain = run ? null : plainStatement(body, range, variables);
    for (const name of plain?.into ?? []) routine.assign(name, null);
    routine.add(run ?? (plain ? read(plain.piece) : []), plain?.into);
  }
}

/** Names that may be given a value inside a loop; more than truly are does no harm. */
function writtenInLoops(body: Piece): Set<string> {
  const tokens = body.tokens();
  const found = new Set<string>();
  let depth = 0;
  const write = (at: number): void => {
    const name = tokenText(body, tokens[at]).toLowerCase();
    found.add(name).add(`${name}[]`);
  };
  tokens.forEach((token, at) => {
    const here = keyword(body, token);
    if (here === 'LOOP') depth += keyword(body, tokens[at - 1]) === 'END' ? -1 : 1;
    else if (depth > 0 && /^:?=$/.test(here)) write(at - 1);
    else if (depth > 0 && here === 'INTO') write(keyword(body, tokens[at + 1]) === 'STRICT' ? at + 2 : at + 1);
  });
  return found;
}

/** For each BEGIN whose errors are caught, by token index: where its EXCEPTION stands. A handler that raises an error again catches nothing. */
function handlers(body: Piece): ReadonlyMap<number, number> {
  const tokens = body.tokens();
  const word = (index: number) => keyword(body, tokens[index]);
  const found = new Map<number, number>();
  const open: { at: number; exception: number; quiet: boolean; caught: boolean }[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const here = word(at);
    const block = open.at(-1);
    if (here === 'BEGIN' || (here === 'CASE' && word(at - 1) !== 'END')) open.push({ at, exception: -1, quiet: false, caught: false });
    else if (!block) continue;
    else if (here === 'EXCEPTION' && word(at + 1) === 'WHEN') block.exception = at;
    else if (block.exception >= 0 && here === 'WHEN') {
      block.caught ||= block.quiet;
      block.quiet = true;
    } else if (block.exception >= 0 && here === 'RAISE' && raisesError(body, { from: at, to: tokens.length })) block.quiet = false;
    else if (here === 'END' && !/^(IF|LOOP)$/.test(word(at + 1))) {
      open.pop();
      if (block.exception >= 0 && (block.caught || block.quiet)) found.set(block.at, block.exception);
    }
  }
  return found;
}
