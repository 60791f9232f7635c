import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printFramework } from '../../src/operations/index.ts';
import type { SqlTool } from '../../src/operations/index.ts';
import { readParts } from '../../src/parsers/sql/file/read-parts.ts';
import type { Directory } from '../../src/project/directory.ts';
import { recognise } from '../../src/project/layouts/recognise.ts';
import { frontEnds, notesOf, projectOf, shown } from './open.ts';

interface Case {
  readonly name: string;
  /** Paths of files with one harmless statement, or texts by path. */
  readonly files: Readonly<Record<string, string>> | readonly string[];
  readonly sets: readonly string[];
  /** The engine of each set, when the files say which. */
  readonly engines?: readonly string[];
  /** All notes, or only that each of these is among them. */
  readonly notes?: readonly string[];
}

const up = '-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n';
const plain = 'SELECT 1;\n';
const serial = 'CREATE TABLE a (id bigserial);\n';
const unknownTool = (root: string) => `"${root}": it is not known which tool runs these files, so each is linted whole, as if psql ran it statement by statement. Name it in the configuration: "sql: { tool: goose }", or "sql: { transaction: wrapped }".`;
const unknownEngine = (root: string) => `"${root}": nothing says which database it is for; Postgres is assumed. Name it with "engine:" in the configuration or "--engine".`;

const cases: readonly Case[] = [
  {
    name: 'Flyway: versions by value, undo, repeatable and baseline files left out',
    files: { 'db/migration/V10__c.sql': serial, 'db/migration/V2__b.sql': plain, 'db/migration/V1_1__a.sql': plain, 'db/migration/U2__b.sql': plain, 'db/migration/R__views.sql': plain, 'db/migration/B9__base.sql': plain, 'db/migration/afterMigrate.sql': plain, 'db/migration/V2__b.sql.conf': 'executeInTransaction=false\n' },
    sets: ['flyway db/migration: 1.1 db/migration/V1_1__a.sql, 2 db/migration/V2__b.sql, 10 db/migration/V10__c.sql'],
    engines: ['postgres from the words of the migrations'],
    notes: ['"db/migration/B9__base.sql" is a baseline, which runs on new databases only; it is not linted.', '"db/migration/R__views.sql" is a repeatable migration, which runs whenever its text changed; it is not linted.'],
  },
  {
    name: 'Flyway: directories by year are one history, wherever the files lie',
    files: ['src/main/resources/db/migration/2023/V1__a.sql', 'src/main/resources/db/migration/2024/q1/V3__c.sql', 'src/main/resources/db/migration/2024/V2__b.sql'],
    sets: ['flyway src/main/resources/db/migration: 1 src/main/resources/db/migration/2023/V1__a.sql, 2 src/main/resources/db/migration/2024/V2__b.sql, 3 src/main/resources/db/migration/2024/q1/V3__c.sql'],
  },
  {
    name: 'Flyway: each server with what is common to all; a common file is reported once, unknown servers are told',
    files: ['db/migration/common/V2__b.sql', 'db/migration/mysql/V1__a.sql', 'db/migration/postgresql/V1__a.sql', 'db/migration/oracle/V1__a.sql'],
    sets: [
      'flyway db/migration/postgresql: 1 db/migration/postgresql/V1__a.sql, 2 db/migration/common/V2__b.sql',
      'flyway db/migration/mysql: 1 db/migration/mysql/V1__a.sql, 2 db/migration/common/V2__b.sql',
    ],
    engines: ['postgres from names like "V1__name.sql"', 'mysql from names like "V1__name.sql"'],
    notes: ['"db/migration/oracle" holds migrations for "oracle", a server that anzen does not know; they are not linted.'],
  },
  {
    name: 'refinery: the names of Flyway beside a Cargo.toml; U is a migration, too',
    files: { 'Cargo.toml': '[dependencies]\nrefinery = { version = "0.8", features = ["tokio-postgres"] }\n', 'migrations/V1__a.sql': serial, 'migrations/U2__b.sql': plain },
    sets: ['refinery migrations: 1 migrations/V1__a.sql, 2 migrations/U2__b.sql'], notes: [],
  },
  {
    name: 'golang-migrate: numbers by value; ways back left out without a word',
    files: { 'go.mod': 'require (\n\tgithub.com/golang-migrate/migrate/v4 v4.17.0\n\tgithub.com/lib/pq v1.10.9\n)\n', 'migrations/9_b.up.sql': plain, 'migrations/9_b.down.sql': plain, 'migrations/000010_c.up.sql': plain, 'migrations/1_a.up.sql': plain },
    sets: ['golang-migrate migrations: 1 migrations/1_a.up.sql, 9 migrations/9_b.up.sql, 000010 migrations/000010_c.up.sql'],
    engines: ['postgres from go.mod'], notes: [],
  },
  {
    name: 'golang-migrate: told by the Makefile where go.mod does not name it',
    files: { 'go.mod': 'require github.com/jackc/pgx/v5 v5.5.0\n', 'Makefile': 'up:\n\tmigrate -path migrations -database "$(DATABASE_URL)" up\n', 'migrations/1_a.up.sql': plain },
    sets: ['golang-migrate migrations: 1 migrations/1_a.up.sql'], notes: [],
  },
  {
    name: 'up and down files that a Go program runs by itself are nobody\'s, and that is told',
    files: { 'go.mod': 'require github.com/uptrace/bun v1.2.0\n', 'Makefile': 'tools:\n\tgo install github.com/golang-migrate/migrate/v4/cmd/migrate\n', 'migrations/1_a.up.sql': serial, 'migrations/1_a.down.sql': plain },
    sets: ['sql migrations: 1 migrations/1_a.up.sql'], notes: [unknownTool('migrations')],
  },
  {
    name: 'goose: told by its marker; files without it never run',
    files: { 'db/goose/00002_b.sql': up, 'db/goose/00001_a.sql': up, 'db/goose/00003_c.sql': plain, '.env': 'DATABASE_URL=mysql://localhost/shop\n' },
    sets: ['goose db/goose: 00001 db/goose/00001_a.sql, 00002 db/goose/00002_b.sql'],
    engines: ['mysql from .env'],
    notes: ['"db/goose/00003_c.sql" is a file without the marker "-- +goose Up"; it is not linted.'],
  },
  {
    name: 'goose in a directory a server, and none of an everyday word',
    files: { 'db/sqlite3/migrations/1_a.sql': up, 'services/oracle/migrations/1_a.sql': up },
    sets: ['goose db/sqlite3/migrations: 1 db/sqlite3/migrations/1_a.sql', 'goose services/oracle/migrations: 1 services/oracle/migrations/1_a.sql'],
    engines: ['sqlite from the marker "-- +goose Up"', 'postgres from default'],
    notes: [unknownEngine('services/oracle/migrations')],
  },
  {
    name: 'dbmate: told by its marker, with db/schema.sql as the dump',
    files: { 'db/migrations/20240102000000_b.sql': '-- migrate:up\nSELECT 1;\n-- migrate:down\n', 'db/migrations/20240101000000_a.sql': '-- migrate:up\nCREATE TABLE a (id bigserial);\n-- migrate:down\n', 'db/schema.sql': 'CREATE TABLE a (id bigserial);\n' },
    sets: ['dbmate db/migrations: 20240101000000 db/migrations/20240101000000_a.sql, 20240102000000 db/migrations/20240102000000_b.sql'], notes: [],
  },
  {
    name: 'sqlx: simple',
    files: { 'Cargo.toml': '[dependencies]\nsqlx = { version = "0.8", features = ["runtime-tokio", "postgres"] }\n', 'migrations/20240101000000_a.sql': plain, 'migrations/20240102000000_b.sql': plain },
    sets: ['sqlx migrations: 20240101000000 migrations/20240101000000_a.sql, 20240102000000 migrations/20240102000000_b.sql'], engines: ['postgres from Cargo.toml'], notes: [],
  },
  {
    name: 'sqlx: reversible, in a workspace whose manifest lies far below a long head',
    files: { 'Cargo.toml': `${'# a long licence\n'.repeat(1_000)}[workspace.dependencies]\nsqlx = { version = "0.8", features = ["mysql"] }\n`, 'crates/store/migrations/1_a.up.sql': plain, 'crates/store/migrations/1_a.down.sql': plain },
    sets: ['sqlx crates/store/migrations: 1 crates/store/migrations/1_a.up.sql'], engines: ['mysql from Cargo.toml'], notes: [],
  },
  {
    name: 'Diesel',
    files: { 'diesel.toml': '[print_schema]\nfile = "src/schema.rs"\n', 'Cargo.toml': '[dependencies]\ndiesel = { version = "2", features = ["postgres"] }\n', 'migrations/2024-01-02-000000_b/up.sql': plain, 'migrations/2024-01-02-000000_b/down.sql': plain, 'migrations/00000000000000_diesel_initial_setup/up.sql': plain },
    sets: ['diesel migrations: 00000000000000 migrations/00000000000000_diesel_initial_setup/up.sql, 20240102000000 migrations/2024-01-02-000000_b/up.sql'],
    engines: ['postgres from Cargo.toml'], notes: [],
  },
  {
    name: 'Prisma: the lock says the server',
    files: { 'prisma/migrations/migration_lock.toml': 'provider = "mysql"\n', 'prisma/migrations/20240102000000_b/migration.sql': plain, 'prisma/migrations/20240101000000_a/migration.sql': plain, 'prisma/migrations/20240101000000_a/down.sql': plain, 'prisma/schema.prisma': '' },
    sets: ['prisma prisma/migrations: 20240101000000 prisma/migrations/20240101000000_a/migration.sql, 20240102000000 prisma/migrations/20240102000000_b/migration.sql'],
    engines: ['mysql from migration_lock.toml'], notes: [],
  },
  {
    name: 'Prisma, Supabase and dbmate go by the names, goose and others by the numbers',
    files: {
      'p/migration_lock.toml': 'provider = "postgresql"\n', 'p/20250701_b/migration.sql': plain, 'p/20250630120000_a/migration.sql': plain, 'p/20250701090000_c/migration.sql': plain,
      'supabase/migrations/10_b.sql': plain, 'supabase/migrations/9_a.sql': plain, 'd/10_b.sql': '-- migrate:up\nSELECT 1;\n', 'd/9_a.sql': '-- migrate:up\nSELECT 1;\n', 'g/10_b.sql': up, 'g/9_a.sql': up,
    },
    sets: [
      'dbmate d: 10 d/10_b.sql, 9 d/9_a.sql', 'goose g: 9 g/9_a.sql, 10 g/10_b.sql',
      'prisma p: 20250630120000 p/20250630120000_a/migration.sql, 20250701090000 p/20250701090000_c/migration.sql, 20250701 p/20250701_b/migration.sql',
      'supabase supabase/migrations: 10 supabase/migrations/10_b.sql, 9 supabase/migrations/9_a.sql',
    ],
  },
  {
    name: 'Prisma on a server that is not known here',
    files: { 'prisma/migrations/migration_lock.toml': 'provider = "sqlserver"\n', 'prisma/migrations/20240101000000_a/migration.sql': plain },
    sets: [], notes: ['"prisma/migrations" holds migrations for "sqlserver", a server that anzen does not know; they are not linted.'],
  },
  {
    name: 'Drizzle: the journal gives the order; what it does not list never runs',
    files: { 'drizzle/meta/_journal.json': '{"version":"7","dialect":"postgresql","entries":[{"idx":1,"tag":"0001_b"},{"idx":0,"tag":"0000_a"},{"idx":2,"tag":"0002_gone"}]}', 'drizzle/0000_a.sql': plain, 'drizzle/0001_b.sql': plain, 'drizzle/0002_stray.sql': plain },
    sets: ['drizzle drizzle: 0000 drizzle/0000_a.sql, 0001 drizzle/0001_b.sql'], engines: ['postgres from meta/_journal.json'],
    notes: ['"drizzle/0002_stray.sql" is a file that "meta/_journal.json" does not list: Drizzle never runs it; it is not linted.'],
  },
  {
    name: 'Drizzle 1.0: a directory a migration, told from Prisma by the snapshot',
    files: { 'drizzle/20260101000000_a/migration.sql': plain, 'drizzle/20260101000000_a/snapshot.json': '{}', 'drizzle.config.ts': 'export default {\n  dialect: "postgresql",\n};\n' },
    sets: ['drizzle drizzle: 20260101000000 drizzle/20260101000000_a/migration.sql'], engines: ['postgres from drizzle.config.ts'], notes: [],
  },
  {
    name: 'Drizzle for Turso is SQLite',
    files: { 'drizzle/meta/_journal.json': '{"dialect":"turso","entries":[{"idx":0,"tag":"0000_a"}]}', 'drizzle/0000_a.sql': plain },
    sets: ['drizzle drizzle: 0000 drizzle/0000_a.sql'], engines: ['sqlite from meta/_journal.json'],
  },
  {
    name: 'Supabase: seeds and declared schemas are none',
    files: ['supabase/config.toml', 'supabase/migrations/20240101000000_a.sql', 'supabase/seed.sql', 'supabase/seeds/01_people.sql', 'supabase/schemas/01_tables.sql'],
    sets: ['supabase supabase/migrations: 20240101000000 supabase/migrations/20240101000000_a.sql'], engines: ['postgres from the directory "supabase/migrations"'], notes: [],
  },
  {
    name: 'Hasura: a directory a migration, below one for the database',
    files: ['config.yaml', 'migrations/default/1690000000002_b/up.sql', 'migrations/default/1690000000001_a/up.sql', 'migrations/default/1690000000001_a/down.sql'],
    sets: ['hasura migrations/default: 1690000000001 migrations/default/1690000000001_a/up.sql, 1690000000002 migrations/default/1690000000002_b/up.sql'], notes: [],
  },
  {
    name: 'Hasura: the flat layout of its first version',
    files: { 'config.yaml': 'endpoint: http://localhost:8080\nadmin_secret: x\n', 'migrations/1690000000001_a.up.sql': plain, 'migrations/1690000000001_a.down.sql': plain },
    sets: ['hasura migrations: 1690000000001 migrations/1690000000001_a.up.sql'], engines: ['postgres from config.yaml'], notes: [],
  },
  {
    name: 'sqitch: the plan gives the order, reworked changes their tag, directories their files',
    files: {
      'sqitch.conf': '[core]\n\tengine = pg\n',
      'sqitch.plan': '%syntax-version=1.0.0\n%project=shop\n\nusers 2024-01-01T00:00:00Z A <a@b.c> # people\nviews/active [users] 2024-01-02T00:00:00Z A <a@b.c> # view\n@v1 2024-01-03T00:00:00Z A <a@b.c> # tag\n\nusers [users@v1] 2024-01-04T00:00:00Z A <a@b.c> # rework\n  appschema 2024-01-05T00:00:00Z A <a@b.c>\nmissing 2024-01-06T00:00:00Z A <a@b.c>\n',
      'deploy/users.sql': plain, 'deploy/users@v1.sql': plain, 'deploy/views/active.sql': plain, 'deploy/appschema.sql': plain, 'revert/users.sql': plain, 'verify/users.sql': plain, 'deploy/unplanned.sql': plain,
    },
    sets: ['sqitch .: - deploy/users@v1.sql, - deploy/views/active.sql, - deploy/users.sql, - deploy/appschema.sql'], engines: ['postgres from sqitch.plan'], notes: [],
  },
  {
    name: 'sqitch: top_dir, beside another tool',
    files: {
      'sqitch.conf': '[core]\n\tengine = mysql\n\ttop_dir = db\n', 'db/sqitch.plan': '%project=shop\n\na 2024-01-01T00:00:00Z A <a@b.c>\n', 'db/deploy/a.sql': plain, 'db/revert/a.sql': plain, 'services/api/1_x.sql': up,
    },
    sets: ['sqitch db: - db/deploy/a.sql', 'goose services/api: 1 services/api/1_x.sql'], engines: ['mysql from sqitch.plan', 'postgres from default'],
  },
  {
    name: 'Liquibase: formatted SQL, in any case of letters',
    files: { 'changelog/002.sql': '--LIQUIBASE FORMATTED SQL\n--changeset a:2\nSELECT 1;\n', 'changelog/001.sql': '\n-- liquibase formatted sql\n--changeset a:1\nCREATE TABLE a (id bigserial);\n', 'changelog/master.xml': '<x/>' },
    sets: ['liquibase changelog: 001 changelog/001.sql, 002 changelog/002.sql'], notes: [],
  },
  {
    name: 'Atlas: told by atlas.sum; checkpoints run on new databases only',
    files: { 'migrations/atlas.sum': 'h1:x\n', 'migrations/20240102_b.sql': plain, 'migrations/20240101.sql': serial, 'migrations/20240103_c.sql': '-- atlas:checkpoint\n\nSELECT 1;\n' },
    sets: ['atlas migrations: 20240101 migrations/20240101.sql, 20240102 migrations/20240102_b.sql'], notes: ['"migrations/20240103_c.sql" is a checkpoint, which runs on new databases only; it is not linted.'],
  },
  {
    name: 'Atlas over the files of another tool: their layout counts',
    files: { 'migrations/atlas.sum': 'h1:x\n', 'migrations/1_a.sql': up, 'other/atlas.sum': 'h1:x\n', 'other/1_a.up.sql': serial, 'other/1_a.down.sql': plain },
    sets: ['goose migrations: 1 migrations/1_a.sql', 'golang-migrate other: 1 other/1_a.up.sql'],
  },
  {
    name: 'graphile-migrate: committed, then current',
    files: { 'migrations/committed/000002.sql': '--! Previous: sha1:x\n--! Hash: sha1:y\n\nSELECT 1;\n', 'migrations/committed/000001-start.sql': '--! Previous: -\n--! Hash: sha1:x\n\nSELECT 1;\n', 'migrations/current.sql': plain, 'migrations/fixtures/functions.sql': plain, '.gmrc': '{}' },
    sets: ['graphile-migrate migrations: 000001 migrations/committed/000001-start.sql, 000002 migrations/committed/000002.sql, - migrations/current.sql'], engines: ['postgres from the directory "committed"'], notes: [],
  },
  {
    name: 'graphile-migrate: current as a directory',
    files: ['migrations/committed/000001.sql', 'migrations/current/2-b.sql', 'migrations/current/1-a.sql'],
    sets: ['graphile-migrate migrations: 000001 migrations/committed/000001.sql, - migrations/current/1-a.sql, - migrations/current/2-b.sql'],
  },
  {
    name: 'node-pg-migrate: files with and without markers run',
    files: { 'package.json': '{"dependencies":{"node-pg-migrate":"^7.0.0"}}', 'migrations/1700000000001_a.sql': '-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;\n', 'migrations/1700000000002_b.sql': plain },
    sets: ['node-pg-migrate migrations: 1700000000001 migrations/1700000000001_a.sql, 1700000000002 migrations/1700000000002_b.sql'], engines: ['postgres from the marker "-- Up Migration"'], notes: [],
  },
  {
    name: 'db-migrate: the files in sqls',
    files: { 'migrations/20240101000000-a.js': '', 'migrations/sqls/20240101000000-a-up.sql': plain, 'migrations/sqls/20240101000000-a-down.sql': plain, 'database.json': '{}', 'package.json': '{"dependencies":{"db-migrate-pg":"1","pg":"8"}}' },
    sets: ['db-migrate migrations/sqls: 20240101000000 migrations/sqls/20240101000000-a-up.sql'], engines: ['postgres from package.json'], notes: [],
  },
  {
    name: 'pop: one layout a server; a file for all is reported with the first',
    files: ['migrations/1_a.postgres.up.sql', 'migrations/1_a.mysql.up.sql', 'migrations/1_a.up.sql', 'migrations/1_a.down.sql', 'migrations/2_b.up.sql', 'migrations/3_c.cockroach.autocommit.up.sql', 'migrations/3_c.postgres.autocommit.up.sql'],
    sets: [
      'pop migrations: 1 migrations/1_a.postgres.up.sql, 2 migrations/2_b.up.sql, 3 migrations/3_c.postgres.autocommit.up.sql',
      'pop migrations: 1 migrations/1_a.mysql.up.sql, 2 migrations/2_b.up.sql',
    ],
    engines: ['postgres from names like "1_name.postgres.up.sql"', 'mysql from names like "1_name.postgres.up.sql"'],
    notes: ['"migrations" holds migrations for "cockroach", a server that anzen does not know; they are not linted.'],
  },
  {
    name: 'numbered files in a directory of migrations are nobody\'s; ways back by their names',
    files: { 'db/migrations/002_b.sql': serial, 'db/migrations/001_a.sql': plain, 'db/migrations/001_a_down.sql': plain, 'db/migrations/002_b.rollback.sql': plain, 'db/migrations/003.do.c.sql': plain, 'db/migrations/003.undo.c.sql': plain, 'db/migrations/readme.sql': plain, 'db/schema.sql': plain },
    sets: ['sql db/migrations: 001 db/migrations/001_a.sql, 002 db/migrations/002_b.sql, 003 db/migrations/003.do.c.sql'], notes: [unknownTool('db/migrations')],
  },
  {
    name: 'a file that a program of the same name runs is told',
    files: { 'migrations/001_a.js': 'exports.up = 1;\n', 'migrations/001_a.sql': plain, 'migrations/002_b.sql': serial },
    sets: ['sql migrations: 002 migrations/002_b.sql'], notes: ['"migrations/001_a.sql" is a part of "001_a.js", which runs it; it is not linted.', unknownTool('migrations')],
  },
  {
    name: 'sql-migrate and tern: no rules of their own, but their markers are read',
    files: { 'a/1_x.sql': '-- +migrate Up\nCREATE TABLE a (id bigserial);\n-- +migrate Down\nDROP TABLE a;\n', 'b/001_y.sql': 'CREATE TABLE b (id bigserial);\n---- create above / drop below ----\nDROP TABLE b;\n' },
    sets: ['sql a: 1 a/1_x.sql', 'sql b: 001 b/001_y.sql'], notes: [],
  },
  {
    name: 'Rails and SQL side by side; SQL beside migrations in Ruby is theirs',
    files: { 'db/migrate/20240101000000_a.rb': 'class A < ActiveRecord::Migration[7.1]\n  def change = execute(File.read("db/migrate/20240101000000_a.sql"))\nend\n', 'db/migrate/20240101000000_a.sql': plain, 'db/structure.sql': plain, 'analytics/migrations/V1__a.sql': serial, 'Gemfile.lock': '' },
    sets: ['rails db: 20240101000000 db/migrate/20240101000000_a.rb', 'flyway analytics/migrations: 1 analytics/migrations/V1__a.sql'], notes: [],
  },
  { name: 'tests, examples, dependencies and builds are not looked into', files: ['test/migrations/V1__a.sql', 'examples/x/V1__a.sql', 'node_modules/x/migrations/V1__a.sql', 'vendor/x/V1__a.sql', 'dist/V1__a.sql', '.cache/V1__a.sql'], sets: [], notes: [] },
  { name: 'other SQL is no migration', files: ['queries/1_report.sql', 'db/seed.sql', 'sql/functions/total.sql'], sets: [], notes: [] },
];

describe('recognising layouts', () => {
  it.each(cases)('$name', async ({ files, sets, engines, notes }) => {
    const project = await projectOf(files);
    expect(shown(project)).toEqual(sets);
    if (engines) expect((await frontEnds(project)).map(({ engine }) => `${engine.name} from ${engine.from}`)).toEqual(engines);
    if (notes) expect((await notesOf(project)).filter((note) => engines || !note.includes('Postgres is assumed')).sort()).toEqual([...notes].sort());
  });
});

describe('docs/frameworks.md', () => {
  const page = readFileSync(new URL('../../docs/frameworks.md', import.meta.url), 'utf8');
  it.each(Object.keys(readParts).filter((tool) => tool !== 'sql'))('says of %s how it is recognised and what its transactions are', (tool) => {
    const row = `| ${printFramework(tool as SqlTool)} |`;
    expect(page.split(row).length).toBeGreaterThanOrEqual(3);
  });
});

describe('very large directories', () => {
  const count = 30_000;
  const many = (name: (at: number) => string) => Array.from({ length: count }, (_, at) => name(at));
  const directoryOf = (path: string, files: readonly string[], children: Readonly<Record<string, Directory>> = {}, heads = ''): Directory => {
    const names = new Set(files);
    const nothing: Directory = { path: `${path}/x`, name: 'x', files: [], directories: [], has: () => false, head: () => '', whole: () => '', child: () => nothing, parent: null };
    return { ...nothing, path, name: 'migrations', files, directories: Object.keys(children), has: (file) => names.has(file), head: () => heads, whole: () => heads, child: (name) => children[name] ?? nothing };
  };
  const folder = (name: string, files: readonly string[], text = '') => ({ [name]: directoryOf(`/m/${name}`, files, {}, text) });
  const journal = folder('meta', ['_journal.json'], JSON.stringify({ entries: many((at) => `${at}_a`).map((tag, idx) => ({ idx, tag })) }));
  const plan = many((at) => `c${at} 2024-01-01T00:00:00Z A <a@b.c>\n${at % 3 ? '' : `@t${at}\n`}`).join('');
  const folders = many((at) => `${at}_a`);
  it.each<readonly [string, () => Directory]>([
    ['flyway', () => directoryOf('/m', [...many((at) => `V${at}__a.sql`), ...many((at) => `R__${at}.sql`)])],
    ['golang-migrate', () => directoryOf('/m', [...many((at) => `${at}_a.up.sql`), ...many((at) => `${at}_a.down.sql`)])],
    ['pop', () => directoryOf('/m', ['postgres', 'mysql', 'sqlite3'].flatMap((server) => many((at) => `${at}_a.${server}.up.sql`)))],
    ['goose', () => directoryOf('/m', many((at) => `${at}_a.sql`), {}, '-- +goose Up\n')],
    ['atlas', () => directoryOf('/m', ['atlas.sum', ...many((at) => `${at}_a.sql`), ...many((at) => `${at}_a.down.sql`)])],
    ['drizzle', () => directoryOf('/m', many((at) => `${at * 2}_a.sql`), journal)],
    ['prisma', () => directoryOf('/m', [], Object.assign({}, ...folders.map((name) => folder(name, ['migration.sql', 'down.sql']))) as Record<string, Directory>)],
    ['diesel', () => directoryOf('/m', [], Object.assign({}, ...folders.map((name) => folder(name, ['up.sql', 'down.sql']))) as Record<string, Directory>)],
    ['sqitch', () => directoryOf('/m', ['sqitch.plan'], { ...folder('deploy', many((at) => `c${at}.sql`)), ...folder('revert', many((at) => `c${at}.sql`)) }, plan)],
    ['sql', () => directoryOf('/m', [...many((at) => `${at}_a.sql`), ...many((at) => `${at}_a_down.sql`)])],
  ])('are recognised in time that grows with their size: %s', (tool, make) => {
    const directory = make();
    const started = performance.now();
    const found = recognise(directory);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(found.map((layout) => layout.tool)).toContain(tool);
    expect(found[0]?.files.length).toBeGreaterThanOrEqual(count / 2);
  });
});
