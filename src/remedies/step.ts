import type { Deed } from '../operations/index.ts';
import { migrationName } from './naming.ts';
import type { RemedyStatement, RemedyStep } from './remedy.ts';

/** A statement from an operation. */
export function perform(deed: Deed): RemedyStatement {
  return { kind: 'operation', deed };
}

/** A raw SQL statement, without a semicolon at its end. */
export function rawSql(sql: string): RemedyStatement {
  return { kind: 'sql', sql };
}

/** A comment line of a migration. */
export function note(text: string): RemedyStatement {
  return { kind: 'comment', text };
}

/** The parts of a migration that differ from one remedy to the next. */
export interface MigrationParts {
  /** Words that make its name: `add index to users on email`. */
  readonly words: string;
  readonly title?: string;
  /** False when it must run outside a transaction; true when left out. */
  readonly transaction?: boolean;
  readonly up: readonly RemedyStatement[];
  /** Left out: derived from `up`. */
  readonly down?: readonly RemedyStatement[] | null;
}

/** A migration step. */
export function migrationStep(parts: MigrationParts): RemedyStep {
  const step = { kind: 'migration' as const, name: migrationName(parts.words), words: parts.words, transaction: parts.transaction ?? true, up: parts.up, down: parts.down ?? null };
  return parts.title === undefined ? step : { ...step, title: parts.title };
}

/** A step done in the application's code. */
export function codeStep(text: string, code: string | null = null): RemedyStep {
  return { kind: 'code', text, code };
}

/** A query to run on production before the deploy; no rows mean that it is safe. */
export function queryStep(text: string, sql: string): RemedyStep {
  return { kind: 'query', text, sql };
}
