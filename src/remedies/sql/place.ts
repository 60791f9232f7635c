import { basename, dirname } from 'node:path/posix';
import type { Migration } from '../../operations/index.ts';
import type { Draft } from './draft.ts';

/** What a draft is called. */
export type NamedDraft = Pick<Draft, 'name' | 'words'>;

/** Where a tool's next migrations go and how they are named, as told by the file of the migration that is there. */
export interface Place {
  /** The directory that holds the migrations, workspace-relative. */
  readonly root: string;
  /** What stands after the stem of the file's name: `.sql`, `.up.sql`, `.postgres.up.sql`, `-up.sql`. */
  readonly ending: string;
  /** The name of the n-th new migration (from 1) without its ending: `00006_add_index_to_users_on_email`. */
  stem(order: number, draft: NamedDraft): string;
  /** The migration's words in the style of the file's own. */
  words(draft: NamedDraft): string;
}

/** The place of the migrations that follow one. A migration that is a directory (`up.sql`, `migration.sql` in it) is named by that directory. */
export function placeOf(migration: Migration): Place {
  const { path } = migration.source;
  const inFolder = /^(?:up|migration)\.sql$/.test(basename(path)) && /^\d/.test(basename(dirname(path)));
  const file = inFolder ? basename(dirname(path)) : basename(path);
  const ending = inFolder ? '' : (/(?:\.(?:postgres(?:ql)?|pg|mysql|mariadb|sqlite3?))?(?:\.autocommit)?(?:\.up|-up)?\.sql$/i.exec(file)?.[0] ?? '');
  const own = ownName(file.slice(0, file.length - ending.length));
  const root = inFolder ? dirname(dirname(path)) : dirname(path);
  const words = (draft: NamedDraft) => wordsLike(own.words, own.separator, draft);
  return {
    root: root === '.' ? '' : root,
    ending,
    words,
    stem: (order, draft) => (own.version === null ? words(draft) : `${own.prefix}${following(own.version, migration.latestVersion ?? null, order)}${own.separator}${words(draft)}`),
  };
}

interface OwnName { readonly prefix: string; readonly version: string | null; readonly separator: string; readonly words: string }

function ownName(stem: string): OwnName {
  const flyway = /^([VBR])(\d[\d._]*?)?(__)(.*)$/i.exec(stem);
  if (flyway) return { prefix: /^[a-z]/.test(stem) ? 'v' : 'V', version: flyway[2] ?? '0', separator: '__', words: flyway[4] ?? '' };
  const numbered = /^([Vv]?)(\d{4}-\d\d-\d\d(?:-\d+)*|\d+)([_.-]*)(.*)$/.exec(stem);
  if (numbered) return { prefix: numbered[1] ?? '', version: numbered[2] ?? '', separator: numbered[3] || '_', words: numbered[4] ?? '' };
  return { prefix: '', version: null, separator: '_', words: stem };
}

/** CamelCase, hyphens or underscores, as the file's own name has them. */
function wordsLike(own: string, separator: string, { name, words }: NamedDraft): string {
  if (/^[A-Z][a-z\d]*[A-Z]/.test(own) && !/[-_]/.test(own)) return name;
  const hyphens = own.includes('-') ? !own.includes('_') : separator === '-' && !own.includes('_');
  return hyphens ? words.replaceAll('_', '-') : words;
}

/** The version of the n-th migration after the newest: a number goes on; of a date only the form is known, because it is written later. */
function following(own: string, latest: string | null, order: number): string {
  const digits = own.replace(/\D/g, '');
  if (isDate(digits)) {
    let at = 0;
    return own.replace(/\d/g, (digit) => 'YYYYMMDDHHMMSS'.charAt(at++) || digit);
  }
  // A tool writes parts of a version with its own marks (Flyway reads `1_2` as `1.2`); the file's own are kept.
  const mark = /\D/.exec(own)?.[0] ?? '.';
  const parts = newer(own.split(/\D/), latest === null || isDate(latest.replace(/\D/g, '')) ? [] : latest.split(/\D/));
  const last = parts.at(-1) ?? '0';
  return [...parts.slice(0, -1), String(BigInt(last) + BigInt(order)).padStart(last.length, '0')].join(mark);
}

/** Digits that begin with a year, a month and a day; Diesel's very first migration has zeros in their place. */
function isDate(digits: string): boolean {
  return /^(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d\d|\d{4}|\d{6,})?|0{14})$/.test(digits) && digits.length !== 13;
}

/** The later of two versions, part by part; the first when they are equal, so that its leading zeros are kept. */
function newer(a: readonly string[], b: readonly string[]): readonly string[] {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [one, other] = [BigInt(a[at] || '0'), BigInt(b[at] || '0')];
    if (one !== other) return one > other ? a : b;
  }
  return a;
}
