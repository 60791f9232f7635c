/**
 * Holds our own reader of MySQL against dt-sql-parser: `npx tsx scripts/mysql-check.ts [--engine mariadb] [--examples 5] DIR|FILE...`.
 * Prints how much of the statements is understood, and where the two disagree on what is accepted and what it does.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineName } from '../src/operations/index.ts';
import { loadSqlParser } from '../src/parsers/sql/parser.ts';
import { createSource, positionAt } from '../src/source/source.ts';
import { loadMysqlReference } from './mysql-reference.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { engine: { type: 'string', default: 'mysql' }, examples: { type: 'string', default: '5' } } });
const parser = await loadSqlParser(values.engine as EngineName);
const reference = await loadMysqlReference();
const counts = { files: 0, statements: 0, errors: 0, opaque: 0, rejected: 0, accepted: 0, compared: 0, different: 0 };
const notes = new Map<string, string[]>();

for (const path of positionals.flatMap(sqlFiles)) {
  const text = readFileSync(path, 'utf8');
  const source = createSource(path, text);
  counts.files += 1;
  for (const { start, end, deeds, error, dynamic } of parser.parse(text)) {
    const sql = text.slice(start, end);
    const place = `${path}:${positionAt(source, start).line} ${sql.replace(/\s+/g, ' ').slice(0, 150)}`;
    const kinds = deeds.map(({ deed }) => deed.kind);
    const theirs = reference(sql);
    counts.statements += 1;
    if (error) counts.errors += 1;
    const opaque = deeds.find(({ deed }) => deed.kind === 'opaque')?.deed;
    if (opaque?.kind === 'opaque' && !error) {
      counts.opaque += 1;
      note(`opaque: ${opaque.reason}`, place);
    }
    if (dynamic) continue;
    if (theirs.error) counts.rejected += 1;
    else counts.accepted += 1;
    if (error && !theirs.error) note('only ours rejects', `${place}  (${error.message})`);
    if (error && theirs.error) note('both reject', `${place}  (${error.message})`);
    if (!error && theirs.error) note('only theirs rejects', `${place}  (${theirs.error.slice(0, 100)})`);
    if (error || theirs.error || !theirs.kinds) continue;
    counts.compared += 1;
    if (kinds.join() === theirs.kinds.join()) continue;
    counts.different += 1;
    note(`different: ours ${kinds.join()}, theirs ${theirs.kinds.join()}`, place);
  }
}

const understood = 1 - (counts.errors + counts.opaque) / Math.max(1, counts.statements);
console.log(JSON.stringify(counts));
console.log(`${(100 * understood).toFixed(2)} % of ${counts.statements} statements understood`);
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
