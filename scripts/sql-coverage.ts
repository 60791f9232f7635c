/** How much of SQL files is understood: `npx tsx scripts/sql-coverage.ts [--engine mysql] [--examples 3] DIR|FILE...`. Prints what is not, with the reason. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineName } from '../src/operations/index.ts';
import { loadSqlParser } from '../src/parsers/sql/parser.ts';
import { createSource, positionAt } from '../src/source/source.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { engine: { type: 'string', default: 'postgres' }, examples: { type: 'string', default: '3' } } });
const parser = await loadSqlParser(values.engine as EngineName);
const counts = { files: 0, statements: 0, errors: 0, opaque: 0 };
const kinds = new Map<string, number>();
const notes = new Map<string, string[]>();
let slowest = { ms: 0, path: '' };

for (const path of positionals.flatMap(sqlFiles)) {
  const text = readFileSync(path, 'utf8');
  const source = createSource(path, text);
  const started = performance.now();
  const statements = parser.parse(text);
  const ms = performance.now() - started;
  if (ms > slowest.ms) slowest = { ms, path };
  counts.files += 1;
  for (const { start, end, deeds, error } of statements) {
    const place = `${path}:${positionAt(source, start).line} ${text.slice(start, end).replace(/\s+/g, ' ').slice(0, 150)}`;
    const opaque = deeds.find(({ deed }) => deed.kind === 'opaque')?.deed;
    counts.statements += 1;
    if (error) counts.errors += 1;
    else if (opaque) counts.opaque += 1;
    if (error) note(`error: ${error.message}`, place);
    else if (opaque?.kind === 'opaque') note(`opaque: ${opaque.reason}`, place);
    for (const { deed } of deeds) kinds.set(deed.kind, (kinds.get(deed.kind) ?? 0) + 1);
  }
}

console.log(`${counts.files} files, ${counts.statements} statements: ${counts.errors} with an error, ${counts.opaque} opaque, ${(100 * (1 - (counts.errors + counts.opaque) / Math.max(1, counts.statements))).toFixed(2)} % understood; slowest ${slowest.ms.toFixed(0)} ms ${slowest.path}`);
console.log([...kinds].sort((a, b) => b[1] - a[1]).map(([kind, size]) => `${kind} ${size}`).join(', '));
for (const [reason, places] of [...notes].sort((a, b) => b[1].length - a[1].length)) {
  console.log(`${String(places.length).padStart(5)} ${reason}\n${places.slice(0, Number(values.examples)).map((place) => `        ${place}`).join('\n')}`);
}

function note(reason: string, place: string): void {
  notes.set(reason, [...(notes.get(reason) ?? []), place]);
}

function sqlFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql')).sort().map((name) => join(path, name));
}
