/**
 * Holds what is read by the server's grammar against an independent reader, pgsql-ast-parser: `npx tsx scripts/second-reader.ts [--examples 3] DIR|FILE...`.
 * Wherever that one can read a statement too, all that both tell has to be equal. Exits with 1 when something is not.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'pgsql-ast-parser';
import type { Deed } from '../src/operations/index.ts';
import { loadSqlParser } from '../src/parsers/sql/parser.ts';
import { lowerPlain } from '../src/parsers/sql/postgres/plain/lower.ts';
import type { SqlStatement } from '../src/parsers/sql/statement.ts';
import { lexiconOf } from '../src/parsers/sql/text/lexicon.ts';
import { createMemory } from '../src/parsers/sql/text/memory.ts';
import { createPiece } from '../src/parsers/sql/text/piece.ts';
import { firstDifference } from './tree-difference.ts';

/** What the second reader makes of one statement; null when it cannot read it or tells nothing of it. */
export function secondReading(sql: string): readonly Deed[] | null {
  try {
    const [statement, more] = parse(sql, { locationTracking: true });
    const piece = createPiece({ original: sql, text: sql, holes: [] }, { start: 0, end: sql.length }, lexiconOf('postgres'), createMemory());
    return statement && !more ? lowerPlain(statement, piece) : null;
  } catch {
    return null;
  }
}

/**
 * Where the two readings of a statement differ, or null. What its tree has no place for (language and volatility of a function, DEFERRABLE, the isolation of START
 * TRANSACTION, the constants that a row change writes) and what it prints in its own words is not compared. The statement must have been read alone, for the second reader does not know what another one defines.
 */
export function difference(statement: SqlStatement, second: readonly Deed[]): string | null {
  return firstDifference(statement.deeds.map(({ deed }) => comparable(deed)), second.map(comparable));
}

/** Keys that are left out wherever they stand. */
const left: ReadonlySet<string> = new Set(['text', 'reason', 'deferrable', 'volatility', 'language', 'isolation', 'generated', 'texts', 'nulls']);

function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value.replace(/\s+/g, ' ') : value;
  const entries = Object.entries(value).filter(([key]) => !left.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, key === 'reads' || key === 'tables' ? sorted(inner) : comparable(inner)]));
}

/** Which of several tables is named first is a matter of how a tree is walked. */
function sorted(list: unknown): unknown {
  return Array.isArray(list) ? list.map((item) => JSON.stringify(comparable(item))).sort() : list;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { examples: { type: 'string', default: '3' } } });
  const parser = await loadSqlParser('postgres');
  const counts = { statements: 0, read: 0, different: 0 };
  const notes = new Map<string, string[]>();
  for (const path of positionals.flatMap(sqlFiles)) {
    const text = readFileSync(path, 'utf8');
    for (const statement of parser.parse(text)) {
      if (statement.error || statement.dynamic) continue;
      counts.statements += 1;
      const sql = text.slice(statement.start, statement.end);
      const second = secondReading(sql);
      const [alone] = second ? parser.parse(sql) : [];
      if (!second || !alone) continue;
      counts.read += 1;
      const found = difference(alone, second);
      if (found === null) continue;
      counts.different += 1;
      const key = `${statement.verb} ${found.replace(/: [\s\S]*/, '').replace(/\.\d+/g, '')}`;
      notes.set(key, [...(notes.get(key) ?? []), `${found}\n            ${path} ${sql.replace(/\s+/g, ' ').slice(0, 200)}`]);
    }
  }
  console.log(`${counts.statements} statements, ${counts.read} read by both (${((100 * counts.read) / Math.max(1, counts.statements)).toFixed(1)} %), ${counts.different} differ`);
  for (const [key, places] of [...notes].sort((a, b) => b[1].length - a[1].length)) console.log(`${String(places.length).padStart(5)} ${key}\n${places.slice(0, Number(values.examples)).map((place) => `        ${place}`).join('\n')}`);
  process.exitCode = counts.different ? 1 : 0;
}

function sqlFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql')).sort().map((name) => join(path, name));
}
