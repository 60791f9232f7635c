/**
 * Holds the splitter against the server's grammar: `npx tsx scripts/split-check.ts [--list] DIR...`.
 * Of every .sql file that libpg_query parses whole, the number of statements and the place where each begins must be its own. Of the other files every
 * statement must be read or be isolated with an error; `--list` prints those errors. Exits with 1 when a count or a place differs.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadModule, parseSync } from 'libpg-query';
import { loadSqlParser } from '../src/parsers/sql/parser.ts';
import { lexiconOf } from '../src/parsers/sql/text/lexicon.ts';
import { unitAt } from '../src/parsers/sql/text/split.ts';
import { createSource, positionAt } from '../src/source/source.ts';
import { byteTable } from '../src/source/bytes.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { list: { type: 'boolean', default: false } } });
await loadModule();
const parser = await loadSqlParser('postgres');
const lexicon = lexiconOf('postgres');
const counts = { files: 0, whole: 0, statements: 0, different: 0, other: 0, otherStatements: 0, errors: 0, dynamic: 0, rest: 0 };
const reasons = new Map<string, string[]>();

for (const path of positionals.flatMap(sqlFiles)) {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, ' ').replaceAll('\0', ' ');
  if (text.trim() === '') continue;
  counts.files += 1;
  const server = serverStarts(text);
  if (server) whole(path, text, server);
  else part(path, text);
}

console.log(`${counts.files} files; ${counts.whole} are parsed whole by the server's grammar: ${counts.statements} statements, ${counts.different} files where the splitter differs`);
console.log(`${counts.other} are not: ${counts.otherStatements} statements and psql lines, ${counts.errors} isolated with an error, ${counts.dynamic} with psql variables; the rest of ${counts.rest} files is parsed whole with the same count`);
for (const [reason, places] of [...reasons].sort((a, b) => b[1].length - a[1].length)) {
  console.log(`${String(places.length).padStart(5)} ${reason}${values.list ? places.map((place) => `\n        ${place}`).join('') : ''}`);
}
process.exitCode = counts.different ? 1 : 0;

/** Where the server's grammar sees each statement begin (UTF-16 offsets), or null when it does not parse the text as a whole. */
function serverStarts(text: string): number[] | null {
  try {
    const table = byteTable(text);
    return (parseSync(text).stmts ?? []).map(({ stmt_location: at }) => pastBlank(text, table.toUtf16(at ?? 0)));
  } catch {
    return null;
  }
}

/** The grammar's statements begin with the white space and comments before them. */
function pastBlank(text: string, from: number): number {
  return unitAt(text, from, lexicon)?.start ?? text.length;
}

function whole(path: string, text: string, server: readonly number[]): void {
  counts.whole += 1;
  counts.statements += server.length;
  const ours = parser.parse(text).map(({ start }) => start);
  const at = server.findIndex((start, index) => start !== ours[index]);
  if (at < 0 && server.length === ours.length) return;
  counts.different += 1;
  const { line } = positionAt(createSource(path, text), server[at] ?? ours[server.length] ?? 0);
  console.log(`DIFFERS ${path}:${line}: ${ours.length} statements, the grammar has ${server.length}`);
}

function part(path: string, text: string): void {
  counts.other += 1;
  const source = createSource(path, text);
  const statements = parser.parse(text);
  const plain = statements.filter(({ error, dynamic, verb }) => !error && !dynamic && !verb.startsWith('\\')).map(({ start, end }) => text.slice(start, end));
  if (serverStarts(plain.join(';\n'))?.length === plain.length) counts.rest += 1;
  else console.log(`DIFFERS ${path} without what was isolated`);
  for (const { start, end, error, dynamic } of statements) {
    counts.otherStatements += 1;
    if (dynamic) counts.dynamic += 1;
    if (!error) continue;
    counts.errors += 1;
    const places = reasons.get(error.message) ?? [];
    reasons.set(error.message, [...places, `${path}:${positionAt(source, error.at.start).line} ${text.slice(start, end).replace(/\s+/g, ' ').slice(0, 140)}`]);
  }
}

function sqlFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql')).sort().map((name) => join(path, name));
}
