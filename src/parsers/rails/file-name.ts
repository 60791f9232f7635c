import type { Problem } from '../../operations/index.ts';
import type { Span } from '../../source/span.ts';
import type { Inflections } from './environment.ts';
import { camelize } from './inflector.ts';

/** What the name of a migration's file says. */
export interface MigrationFileName {
  /** The digits in front, or null. */
  readonly version: string | null;
  /** The name in between, or null when the whole is not a migration's name. */
  readonly name: string | null;
  /** The engine it was copied from: `create_blobs.active_storage.rb`. */
  readonly scope: string | null;
}

/** Takes a file name apart as Rails does. */
export function parseFileName(path: string): MigrationFileName {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const match = /^(\d+)_([_a-z0-9]*)\.?([_a-z0-9]*)?\.rb$/.exec(base);
  const version = /^\d+/.exec(base)?.[0] ?? null;
  return match ? { version, name: match[2] ?? null, scope: match[3] || null } : { version, name: null, scope: null };
}

/** The class that Rails expects in the file, or null. */
export function expectedClass(file: MigrationFileName, inflections: Inflections): string | null {
  return file.name ? camelize(file.name, inflections) : null;
}

/** What is wrong with the file's name. */
export function fileNameProblems(path: string, at: Span): Problem[] {
  const file = parseFileName(path);
  const base = path.slice(path.lastIndexOf('/') + 1);
  if (file.name === null) {
    const message = file.version === null
      ? `Rails does not run "${base}": a migration's file name starts with its version.`
      : `Rails refuses the file name "${base}": after the version only lower-case letters, digits and underscores are allowed.`;
    return [{ kind: 'migration-class', reason: 'illegal-file-name', message, instead: null, at }];
  }
  const { version } = file;
  if (version !== null && (version.length > 14 || (version.length === 14 && !isTime(version)))) {
    return [{ kind: 'migration-class', reason: 'invalid-timestamp', message: `The version "${version}" is not a valid time, so the order of migrations is not what it seems.`, instead: null, at }];
  }
  return [];
}

function isTime(version: string): boolean {
  const [year, month, day, hour, minute, second] = [version.slice(0, 4), version.slice(4, 6), version.slice(6, 8), version.slice(8, 10), version.slice(10, 12), version.slice(12, 14)].map(Number) as [number, number, number, number, number, number];
  if (year < 1990 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
