import { isMysql } from '../../../operations/index.ts';
import type { Engine } from '../../../operations/index.ts';
import type { Span } from '../../../source/span.ts';
import { lexiconOf } from '../text/lexicon.ts';
import { withSemicolons } from './delimiter.ts';
import { markersIn } from './marker.ts';
import { ineffective, wholeFile } from './part.ts';
import type { FileParts, FileSituation, Sending } from './part.ts';

/** sqlx: a file that begins with `-- no-transaction` is sent as one text; every other one runs in a transaction. In any other place the words do nothing. */
export function readSqlx(text: string): FileParts {
  const head = /^-- no-transaction[^\n]*/.exec(text);
  if (head) return wholeFile(text, 'whole', { start: 0, end: head[0].trimEnd().length });
  const later = markersIn(text, /^\s*--\s*no-transaction\b/)[0];
  return { ...wholeFile(text, 'wrapped'), problems: later ? [ineffective(later, 'no-transaction', 'sqlx looks for "-- no-transaction" in the very first characters of the file only', 'Put the line at the top of the file')] : [] };
}

/**
 * Atlas: `-- atlas:txmode none` among the comments that the file begins with and that an empty line separates from the first statement; elsewhere it does nothing.
 * `-- atlas:delimiter` there says what ends a statement.
 */
export function readAtlas(text: string, { sending }: FileSituation, engine: Engine): FileParts {
  const head = /^(?:(?:--|#)[^\n]*(?:\n|$))*/.exec(text)?.[0] ?? '';
  const counts = head.length === text.length || /^[ \t]*\r?\n/.test(text.slice(head.length));
  const [switched] = markersIn(text, /^(?:--|#)[ -~]*?atlas:txmode +(none|file)\b/);
  const effective = switched && counts && switched.start < head.length ? switched : undefined;
  const off = effective?.match[1] === 'none' ? span(effective) : null;
  const delimiter = counts ? (/^(?:--|#)[ -~]*?atlas:delimiter +(.+?)\r?$/m.exec(head)?.[1] ?? ';') : ';';
  const parts = atlasParts(text, effective ? (off ? 'statements' : 'wrapped') : (sending ?? 'wrapped'), off, delimiter, engine);
  if (!switched || effective || switched.match[1] !== 'none') return parts;
  return { ...parts, problems: [ineffective(switched, 'atlas:txmode none', 'Atlas reads it from the comments on the first lines of the file only, when an empty line follows them', 'Put it on the first line of the file and an empty line after it')] };
}

function atlasParts(text: string, sending: Sending, off: Span | null, delimiter: string, engine: Engine): FileParts {
  const parts: FileParts = { ...wholeFile(text, sending, off), ...(sending === 'statements' ? { recorded: 'statement' } : {}) };
  if (delimiter === ';') return parts;
  const own = withSemicolons(text, delimiter.replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\t', '\t'), lexiconOf(engine.name));
  return { ...parts, up: parts.up.map((part) => ({ ...part, text: own })) };
}

/** graphile-migrate: `--! no-transaction` on the first line after the header; such a file holds one statement. */
export function readGraphile(text: string): FileParts {
  const off = markersIn(text, /^--!\s*no-transaction\b/)[0];
  if (!off) return wholeFile(text, 'wrapped');
  if (/^(?:--! [A-Z][^\n]*\n)*\s*$/.test(text.slice(0, off.start))) return wholeFile(text, 'whole', span(off));
  return { ...wholeFile(text, 'wrapped'), problems: [ineffective(off, 'no-transaction', 'graphile-migrate looks for "--! no-transaction" on the first line after the header only', 'Put the line before everything else')] };
}

/** Drizzle: always in a transaction. `--> statement-breakpoint` separates statements; to MySQL it is no comment. */
export function readDrizzle(text: string, _situation: FileSituation, engine: Engine): FileParts {
  const parts = wholeFile(text, 'wrapped');
  const own = text.replaceAll('--> statement-breakpoint', (marker) => ';'.padEnd(marker.length));
  return own === text || !isMysql(engine) ? parts : { ...parts, up: parts.up.map((part) => ({ ...part, text: own })) };
}

/** Hasura and refinery: always in a transaction. */
export function readWrapped(text: string): FileParts {
  return wholeFile(text, 'wrapped');
}

/** db-migrate: in a transaction, unless the command line switches it off (`--non-transactional`). */
export function readDbMigrate(text: string, { sending }: FileSituation): FileParts {
  return wholeFile(text, sending ?? 'wrapped');
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
  return wholeFile(text, inTransaction === false ? 'statements' : inTransaction === true ? 'wrapped' : mixed ? 'detected-any' : 'detected');
}

/** Prisma: the file is sent as one text; from 7.4 on one that creates an index concurrently is split. */
export function readPrisma(text: string, { version: [major, minor = 0] }: FileSituation): FileParts {
  return wholeFile(text, major !== undefined && (major > 7 || (major === 7 && minor >= 4)) ? 'split' : 'whole');
}

/** Supabase: the statements are pipelined, which is one transaction; from 2.109 on the command line runs those that refuse one by themselves. */
export function readSupabase(text: string, { version: [major, minor = 0] }: FileSituation): FileParts {
  return wholeFile(text, major !== undefined && (major < 2 || (major === 2 && minor < 109)) ? 'wrapped' : 'pipelined');
}

/** sqitch: statement by statement, as psql does; what BEGIN and COMMIT say holds. */
export function readPsql(text: string, { sending }: FileSituation): FileParts {
  return wholeFile(text, sending ?? 'statements');
}

function span({ start, end }: Span): Span {
  return { start, end };
}
