import { operation, type Operation, type PlacedVersion } from '../../operations/index.ts';
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

/** The migration versions that a dump lists in its `INSERT INTO schema_migrations`, in its order, with their places. */
export function structureVersions({ text }: Source): readonly PlacedVersion[] {
  const found: PlacedVersion[] = [];
  const lists = /insert\s+into\s+[^\s(]*schema_migrations["`]?\s*\(\s*["`]?version["`]?\s*\)\s*values\b/gi;
  for (let list = lists.exec(text); list; list = lists.exec(text)) {
    const entry = /\s*,?\s*\(\s*'([^']*)'\s*\)/y;
    entry.lastIndex = lists.lastIndex;
    for (let match = entry.exec(text); match; match = entry.exec(text)) {
      found.push({ version: match[1] ?? '', start: match.index + match[0].indexOf('('), end: match.index + match[0].length });
    }
  }
  return found;
}

/** The newest migration version a dump lists, or null when it lists none. */
export function structureVersion(source: Source): string | null {
  return structureVersions(source).reduce<string | null>((newest, { version }) => (newest === null || isNewer(version, newest) ? version : newest), null);
}

/** Versions are numbers written as text, of any length. */
function isNewer(a: string, b: string): boolean {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return left.length === right.length ? left > right : left.length > right.length;
}
