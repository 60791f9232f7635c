import type { Guard } from '../../../operations/index.ts';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning, keyword, tokenText, written, type Piece } from '../text/piece.ts';
import { findWord, spanOf, type TokenRange } from '../text/range.ts';
import { tablesRead } from '../text/reads.ts';
import { conditionGuard, executed, plainStatement, raisesError, type ReadSql } from './body-statement.ts';

/** What the statements at one depth of a PL/pgSQL body stand under. */
interface Frame {
  kind: 'block' | 'if' | 'loop' | 'case';
  /** Conditions around the statements of the current branch. */
  guards: readonly Guard[];
  /** True when the current branch may not run, or run many times. */
  uncertain: boolean;
  /** The condition's tokens, while in an IF. */
  condition: TokenRange | null;
}

const deepestFrames = 100;

/** Reads the statements of a PL/pgSQL body in order. `read` reads one plain SQL statement. */
export function readBody(body: Piece, read: ReadSql): SqlDeed[] {
  const tokens = body.tokens();
  const variables = new Set([...body.variables, 'found']);
  const deeds: SqlDeed[] = [];
  const targets: { names: readonly string[]; deed: number }[] = [];
  const frames: Frame[] = [];
  const word = (index: number) => keyword(body, tokens[index]);
  const until = (from: number, ...words: string[]) => {
    const found = findWord(body, { from, to: tokens.length }, ...words);
    return found < 0 ? tokens.length : found;
  };
  let at = 0;

  const caught = handlers(body);
  while (at < tokens.length) {
    if (frames.length > deepestFrames) return [...deeds, placed({ kind: 'opaque', reason: 'the block is nested too deeply', text: beginning(body) }, body)];
    switch (word(at)) {
      case ';':
        at += 1;
        break;
      case 'DECLARE':
        at = declare(at + 1);
        break;
      case 'BEGIN':
        frames.push({ kind: 'block', guards: rescue(caught.get(at)), uncertain: false, condition: null });
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
        otherwise();
        at += 1;
        break;
      case 'CASE':
        frames.push({ kind: 'case', guards: [], uncertain: true, condition: null });
        at = until(at + 1, 'WHEN', ';');
        break;
      case 'LOOP':
      case 'WHILE':
      case 'FOR':
      case 'FOREACH':
        at = loop(at);
        break;
      case 'END':
        frames.pop();
        at = until(at, ';') + 1;
        break;
      case '<':
        at = until(at, '>') + 2;
        break;
      default:
        at = statement(at);
    }
  }
  return deeds;

  function declare(from: number): number {
    let next = from;
    while (next < tokens.length && word(next) !== 'BEGIN') {
      variables.add(tokenText(body, tokens[next]).toLowerCase());
      next = until(next, ';') + 1;
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
    const frame = frames.at(-1);
    if (frame) {
      frame.uncertain = true;
      frame.guards = [conditionGuard(body, { from, to: then }, frame.kind === 'block' ? 'EXCEPTION ' : '')];
    }
    return then + 1;
  }

  function condition(from: number): number {
    const then = until(from, 'THEN', ';');
    const range = { from: from + 1, to: then };
    if (word(from) === 'IF') frames.push({ kind: 'if', guards: [], uncertain: true, condition: range });
    const frame = frames.at(-1);
    if (frame) {
      frame.guards = [conditionGuard(body, range)];
      frame.condition = range;
    }
    return then + 1;
  }

  function otherwise(): void {
    const frame = frames.at(-1);
    const guard = frame?.guards[0];
    if (frame && guard) frame.guards = [{ kind: 'condition', text: `NOT (${guard.text})`, inStatement: false }];
  }

  function loop(from: number): number {
    const open = until(from, 'LOOP', ';');
    for (let next = from + 1; next < open && word(next) !== 'IN'; next++) variables.add(tokenText(body, tokens[next]).toLowerCase());
    const query = findWord(body, { from, to: open }, 'SELECT', 'WITH', 'UPDATE', 'DELETE', 'INSERT', 'EXECUTE');
    if (query >= 0 && word(from) === 'FOR') emit({ from: query, to: open });
    frames.push({ kind: 'loop', guards: [], uncertain: true, condition: null });
    return open + 1;
  }

  function statement(from: number): number {
    const end = until(from, ';');
    const range = { from, to: end };
    if (raisesError(body, range)) checks();
    else emit(range);
    return end + 1;
  }

  function emit(range: TokenRange): void {
    const run = executed(body, range, variables, read);
    const plain = run ? null : plainStatement(body, range, variables);
    const found = run ?? (plain ? read(plain.piece) : []);
    if (plain && found.length) targets.push({ names: plain.into, deed: deeds.length });
    const inLoop = frames.some(({ kind }) => kind === 'loop');
    const around = frames.flatMap(({ guards }) => guards);
    for (const entry of found) {
      const deed = inLoop && (entry.deed.kind === 'update-rows' || entry.deed.kind === 'delete-rows') && entry.deed.scope === 'bounded'
        ? { ...entry.deed, mode: { ...entry.deed.mode, by: 'batches' as const } }
        : entry.deed;
      deeds.push({ ...entry, deed, guards: [...around, ...entry.guards], uncertain: entry.uncertain || frames.some(({ uncertain }) => uncertain) });
    }
  }

  /** An error is raised: what the conditions around it looked at is a check. */
  function checks(): void {
    for (const frame of frames) {
      const { condition } = frame;
      if (!condition) continue;
      frame.condition = null;
      const words = new Set(tokens.slice(condition.from, condition.to).map((token) => tokenText(body, token).toLowerCase()));
      const span = spanOf(body, condition);
      const tables = tablesRead(body, condition);
      if (tables.length) deeds.push(placed({ kind: 'read-rows', tables, check: true, text: beginning(body, span) }, span));
      for (const target of targets) {
        const entry = deeds[target.deed];
        if (entry?.deed.kind === 'read-rows' && target.names.some((name) => words.has(name))) deeds[target.deed] = { ...entry, deed: { ...entry.deed, check: true } };
      }
    }
  }
}


/** For each BEGIN whose errors are caught, by token index: where its EXCEPTION stands. */
function handlers(body: Piece): ReadonlyMap<number, number> {
  const tokens = body.tokens();
  const word = (index: number) => keyword(body, tokens[index]);
  const found = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const here = word(at);
    if (here === 'BEGIN' || (here === 'CASE' && word(at - 1) !== 'END')) open.push(at);
    else if (here === 'END' && !/^(IF|LOOP)$/.test(word(at + 1))) open.pop();
    else if (here === 'EXCEPTION' && word(at + 1) === 'WHEN') found.set(open.at(-1) ?? -1, at);
  }
  return found;
}
