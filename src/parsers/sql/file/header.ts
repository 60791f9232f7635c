import type { Span } from '../../../source/span.ts';
import type { Problem } from '../../../operations/index.ts';
import { markersIn } from './marker.ts';
import type { FileParts, FileSituation } from './part.ts';
import { wholeFile } from './part.ts';

/** sqlx: a file that begins with `-- no-transaction` is sent as one text; every other one runs in a transaction. In any other place the words do nothing. */
export function readSqlx(text: string): FileParts {
  const head = /^[ \uFEFF]?(-- no-transaction)[^\n]*/.exec(text);
  if (head) return wholeFile(text, 'whole', { start: 0, end: head[0].trimEnd().length });
  const later = markersIn(text, /^\s*--\s*no-transaction\b/)[0];
  return { ...wholeFile(text, 'wrapped'), problems: later ? [ineffective(later, 'no-transaction', 'sqlx looks for "-- no-transaction" in the very first characters of the file only', 'Put the line at the top of the file.')] : [] };
}

/** Atlas: `-- atlas:txmode none` in the comments at the top, followed by an empty line. */
export function readAtlas(text: string): FileParts {
  const head = topComments(text);
  const off = markersIn(head, /^--\s*atlas:txmode\s+none\b/)[0];
  return wholeFile(text, off ? 'statements' : 'wrapped', off ? { start: off.start, end: off.end } : null);
}

/** graphile-migrate: `--! no-transaction` in the header; such a file holds one statement. */
export function readGraphile(text: string): FileParts {
  const off = markersIn(text, /^--!\s*no-transaction\b/)[0];
  return wholeFile(text, off ? 'whole' : 'wrapped', off ? { start: off.start, end: off.end } : null);
}

/** Drizzle, Hasura, refinery, db-migrate: always in a transaction. */
export function readWrapped(text: string): FileParts {
  return wholeFile(text, 'wrapped');
}

/** golang-migrate: the file is sent as one text, unless it is told to split it (`x-multi-statement`). */
export function readWhole(text: string, { sending }: FileSituation): FileParts {
  return wholeFile(text, sending ?? 'whole');
}

/** Diesel: in a transaction, unless `metadata.toml` beside the file says `run_in_transaction = false`; it is then sent as one text. */
export function readDiesel(text: string, { inTransaction }: FileSituation): FileParts {
  return wholeFile(text, inTransaction === false ? 'whole' : 'wrapped');
}

/** pop (Ory): in a transaction, unless the file is named `.autocommit.`. */
export function readPop(text: string, { inTransaction }: FileSituation): FileParts {
  return wholeFile(text, inTransaction === false ? 'whole' : 'wrapped');
}

/** Flyway: in a transaction, unless nothing in it may run in one (with `mixed`: unless anything in it may not), or its settings say otherwise. */
export function readFlyway(text: string, { inTransaction, mixed }: FileSituation): FileParts {
  return wholeFile(text, inTransaction === false ? 'statements' : mixed ? 'detected-any' : 'detected');
}

/** Prisma: the file is sent as one text; from 7.4 on one that creates an index concurrently is split. */
export function readPrisma(text: string, { version: [major, minor = 0] }: FileSituation): FileParts {
  return wholeFile(text, major !== undefined && (major > 7 || (major === 7 && minor >= 4)) ? 'split' : 'whole');
}

/** Supabase: the statements are pipelined, which is one transaction; from 2.109 on the command line runs those that refuse one by themselves. */
export function readSupabase(text: string, { version: [major, minor = 0] }: FileSituation): FileParts {
  return wholeFile(text, major !== undefined && (major < 2 || (major === 2 && minor < 109)) ? 'wrapped' : 'pipelined');
}

/** sqitch, and files of which nobody knows who runs them: statement by statement, as psql does; what BEGIN and COMMIT say holds. */
export function readPlain(text: string, { sending }: FileSituation): FileParts {
  return wholeFile(text, sending ?? 'statements');
}

function ineffective(at: Span, flag: string, reason: string, instead: string): Problem {
  return { kind: 'ineffective-transaction-flag', flag, reason, instead, at: { start: at.start, end: at.end } };
}

/** The comment lines at the top of a file. */
function topComments(text: string): string {
  return /^(?:[ \t\uFEFF]*(?:--[^\n]*)?\r?\n)*/.exec(text)?.[0] ?? '';
}
