import type { Deed, EngineName } from '../../../src/operations/index.ts';
import { loadSqlParser } from '../../../src/parsers/sql/parser.ts';
import type { SqlStatement } from '../../../src/parsers/sql/statement.ts';
import type { Span } from '../../../src/source/span.ts';

/** A partial deed to compare with, its kind always given. */
export type Expected = { kind: Deed['kind'] } & Record<string, unknown>;

/** A statement and what it does. */
export type Row = readonly [sql: string, ...deeds: Expected[]];

/** Rows as named cases, for `it.each` with the title `$sql`. */
export function cases(rows: readonly Row[]): { sql: string; deeds: Expected[] }[] {
  return rows.map(([sql, ...deeds]) => ({ sql, deeds }));
}

/** Reads a text in one dialect; `#{...}` are holes. */
export async function readerOf(engine: EngineName): Promise<(sql: string) => readonly SqlStatement[]> {
  const parser = await loadSqlParser(engine);
  return (sql) => parser.parse(sql, holesIn(sql));
}

/** All deeds of all statements. */
export function deedsOf(statements: readonly SqlStatement[]): Deed[] {
  return statements.flatMap(({ deeds }) => deeds.map(({ deed }) => deed));
}

/** An unqualified name. */
export function name(text: string, schema: string | null = null): { schema: string | null; name: string } {
  return { schema, name: text };
}

function holesIn(sql: string): Span[] {
  return [...sql.matchAll(/#\{[^}]*\}/g)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}
