import type { Deed, Guard } from '../../operations/index.ts';
import type { Span } from '../../source/span.ts';
import type { SqlMemory } from './text/memory.ts';

/** One SQL statement as read. Spans are UTF-16 offsets into the text given to the parser. */
export interface SqlStatement extends Span {
  /** What it does; several entries for `ALTER TABLE` with several parts. Each with the part's span, and a guard for IF [NOT] EXISTS. */
  readonly deeds: readonly SqlDeed[];
  /** Set when the statement is not valid: what is wrong and where. `deeds` is then what could still be told, or one `opaque`. */
  readonly error: { readonly message: string; readonly at: Span } | null;
  /** The first words, upper case, for messages: `ALTER TABLE`, `CREATE INDEX`. */
  readonly verb: string;
  /** True when part of the statement is computed while the migration runs (a masked placeholder). */
  readonly dynamic: boolean;
}

/** One thing a statement does. */
export interface SqlDeed {
  readonly deed: Deed;
  readonly at: Span;
  readonly guards: readonly Guard[];
  /** True for statements inside a `DO` block or a function that is called at once, under a condition or loop. */
  readonly uncertain: boolean;
  /** What the statement says about waiting for locks, in milliseconds. */
  readonly lockWait?: number;
  /** The statement that does it, when that stands inside a block: a suppression in the block speaks of it. */
  readonly inner?: Span;
  /** Where it is written, when the statement reaches it by a call: its place in the body of a routine that the same text defines. */
  readonly via?: Span;
}

/** A loaded SQL parser for one engine. */
export interface SqlParser {
  /** Why less is understood than could be, in a sentence for the user; null when the engine's own grammar, or all there is, is used. */
  readonly degraded: string | null;
  /**
   * Reads a text of any number of statements. Never throws. `holes` are spans of the text whose content is computed while the migration runs
   * (interpolations); they are masked, and names made from them are `dynamic`. `memory` holds what earlier texts of the same migration defined
   * (functions, prepared statements), so that what calls them is read; without it only the text itself is known.
   */
  parse(text: string, holes?: readonly Span[], memory?: SqlMemory): readonly SqlStatement[];
}
