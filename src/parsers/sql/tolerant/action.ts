import type { Deed, QualifiedName } from '../../../operations/index.ts';
import type { Span } from '../../../source/span.ts';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import type { Cursor } from './cursor.ts';

/** One action of an ALTER TABLE with its surroundings. */
export interface Action {
  readonly cursor: Cursor;
  readonly table: QualifiedName;
  readonly at: Span;
  /** The statement's own `ALGORITHM=` and `LOCK=`, or null. */
  readonly algorithm: string | null;
  readonly lock: string | null;
}

/** Reads one group of actions; null when the action is of another group. */
export type ReadAction = (action: Action) => readonly SqlDeed[] | null;

/** The deeds of an action at its place. */
export function at(action: Action, ...deeds: readonly Deed[]): SqlDeed[] {
  return deeds.map((deed) => placed(deed, action.at));
}
