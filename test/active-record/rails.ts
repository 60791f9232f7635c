import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defaultInflections } from '../../src/parsers/rails/environment.ts';
import type { RailsEnvironment } from '../../src/parsers/rails/environment.ts';
import { parseRailsMigration } from '../../src/parsers/rails/migration.ts';
import { parseRailsSchema } from '../../src/parsers/rails/schema-file.ts';
import { loadRubyParser } from '../../src/parsers/ruby/parser.ts';
import { loadSqlParser } from '../../src/parsers/sql/parser.ts';
import { parseStructure } from '../../src/parsers/sql/structure.ts';
import type { Migration, Operation } from '../../src/operations/index.ts';
import { compareSchemas } from '../../src/schema/compare/compare.ts';
import type { Difference, Omission } from '../../src/schema/compare/difference.ts';
import { unknownAfter } from '../../src/schema/compare/unknown.ts';
import { foldingOf } from '../../src/schema/folding.ts';
import { createSchema } from '../../src/schema/state.ts';
import { createSource } from '../../src/source/source.ts';
import { temporaryDirectory } from '../repository.ts';

/** A migration to run: its file's name and its text. */
export interface MigrationText {
  readonly file: string;
  readonly text: string;
}

/** Migrations that run one after the other in a database of their own. */
export interface Case {
  readonly id: string;
  readonly migrations: readonly MigrationText[];
}

/** What Active Record made of a case. */
export interface Outcome {
  readonly id: string;
  /** Why a migration failed, by its file's name. */
  readonly failed: Readonly<Record<string, string>>;
  readonly schema: string;
  readonly structure: string;
}

const socket = (process.env['ANZEN_POSTGRES'] ?? '').trim().split(/[ =]/)[1] ?? '';

/** Runs the cases with Active Record on the server that `.ci/servers` started, each on what the base (a `schema.rb`) builds. */
export function runCases(cases: readonly Case[], base: string | null, structure = true): ReadonlyMap<string, Outcome> {
  const directory = temporaryDirectory();
  const place = (one: Case, { file }: MigrationText) => join(directory, one.id.replaceAll(/[^\w.-]/g, '_'), file);
  for (const one of cases) {
    for (const migration of one.migrations) {
      mkdirSync(join(place(one, migration), '..'), { recursive: true });
      writeFileSync(place(one, migration), migration.text);
    }
  }
  if (base !== null) writeFileSync(join(directory, 'base.rb'), base);
  const job = { structure, base: base === null ? null : join(directory, 'base.rb'), cases: cases.map((one) => ({ id: one.id, files: one.migrations.map((migration) => place(one, migration)) })) };
  writeFileSync(join(directory, 'job.json'), JSON.stringify(job));
  execFileSync('ruby', ['-W0', join(import.meta.dirname, 'run.rb'), join(directory, 'job.json'), join(directory, 'result.json')], {
    stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ANZEN_SOCKET: socket, ANZEN_PG_DUMP: process.env['ANZEN_PG_DUMP'] ?? 'pg_dump' },
  });
  const results = JSON.parse(readFileSync(join(directory, 'result.json'), 'utf8')) as Outcome[];
  return new Map(results.map((result) => [result.id, { ...result, failed: Object.fromEntries(Object.entries(result.failed).map(([file, why]) => [basename(file), why])) }]));
}

/** The release of Active Record that is installed, `[6, 1]`. */
export const installed: readonly number[] = (process.env['ANZEN_RAILS'] ?? '6.1').split('.').slice(0, 2).map(Number);

const environment: RailsEnvironment = {
  engine: { name: 'postgres', version: [15], from: 'test' }, railsVersion: installed, libraries: new Set(), inflections: defaultInflections, primaryKeyType: null,
  resolveConstant: () => null, ruby: await loadRubyParser(), sql: await loadSqlParser('postgres'),
};

/** What the installed release leaves out of its `schema.rb`. */
const omissions: ReadonlySet<Omission> = new Set<Omission>(['exclusion', 'unique-constraint', 'validity', 'deferrable', 'include', 'generated', 'unlogged', 'time-zone', 'exactness']);

/** Reads a migration as anzen does. */
export function readMigration({ file, text }: MigrationText): Migration {
  return parseRailsMigration(createSource(`db/migrate/${file}`, text), environment);
}

/** The differences of anzen's replay of the migrations that Active Record ran, and anzen's reading of a dump of what came of them. */
export function compareCase(one: Case, outcome: Outcome, base: string | null, dump: 'schema.rb' | 'structure.sql'): { readonly differences: readonly Difference[]; readonly understood: boolean } {
  const ran = one.migrations.filter(({ file }) => !(file in outcome.failed)).map(readMigration);
  const replayed = createSchema({ complete: true, engine: 'postgres' });
  const baseOperations = base === null ? [] : parseRailsSchema(createSource('db/schema.rb', base), environment);
  for (const operations of [baseOperations, ...ran.map((migration) => migration.operations)]) {
    const fold = foldingOf(replayed, operations, 'postgres');
    for (const operation of operations) fold(operation, { inChangeSet: false });
  }
  const dumped = createSchema({ complete: true, engine: 'postgres' });
  const operations: readonly Operation[] = dump === 'schema.rb'
    ? parseRailsSchema(createSource('db/schema.rb', outcome.schema), environment)
    : parseStructure(createSource('db/structure.sql', outcome.structure), environment.sql ?? (() => { throw new Error('no reader of SQL'); })());
  for (const operation of operations) dumped.apply(operation, { inChangeSet: false });
  const unknown = unknownAfter(ran.flatMap((migration) => migration.operations));
  const undumped = [...outcome.schema.matchAll(/^# Could not dump table "([^"]+)"/gm)].map((match) => match[1] ?? '');
  const how = { engine: 'postgres' as const, unknown, omits: dump === 'schema.rb' ? omissions : new Set<Omission>() };
  const differences = compareSchemas(replayed, dumped, how).filter(({ table }) => dump === 'structure.sql' || !undumped.includes(table.name));
  return { differences, understood: !unknown.all && unknown.tables.size === 0 };
}

/** A difference in one line. */
export function printDifference({ table, part, name, what, here, there, certain }: Difference): string {
  return `${certain ? '' : '(perhaps) '}${table.schema ? `${table.schema}.` : ''}${table.name} ${part}${name === null ? '' : ` ${name}`} ${what}: replay ${here ?? '-'} | dump ${there ?? '-'}`;
}
