import type { Deed, Guard } from '../../operations/index.ts';
import type { Span } from '../../source/span.ts';
import type { SqlDeed } from './statement.ts';

const ifExists: Guard = { kind: 'exists', text: 'IF EXISTS', inStatement: true };
const ifNotExists: Guard = { kind: 'not-exists', text: 'IF NOT EXISTS', inStatement: true };

/** One thing a statement does, at its place. */
export function placed(deed: Deed, at: Span, guards: readonly Guard[] = []): SqlDeed {
  return { deed, at: { start: at.start, end: at.end }, guards, uncertain: false };
}

/** The guard of an `IF EXISTS` clause, when there is one. */
export function guardExists(present: boolean | undefined): readonly Guard[] {
  return present ? [ifExists] : [];
}

/** The guard of an `IF NOT EXISTS` clause, when there is one. */
export function guardNotExists(present: boolean | undefined): readonly Guard[] {
  return present ? [ifNotExists] : [];
}
