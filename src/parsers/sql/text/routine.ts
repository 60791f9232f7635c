import type { Guard } from '../../../operations/index.ts';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { conditionGuard } from './condition.ts';
import type { Alternative, Texts } from './memory.ts';
import { beginning, tokenText, type Piece } from './piece.ts';
import { spanOf, type TokenRange } from './range.ts';
import { tablesRead } from './reads.ts';

/** What the statements at one depth of a body stand under. */
interface Frame {
  readonly kind: 'block' | 'if' | 'loop' | 'case';
  /** Conditions around the statements of the current branch. */
  guards: readonly Guard[];
  /** True when the current branch may not run, or run many times. */
  uncertain: boolean;
  /** The condition's tokens, while in an IF. */
  condition: TokenRange | null;
  /** The texts that were known before it. */
  readonly before: ReadonlyMap<string, readonly Alternative[]>;
  /** Variables given a value inside. */
  readonly written: Set<string>;
}

const deepestFrames = 100;

/** The statements of a routine's body as they are met, with the conditions, loops and handlers around them, and the variables that hold known texts. */
export interface Routining {
  readonly deeds: SqlDeed[];
  readonly texts: Texts;
  /** True when blocks are nested more deeply than is read; the body is then told as opaque from there. */
  isTooDeep(): boolean;
  open(kind: Frame['kind'], guards?: readonly Guard[], uncertain?: boolean): void;
  close(): void;
  kind(): Frame['kind'] | null;
  /** False under a condition, in a loop or in a handler. */
  isCertain(): boolean;
  /** The body of a condition begins: of IF, or a further branch of it. */
  condition(range: TokenRange): void;
  /** A branch of CASE or a handler begins. */
  branch(guard: Guard): void;
  otherwise(): void;
  /** All that follows in the current block stands under a further guard. */
  guard(guard: Guard): void;
  /** A variable is given a value; null for one that is not known. */
  assign(name: string, value: readonly Alternative[] | null): void;
  /** Statements were read; `into` are the variables the query sets. */
  add(found: readonly SqlDeed[], into?: readonly string[]): void;
  /** An error is raised: what the conditions around looked at is a check. */
  raise(): void;
}

/** Begins a body. `texts` are known from outside (constant arguments); what a loop writes anywhere in it (`looped`) is not known inside loops. */
export function createRoutine(body: Piece, texts: Texts, looped: ReadonlySet<string>): Routining {
  const deeds: SqlDeed[] = [];
  const frames: Frame[] = [];
  const targets: { names: readonly string[]; deed: number }[] = [];
  const known = new Map(texts);
  const top = () => frames.at(-1);

  return {
    deeds,
    texts: known,
    isTooDeep() {
      if (frames.length <= deepestFrames) return false;
      deeds.push(placed({ kind: 'opaque', reason: 'the block is nested too deeply', text: beginning(body) }, body));
      return true;
    },
    open(kind, guards = [], uncertain = false) {
      frames.push({ kind, guards, uncertain, condition: null, before: new Map(known), written: new Set() });
      if (kind === 'loop') for (const name of looped) known.delete(name);
    },
    close() {
      const frame = frames.pop();
      if (!frame) return;
      if (frame.kind !== 'block' || frame.uncertain) forget(frame);
      for (const name of frame.written) top()?.written.add(name);
    },
    kind: () => top()?.kind ?? null,
    isCertain: () => frames.every((frame) => !frame.uncertain),
    condition(range) {
      const frame = top();
      if (!frame) return;
      restart(frame);
      frame.guards = [conditionGuard(body, range)];
      frame.condition = range;
    },
    branch(guard) {
      const frame = top();
      if (!frame) return;
      restart(frame);
      frame.uncertain = true;
      frame.guards = [guard];
    },
    otherwise() {
      const frame = top();
      const guard = frame?.guards[0];
      if (!frame) return;
      restart(frame);
      if (guard) frame.guards = [{ kind: 'condition', text: `NOT (${guard.text})`, inStatement: false }];
    },
    guard(guard) {
      const frame = top();
      if (frame) frame.guards = [...frame.guards, guard];
    },
    assign(name, value) {
      if (value) known.set(name, value);
      else known.delete(name);
      top()?.written.add(name);
    },
    add(found, into = []) {
      if (into.length && found.length) targets.push({ names: into, deed: deeds.length });
      const inLoop = frames.some(({ kind }) => kind === 'loop');
      const around = frames.flatMap(({ guards }) => guards);
      const uncertain = frames.some((frame) => frame.uncertain);
      for (const entry of found) {
        const deed = inLoop && (entry.deed.kind === 'update-rows' || entry.deed.kind === 'delete-rows') && entry.deed.scope === 'bounded'
          ? { ...entry.deed, mode: { ...entry.deed.mode, by: 'batches' as const } }
          : entry.deed;
        deeds.push({ ...entry, deed, guards: [...around, ...entry.guards], uncertain: entry.uncertain || uncertain });
      }
    },
    raise() {
      for (const frame of frames) {
        const { condition } = frame;
        if (!condition) continue;
        frame.condition = null;
        check(condition);
      }
    },
  };

  /** A further branch starts from what was known before the first one. */
  function restart(frame: Frame): void {
    known.clear();
    for (const [name, value] of frame.before) known.set(name, value);
    if (frame.kind === 'loop') for (const name of looped) known.delete(name);
  }

  /** After code that may not have run: what it wrote is not known any more. */
  function forget(frame: Frame): void {
    restart(frame);
    for (const name of frame.written) known.delete(name);
  }

  function check(condition: TokenRange): void {
    const words = new Set(body.tokens().slice(condition.from, condition.to).map((token) => tokenText(body, token).toLowerCase()));
    const span = spanOf(body, condition);
    const tables = tablesRead(body, condition);
    if (tables.length) deeds.push(placed({ kind: 'read-rows', tables, check: true, text: beginning(body, span) }, span));
    for (const target of targets) {
      const entry = deeds[target.deed];
      if (entry?.deed.kind === 'read-rows' && target.names.some((name) => words.has(name))) deeds[target.deed] = { ...entry, deed: { ...entry.deed, check: true } };
    }
  }
}
