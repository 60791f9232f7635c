import type { Standing } from '../config/standing.ts';
import { printName } from '../operations/index.ts';
import type { QualifiedName } from '../operations/index.ts';
import type { Severity } from '../rules/rule.ts';

type Shown = Exclude<Severity, 'off'>;

/** A table that a finding is about, with what is known of it. */
export interface KnownTable {
  readonly table: QualifiedName;
  readonly standing: Standing | null;
}

/** A severity, and the sentence that says why it is not the rule's own; empty when it is. */
export interface MovedSeverity {
  readonly severity: Shown;
  readonly reason: string;
}

const lower: Readonly<Record<Shown, Shown>> = { error: 'warn', warn: 'notice', notice: 'notice' };
const words: Readonly<Record<Shown, string>> = { error: 'an error', warn: 'a warning', notice: 'a notice' };

/**
 * Moves the severity of a finding about blocked traffic by what is known of its tables: a warning about one that is large, hot or wide becomes an error, and one severity is taken off when all of
 * them are small. `mayRise` is false where the rule itself has lowered this finding, with a reason of its own.
 */
export function moveSeverity(severity: Shown, tables: readonly KnownTable[], mayRise: boolean): MovedSeverity {
  const busy = tables.find(({ standing }) => standing !== null && standing.policy !== 'small' && standing.policy !== 'normal');
  if (busy) return severity === 'warn' && mayRise ? moved('error', busy, '') : { severity, reason: '' };
  const [first] = tables;
  if (!first || severity === 'notice' || !tables.every(({ standing }) => standing?.policy === 'small')) return { severity, reason: '' };
  return moved(lower[severity], first, ' only');
}

function moved(severity: Shown, { table, standing }: KnownTable, only: string): MovedSeverity {
  return { severity, reason: ` It counts as ${words[severity]}${only} because "${printName(table)}" ${standing?.because ?? ''}.` };
}
