/** How much of real migrations is understood: `npx tsx scripts/coverage.ts [--engine mysql] [--examples 3] DIR...`. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineName, Migration, Operation } from '../src/operations/index.ts';
import { parseRailsMigration } from '../src/parsers/rails/migration.ts';
import { createSource, positionAt } from '../src/source/source.ts';
import { railsEnvironment } from './rails-environment.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { engine: { type: 'string', default: 'postgres' }, examples: { type: 'string', default: '3' }, problems: { type: 'boolean', default: false } },
});

const kinds = new Map<string, number>();
const unread = new Map<string, { count: number; examples: string[] }>();
const problems = new Map<string, { count: number; examples: string[] }>();
let files = 0;
let calls = 0;
let opaque = 0;
let slowest = { ms: 0, path: '' };

for (const path of positionals.flatMap(migrationsIn)) {
  const text = readFileSync(path, 'utf8');
  if (!/ActiveRecord::Migration|Migration\b/.test(text)) continue;
  const environment = await railsEnvironment(path, values.engine as EngineName);
  const started = performance.now();
  const migration = parseRailsMigration(createSource(path, text), environment);
  const ms = performance.now() - started;
  if (ms > slowest.ms) slowest = { ms, path };
  files += 1;
  count(migration);
}

const sorted = <T>(map: Map<string, T>, size: (value: T) => number): [string, T][] => [...map].sort((a, b) => size(b[1]) - size(a[1]));
console.log(`${files} files, ${calls} places where something is done, ${opaque} not understood: ${(100 * (1 - opaque / Math.max(1, calls))).toFixed(2)} % understood; slowest ${slowest.ms.toFixed(0)} ms ${slowest.path}`);
console.log(sorted(kinds, (size) => size).map(([kind, size]) => `${kind} ${size}`).join(', '));
for (const [reason, { count: size, examples }] of sorted(unread, (entry) => entry.count)) console.log(`\n${size} ${reason}\n${examples.map((example) => `    ${example}`).join('\n')}`);
if (values.problems) for (const [reason, { count: size, examples }] of sorted(problems, (entry) => entry.count)) console.log(`\n! ${size} ${reason}\n${examples.map((example) => `    ${example}`).join('\n')}`);

function count(migration: Migration): void {
  const all: Operation[] = [...migration.operations, ...(migration.down.kind === 'written' ? migration.down.operations : [])];
  const line = (offset: number): string => `${migration.source.path}:${positionAt(migration.source, offset).line}`;
  const places = new Map<string, boolean>();
  for (const operation of all) {
    kinds.set(operation.kind, (kinds.get(operation.kind) ?? 0) + 1);
    const place = `${operation.at.start}-${operation.at.end}`;
    const isOpaque = operation.kind === 'opaque';
    if (isOpaque && !places.get(place)) note(unread, operation.reason, `${line(operation.at.start)} ${operation.text}`);
    places.set(place, isOpaque || places.get(place) === true);
  }
  calls += places.size;
  opaque += [...places.values()].filter(Boolean).length;
  for (const problem of migration.problems) {
    const detail = problem.kind === 'ignored-option' ? `${problem.call} ${problem.option}` : problem.kind === 'syntax-error' ? `${problem.language} ${problem.message}` : problem.kind === 'migration-class' ? problem.reason : problem.kind === 'irreversible' ? problem.call : '';
    note(problems, `${problem.kind} ${detail}`, line(problem.at.start));
  }
}

function note(map: Map<string, { count: number; examples: string[] }>, key: string, example: string): void {
  const entry = map.get(key) ?? { count: 0, examples: [] };
  entry.count += 1;
  if (entry.examples.length < Number(values.examples)) entry.examples.push(example);
  map.set(key, entry);
}

function migrationsIn(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|\/)db\/(.*\/)?\d+_[^/]*\.rb$/.test(join(path, name)))
    .sort()
    .map((name) => join(path, name));
}
