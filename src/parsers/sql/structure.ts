import { operation, type Operation } from '../../operations/index.ts';
import type { Source } from '../../source/source.ts';
import type { SqlParser } from './statement.ts';

/**
 * Reads a dump (`structure.sql` of pg_dump or mysqldump) into operations, in order. They stand in no transaction and certainly ran: a dump
 * describes, it is not judged. Statements that cannot be read are `opaque`.
 */
export function parseStructure(source: Source, parser: SqlParser): readonly Operation[] {
  return parser.parse(source.text).flatMap((statement) =>
    statement.deeds.map(({ deed, at, guards }) =>
      operation(deed, {
        at, statement: { start: statement.start, end: statement.end }, via: [], transaction: null, guards, certain: true, assured: null,
        direction: 'up', language: 'sql', verb: statement.verb,
      }) as Operation));
}

/** The newest migration version a dump lists in its `INSERT INTO schema_migrations`, or null when it lists none. */
export function structureVersion(source: Source): string | null {
  let newest: string | null = null;
  const lists = /insert\s+into\s+[^\s(]*schema_migrations["`]?\s*\(\s*["`]?version["`]?\s*\)\s*values\b/gi;
  for (let list = lists.exec(source.text); list; list = lists.exec(source.text)) {
    const entry = /\s*,?\s*\(\s*'([^']*)'\s*\)/y;
    entry.lastIndex = lists.lastIndex;
    for (let match = entry.exec(source.text); match; match = entry.exec(source.text)) {
      const version = match[1] ?? '';
      if (newest === null || isNewer(version, newest)) newest = version;
    }
  }
  return newest;
}

/** Versions are numbers written as text, of any length. */
function isNewer(a: string, b: string): boolean {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return left.length === right.length ? left > right : left.length > right.length;
}
