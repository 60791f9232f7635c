import type { SqlDeed } from '../statement.ts';
import type { ReadSql } from '../text/computed.ts';
import { conditionGuard } from '../text/condition.ts';
import { constantTexts } from '../text/constant.ts';
import type { Texts } from '../text/memory.ts';
import { derive, keyword, tokenText, written, type Piece } from '../text/piece.ts';
import { findWord, spanOf, splitAtCommas, type TokenRange } from '../text/range.ts';
import { createRoutine } from '../text/routine.ts';

/** Statements of a routine of MySQL that neither read nor change rows. */
const controls = new Set(['RETURN', 'LEAVE', 'ITERATE', 'OPEN', 'CLOSE', 'FETCH', 'GET', 'NULL', 'UNTIL', 'RESIGNAL']);

/**
 * Reads the statements of a body of MySQL or MariaDB in order. `read` reads one plain statement; `texts` are what arguments and user variables are known to
 * hold, and what they hold afterwards is given back.
 */
export function readRoutineBody(body: Piece, read: ReadSql, texts: Texts): { readonly deeds: SqlDeed[]; readonly texts: Texts } {
  const tokens = body.tokens();
  const variables = new Set([...body.variables, ...texts.keys()]);
  const routine = createRoutine(body, texts, writtenInLoops(body));
  const word = (index: number) => keyword(body, tokens[index]);
  const until = (from: number, ...words: string[]) => {
    const found = findWord(body, { from, to: tokens.length }, ...words);
    return found < 0 ? tokens.length : found;
  };
  let at = 0;
  while (at < tokens.length && !routine.isTooDeep()) {
    switch (word(at)) {
      case ';':
        at += 1;
        break;
      case 'DECLARE':
        at = declare(at);
        break;
      case 'BEGIN':
        routine.open('block');
        at += word(at + 1) === 'NOT' ? 3 : 1;
        break;
      case 'IF':
        routine.open('if', [], true);
        at = condition(at);
        break;
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
      case 'WHEN': {
        const then = until(at, 'THEN', ';');
        routine.branch(conditionGuard(body, { from: at, to: then }));
        at = then + 1;
        break;
      }
      case 'WHILE':
      case 'FOR':
        routine.open('loop', [], true);
        at = until(at, 'DO', ';') + 1;
        break;
      case 'LOOP':
      case 'REPEAT':
        routine.open('loop', [], true);
        at += 1;
        break;
      case 'END':
        routine.close();
        at = until(at, ';') + 1;
        break;
      default:
        at = word(at + 1) === ':' ? at + 2 : statement(at);
    }
  }
  return { deeds: routine.deeds, texts: routine.texts };

  function declare(from: number): number {
    const end = until(from, ';');
    const handler = findWord(body, { from, to: end }, 'HANDLER');
    if (handler >= 0) return declareHandler(from, handler, end);
    const list = findWord(body, { from, to: end }, 'DEFAULT');
    const names = splitAtCommas(body, { from: from + 1, to: list < 0 ? end : list });
    for (const range of names) {
      const name = tokenText(body, tokens[range.from]).toLowerCase();
      variables.add(name);
      routine.assign(name, list < 0 ? null : constantTexts(body, { from: list + 1, to: end }, routine.texts));
    }
    return end + 1;
  }

  /** What a handler does stands under its condition; what its block does may fail without stopping the migration. */
  function declareHandler(from: number, handler: number, end: number): number {
    const block = findWord(body, { from: handler, to: end }, 'BEGIN');
    const text = written(body, spanOf(body, { from, to: block < 0 ? end : block })).replace(/\s+/g, ' ');
    const catches = !/\bnot\s+found\b|\bsqlwarning\b/i.test(text) && findWord(body, { from: block, to: until(Math.max(block, from), 'END') }, 'RESIGNAL') < 0;
    if (catches) routine.guard({ kind: 'rescue', text, inStatement: false });
    if (block < 0) return end + 1;
    routine.open('block', [{ kind: 'condition', text, inStatement: false }], true);
    return block + 1;
  }

  function condition(from: number): number {
    const then = until(from, 'THEN', ';');
    routine.condition({ from: from + 1, to: then });
    return then + 1;
  }

  function statement(from: number): number {
    const end = until(from, ';');
    const range = { from, to: end };
    const first = word(from);
    if (first === 'SIGNAL') routine.raise();
    // On the path of a failure it ends what the migration began and could not finish.
    else if (!controls.has(first) && !(first === 'ROLLBACK' && !routine.isCertain())) emit(range);
    return end + 1;
  }

  function emit(range: TokenRange): void {
    const into = intoNames(range);
    for (const name of into) routine.assign(name, null);
    if (word(range.from) === 'SET') assignments(range);
    routine.add(read(derive(body, spanOf(body, range), { variables, texts: new Map(routine.texts) })), into);
  }

  function intoNames({ from, to }: TokenRange): string[] {
    const at = /^(SELECT|WITH)$/.test(word(from)) ? findWord(body, { from, to }, 'INTO') : -1;
    if (at < 0) return [];
    const end = findWord(body, { from: at, to }, 'FROM', 'WHERE');
    return splitAtCommas(body, { from: at + 1, to: end < 0 ? to : end }).map((range) => nameAt(range.from));
  }

  /** `SET a = 'x', @b = ...`. */
  function assignments({ from, to }: TokenRange): void {
    for (const range of splitAtCommas(body, { from: from + 1, to })) {
      const assign = findWord(body, range, '=', ':=');
      if (assign >= 0) routine.assign(nameAt(range.from), constantTexts(body, { from: assign + 1, to: range.to }, routine.texts));
    }
  }

  /** A variable's name; a user variable's with its sign. */
  function nameAt(index: number): string {
    const sign = word(index) === '@' ? '@' : '';
    return sign + tokenText(body, tokens[index + sign.length]).toLowerCase();
  }
}

/** Names that may be given a value inside a loop; more than truly are does no harm. */
function writtenInLoops(body: Piece): Set<string> {
  const tokens = body.tokens();
  const found = new Set<string>();
  let depth = 0;
  tokens.forEach((token, at) => {
    const here = keyword(body, token);
    if (/^(?:LOOP|WHILE|REPEAT|FOR)$/.test(here)) depth += keyword(body, tokens[at - 1]) === 'END' ? -1 : 1;
    else if (depth > 0 && /^:?=$/.test(here)) found.add(tokenText(body, tokens[at - 1]).toLowerCase());
    else if (depth > 0 && here === 'INTO') found.add(tokenText(body, tokens[at + 1]).toLowerCase());
  });
  return found;
}
