import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import type { Config } from '../../src/config/config.ts';
import { migrationOf, projectOf, transactionsOf } from './open.ts';

interface Case {
  readonly name: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly path: string;
  readonly text: string;
  /** Kind of operation and who opened its transaction, `-` for none; the same number is the same transaction. */
  readonly wanted: readonly string[];
  readonly sql?: Partial<Config['sql']>;
  /** Words of the reasons why a switch has no effect. */
  readonly ineffective?: readonly string[];
}

const one = 'CREATE INDEX CONCURRENTLY i ON t (a);\n';
const two = `${one}CREATE INDEX CONCURRENTLY j ON t (b);\n`;
const mixed = `ALTER TABLE t ADD COLUMN a bigint;\n${one}`;
const go = { 'go.mod': 'require github.com/golang-migrate/migrate/v4 v4.17.0\nrequire github.com/lib/pq v1.10.9\n' };
const rust = { 'Cargo.toml': '[dependencies]\nsqlx = { version = "0.8", features = ["postgres"] }\n' };
const diesel = { 'Cargo.toml': '[dependencies]\ndiesel = { version = "2", features = ["postgres"] }\n' };
const prisma = (version: string) => ({ 'package.json': `{"devDependencies":{"prisma":"${version}"}}`, 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n' });
const drizzle = (dialect: string) => ({ 'drizzle/meta/_journal.json': `{"dialect":"${dialect}","entries":[{"idx":0,"tag":"0000_a"}]}` });
const atlas = { 'm/atlas.sum': 'h1:x\n' };
const liquibase = (text: string) => `--liquibase formatted sql\n${text}`;

const cases: readonly Case[] = [
  { name: 'Flyway wraps a file', path: 'm/V1__a.sql', text: mixed, wanted: ['add-column framework1', 'create-index framework1'] },
  { name: 'Flyway sees a file of which nothing may be wrapped', path: 'm/V1__a.sql', text: two, wanted: ['create-index -', 'create-index -'] },
  { name: 'Flyway counts a setting as a statement that may be wrapped', path: 'm/V1__a.sql', text: `SET lock_timeout = '2s';\n${one}`, wanted: ['set-setting framework1', 'create-index framework1'] },
  { name: 'Flyway does not see REINDEX INDEX', path: 'm/V1__a.sql', text: 'REINDEX INDEX CONCURRENTLY i;\n', wanted: ['reindex framework1'] },
  { name: 'Flyway, mixed', files: { 'flyway.conf': 'flyway.url=jdbc:postgresql://localhost/x\nflyway.mixed=true\n' }, path: 'm/V1__a.sql', text: mixed, wanted: ['add-column -', 'create-index -'] },
  { name: 'Flyway, mixed in Spring', files: { 'src/main/resources/application.yml': 'spring:\n  flyway:\n    mixed: true\n' }, path: 'src/main/resources/db/migration/V1__a.sql', text: mixed, wanted: ['add-column -', 'create-index -'] },
  { name: 'Flyway, mixed in Maven', files: { 'pom.xml': '<configuration>\n  <mixed>true</mixed>\n</configuration>\n' }, path: 'm/V1__a.sql', text: mixed, wanted: ['add-column -', 'create-index -'] },
  { name: 'Flyway, mixed: still wrapped where nothing refuses', files: { 'flyway.toml': '[flyway]\nmixed = true\n' }, path: 'm/V1__a.sql', text: 'ALTER TABLE t ADD COLUMN a bigint;\nALTER TABLE t ADD COLUMN b bigint;\n', wanted: ['add-column framework1', 'add-column framework1'] },
  { name: 'Flyway, a script\'s own settings', files: { 'm/V1__a.sql.conf': 'executeInTransaction=false\n' }, path: 'm/V1__a.sql', text: mixed, wanted: ['add-column -', 'create-index -'] },
  { name: 'Flyway, a script\'s own settings the other way', files: { 'm/V1__a.sql.conf': 'executeInTransaction=true\n' }, path: 'm/V1__a.sql', text: one, wanted: ['create-index framework1'] },
  { name: 'Flyway, switched off for all', files: { 'flyway.toml': '[flyway]\nexecuteInTransaction = false\n' }, path: 'm/V1__a.sql', text: mixed, wanted: ['add-column -', 'create-index -'] },

  { name: 'golang-migrate sends one statement', files: go, path: 'm/1_a.up.sql', text: one, wanted: ['create-index -'] },
  { name: 'golang-migrate sends several as one text', files: go, path: 'm/1_a.up.sql', text: mixed, wanted: ['add-column text1', 'create-index text1'] },
  { name: 'golang-migrate, BEGIN in the text', files: go, path: 'm/1_a.up.sql', text: 'BEGIN;\nALTER TABLE t ADD COLUMN a bigint;\nCOMMIT;\n', wanted: ['begin begin1', 'add-column begin1', 'commit begin1'] },
  { name: 'golang-migrate, COMMIT ends the text\'s transaction and the next statement begins another', files: go, path: 'm/1_a.up.sql', text: `BEGIN;\nALTER TABLE t ADD COLUMN a bigint;\nCOMMIT;\n${one}`, wanted: ['begin begin1', 'add-column begin1', 'commit begin1', 'create-index text2'] },
  { name: 'golang-migrate told to split', files: { ...go, '.env': 'DATABASE_URL=postgres://localhost/x?sslmode=disable&x-multi-statement=true\n' }, path: 'm/1_a.up.sql', text: mixed, wanted: ['add-column -', 'create-index -'] },
  { name: 'golang-migrate told to split by the configuration', files: go, sql: { transaction: 'statements' }, path: 'm/1_a.up.sql', text: mixed, wanted: ['add-column -', 'create-index -'] },
  { name: 'golang-migrate on MySQL', files: { 'go.mod': 'require github.com/golang-migrate/migrate/v4 v4.17.0\nrequire github.com/go-sql-driver/mysql v1.8.0\n' }, path: 'm/1_a.up.sql', text: 'ALTER TABLE t ADD COLUMN a int;\nALTER TABLE t ADD COLUMN b int;\n', wanted: ['add-column -', 'add-column -'] },

  { name: 'goose', path: 'm/1_a.sql', text: `-- +goose Up\n${mixed}-- +goose Down\nDROP TABLE t;\n`, wanted: ['add-column framework1', 'create-index framework1'] },
  { name: 'goose, NO TRANSACTION before', path: 'm/1_a.sql', text: `-- +goose NO TRANSACTION\n-- +goose Up\n${two}-- +goose Down\nDROP INDEX i;\n`, wanted: ['create-index -', 'create-index -'] },
  { name: 'goose, NO TRANSACTION after, in small letters', path: 'm/1_a.sql', text: `-- +goose up\n-- +goose no transaction\n${two}-- +goose down\nDROP INDEX i;\n`, wanted: ['create-index -', 'create-index -'] },
  { name: 'goose, a block is one text', path: 'm/1_a.sql', text: `-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose StatementBegin\n${two}-- +goose StatementEnd\n${one}-- +goose StatementBegin\n${one}-- +goose StatementEnd\n-- +goose Down\n`, wanted: ['create-index text1', 'create-index text1', 'create-index -', 'create-index -'] },
  { name: 'goose, a block of a function, with variables', path: 'm/1_a.sql', text: '-- +goose Up\n-- +goose ENVSUB ON\n-- +goose StatementBegin\nCREATE FUNCTION f() RETURNS trigger AS $$\nBEGIN\n  NEW.a := 1;\n  RETURN NEW;\nEND;\n$$ LANGUAGE plpgsql;\n-- +goose StatementEnd\nGRANT SELECT ON t TO ${READER};\n-- +goose ENVSUB OFF\n', wanted: ['create-function framework1', 'grant framework1'] },

  { name: 'dbmate', path: 'db/migrations/1_a.sql', text: `-- migrate:up\n${mixed}\n-- migrate:down\nDROP TABLE t;\n`, wanted: ['add-column framework1', 'create-index framework1'] },
  { name: 'dbmate, switched off', path: 'db/migrations/1_a.sql', text: `-- migrate:up transaction:false\n${one}\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY i;\n`, wanted: ['create-index -'] },
  { name: 'dbmate, switched off, but one text', path: 'db/migrations/1_a.sql', text: `-- migrate:up transaction:false\n${two}\n-- migrate:down\n`, wanted: ['create-index text1', 'create-index text1'] },
  { name: 'dbmate, misspelt', path: 'db/migrations/1_a.sql', text: `-- migrate:up transaction: false\n${one}-- migrate:down\n`, wanted: ['create-index framework1'], ineffective: ['without a space'] },
  { name: 'dbmate, several blocks', path: 'db/migrations/1_a.sql', text: `-- migrate:up\nALTER TABLE t ADD COLUMN a bigint;\n-- migrate:down\nDROP TABLE t;\n-- migrate:up transaction:false\n${one}-- migrate:down\nDROP TABLE t;\n`, wanted: ['add-column framework1', 'create-index -'] },

  { name: 'sqlx', files: rust, path: 'migrations/1_a.sql', text: mixed, wanted: ['add-column framework1', 'create-index framework1'] },
  { name: 'sqlx, switched off', files: rust, path: 'migrations/1_a.up.sql', text: `-- no-transaction\n${one}`, wanted: ['create-index -'] },
  { name: 'sqlx, switched off, but one text', files: rust, path: 'migrations/1_a.sql', text: `-- no-transaction\n${two}`, wanted: ['create-index text1', 'create-index text1'] },
  { name: 'sqlx, not at the very top', files: rust, path: 'migrations/1_a.sql', text: `-- Index the people.\n-- no-transaction\n${one}`, wanted: ['create-index framework1'], ineffective: ['first characters'] },

  { name: 'refinery', files: { 'Cargo.toml': '[dependencies]\nrefinery = "0.8"\n' }, path: 'migrations/V1__a.sql', text: one, wanted: ['create-index framework1'] },
  { name: 'Diesel', files: diesel, path: 'migrations/2024-01-01-000000_a/up.sql', text: one, wanted: ['create-index framework1'] },
  { name: 'Diesel, switched off', files: { ...diesel, 'migrations/2024-01-01-000000_a/metadata.toml': '# concurrently\nrun_in_transaction = false\n' }, path: 'migrations/2024-01-01-000000_a/up.sql', text: one, wanted: ['create-index -'] },
  { name: 'Diesel, switched off, but one text', files: { ...diesel, 'migrations/2024-01-01-000000_a/metadata.toml': 'run_in_transaction = false\n' }, path: 'migrations/2024-01-01-000000_a/up.sql', text: two, wanted: ['create-index text1', 'create-index text1'] },

  { name: 'Prisma, one statement', files: prisma('^6.2.0'), path: 'prisma/migrations/20240101000000_a/migration.sql', text: one, wanted: ['create-index -'] },
  { name: 'Prisma before 7.4', files: prisma('^7.3.0'), path: 'prisma/migrations/20240101000000_a/migration.sql', text: mixed, wanted: ['add-column text1', 'create-index text1'] },
  { name: 'Prisma 7.4 splits', files: prisma('~7.4.0'), path: 'prisma/migrations/20240101000000_a/migration.sql', text: mixed, wanted: ['add-column -', 'create-index -'] },
  { name: 'Prisma 7.4 splits for CREATE INDEX CONCURRENTLY only', files: prisma('8'), path: 'prisma/migrations/20240101000000_a/migration.sql', text: 'ALTER TABLE t ADD COLUMN a bigint;\nALTER TABLE t ADD COLUMN b bigint;\n', wanted: ['add-column text1', 'add-column text1'] },
  { name: 'Prisma 7.4 cannot read DROP INDEX CONCURRENTLY', files: prisma('7.4.1'), path: 'prisma/migrations/20240101000000_a/migration.sql', text: `DROP INDEX CONCURRENTLY j;\n${one}`, wanted: ['drop-index text1', 'create-index text1'] },
  { name: 'Prisma of an unknown release', files: prisma('catalog:'), path: 'prisma/migrations/20240101000000_a/migration.sql', text: mixed, wanted: ['add-column text1', 'create-index text1'] },

  { name: 'Drizzle', files: drizzle('postgresql'), path: 'drizzle/0000_a.sql', text: 'ALTER TABLE "t" ADD COLUMN "a" bigint;--> statement-breakpoint\nCREATE INDEX "i" ON "t" ("a");\n', wanted: ['add-column framework1', 'create-index framework1'] },
  { name: 'Drizzle, the commit in between', files: drizzle('postgresql'), path: 'drizzle/0000_a.sql', text: 'COMMIT;--> statement-breakpoint\nCREATE INDEX CONCURRENTLY "i" ON "t" ("a");--> statement-breakpoint\nBEGIN;\n', wanted: ['commit framework1', 'create-index -', 'begin begin2'] },
  { name: 'Drizzle on MySQL, whose comments need a space', files: drizzle('mysql'), path: 'drizzle/0000_a.sql', text: 'ALTER TABLE `t` ADD `a` int;--> statement-breakpoint\nALTER TABLE `t` ADD `b` int\n--> statement-breakpoint\nCREATE INDEX `i` ON `t` (`a`);', wanted: ['add-column -', 'add-column -', 'create-index -'] },

  { name: 'Supabase runs what refuses by itself', path: 'supabase/migrations/20240101000000_a.sql', text: mixed, wanted: ['add-column text1', 'create-index -'] },
  { name: 'Supabase before 2.109', files: { 'package.json': '{"devDependencies":{"supabase":"^2.40.0"}}' }, path: 'supabase/migrations/20240101000000_a.sql', text: one, wanted: ['create-index framework1'] },
  { name: 'Hasura', path: 'migrations/default/1690000000001_a/up.sql', text: one, wanted: ['create-index framework1'] },

  { name: 'sqitch adds nothing', files: { 'sqitch.plan': '%project=x\n\na 2024-01-01T00:00:00Z A <a@b.c>\n' }, path: 'deploy/a.sql', text: `BEGIN;\nALTER TABLE t ADD COLUMN a bigint;\nCOMMIT;\n${one}`, wanted: ['begin begin1', 'add-column begin1', 'commit begin1', 'create-index -'] },

  { name: 'Liquibase: each changeset a transaction', path: 'changelog/1.sql', text: liquibase('--changeset a:1\nALTER TABLE t ADD COLUMN a bigint;\nALTER TABLE t ADD COLUMN b bigint;\n--rollback ALTER TABLE t DROP COLUMN a;\n\n--changeset a:2\nALTER TABLE t ADD COLUMN c bigint;\n'), wanted: ['add-column framework1', 'add-column framework1', 'add-column framework2'] },
  { name: 'Liquibase, switched off for one', path: 'changelog/1.sql', text: liquibase(`--changeset a:1\nALTER TABLE t ADD COLUMN a bigint;\n-- changeset a:2 runInTransaction:false\n${two}/* liquibase rollback\nDROP INDEX i;\n*/\n`), wanted: ['add-column framework1', 'create-index -', 'create-index -'] },
  { name: 'Liquibase, switched off, sent whole', path: 'changelog/1.sql', text: liquibase(`--changeset a:1 runInTransaction:false splitStatements:false\n${two}`), wanted: ['create-index text1', 'create-index text1'] },
  { name: 'Liquibase, misspelt', path: 'changelog/1.sql', text: liquibase(`--changeset a:1 runInTransaction: false\n${one}`), wanted: ['create-index framework1'], ineffective: ['without space'] },
  { name: 'Liquibase, its own delimiter', path: 'changelog/1.sql', text: liquibase('--changeset a:1 endDelimiter:/\nALTER TABLE t ADD COLUMN a bigint DEFAULT 4/2\n/\nALTER TABLE t ADD COLUMN b bigint\n/\n--changeset a:2 splitStatements:true endDelimiter://\nUPDATE t SET a = 1 WHERE note = \'http://x\'//\nALTER TABLE t ADD COLUMN c bigint//\n'), wanted: ['add-column framework1', 'add-column framework1', 'update-rows framework2', 'add-column framework2'] },
  { name: 'Liquibase, for one server and ignored', path: 'changelog/1.sql', text: liquibase('--changeset a:1 dbms:mysql\nALTER TABLE t MODIFY a int;\n--changeset a:2 dbms:postgresql,h2\nALTER TABLE t ADD COLUMN a bigserial;\n--changeset a:3 dbms:!postgresql\nDROP TABLE t;\n--changeset a:4 dbms:!oracle\nALTER TABLE t ADD COLUMN b jsonb;\n--changeset a:5 ignore:true\nDROP TABLE t;\n--changeset a:6\n--ignoreLines:start\nDROP TABLE t;\n--ignoreLines:end\nALTER TABLE t ADD COLUMN c bytea;\n--ignoreLines:1\nDROP TABLE t;\n'), wanted: ['add-column framework1', 'add-column framework2', 'add-column framework3'] },
  { name: 'Liquibase on MySQL, whose comments need a space', path: 'changelog/1.mysql.sql', text: liquibase('--changeset a:1\n--preconditions onFail:MARK_RAN\n--precondition-sql-check expectedResult:0 SELECT count(*) FROM t\nALTER TABLE `t` ADD `a` int UNSIGNED;\n--rollback ALTER TABLE `t` DROP COLUMN `a`;\n'), wanted: ['add-column -'] },

  { name: 'Atlas', files: atlas, path: 'm/1.sql', text: one, wanted: ['create-index framework1'] },
  { name: 'Atlas, switched off', files: atlas, path: 'm/1.sql', text: `-- atlas:txmode none\n\n${two}`, wanted: ['create-index -', 'create-index -'] },
  { name: 'Atlas, switched off among others, with CRLF', files: atlas, path: 'm/1.sql', text: `-- Index t.\r\n-- atlas:txmode none\r\n\r\n${one}`, wanted: ['create-index -'] },
  { name: 'Atlas, no empty line after it', files: atlas, path: 'm/1.sql', text: `-- atlas:txmode none\n${one}`, wanted: ['create-index framework1'], ineffective: ['an empty line follows'] },
  { name: 'Atlas, not at the top', files: atlas, path: 'm/1.sql', text: `\n-- atlas:txmode none\n\n${one}`, wanted: ['create-index framework1'], ineffective: ['first lines'] },
  { name: 'Atlas, called without transactions', files: { ...atlas, 'Makefile': 'deploy:\n\tatlas migrate apply --tx-mode none\n' }, path: 'm/1.sql', text: one, wanted: ['create-index -'] },
  { name: 'Atlas, its own delimiter', files: atlas, path: 'm/1.sql', text: '-- atlas:delimiter \\n\\n\n\nALTER TABLE t ADD COLUMN a bigint\n\nALTER TABLE t ADD COLUMN b bigint\n', wanted: ['add-column framework1', 'add-column framework1'] },

  { name: 'graphile-migrate', files: { 'm/current.sql': '' }, path: 'm/committed/000001.sql', text: `--! Previous: -\n--! Hash: sha1:x\n\n${mixed}`, wanted: ['add-column framework1', 'create-index framework1'] },
  { name: 'graphile-migrate, switched off', files: { 'm/current.sql': '' }, path: 'm/committed/000001.sql', text: `--! Previous: -\n--! Hash: sha1:x\n\n--! no-transaction\n${one}`, wanted: ['create-index -'] },
  { name: 'graphile-migrate, switched off in current', files: { 'm/committed/000001.sql': '' }, path: 'm/current.sql', text: `--! no-transaction\n${two}`, wanted: ['create-index text1', 'create-index text1'] },
  { name: 'graphile-migrate, too late', files: { 'm/committed/000001.sql': '' }, path: 'm/current.sql', text: `-- Index t.\n--! no-transaction\n${one}`, wanted: ['create-index framework1'], ineffective: ['first line'] },

  { name: 'node-pg-migrate', path: 'm/1_a.sql', text: `-- Up Migration\n${mixed}-- Down Migration\nDROP TABLE t;\n`, wanted: ['add-column framework1', 'create-index framework1'] },
  { name: 'node-pg-migrate, no markers', files: { 'package.json': '{"dependencies":{"node-pg-migrate":"7"}}' }, path: 'migrations/1_a.sql', text: one, wanted: ['create-index framework1'] },
  { name: 'db-migrate', path: 'migrations/sqls/20240101000000-a-up.sql', text: one, wanted: ['create-index framework1'] },
  { name: 'db-migrate, switched off', files: { 'package.json': '{"scripts":{"migrate":"db-migrate up --non-transactional"}}' }, path: 'migrations/sqls/20240101000000-a-up.sql', text: one, wanted: ['create-index -'] },
  { name: 'pop', path: 'm/1_a.postgres.up.sql', text: one, wanted: ['create-index framework1'] },
  { name: 'pop, switched off', path: 'm/1_a.postgres.autocommit.up.sql', text: one, wanted: ['create-index -'] },

  { name: 'nobody\'s files', path: 'migrations/001_a.sql', text: mixed, wanted: ['add-column -', 'create-index -'] },
  { name: 'nobody\'s files, BEGIN and COMMIT', path: 'migrations/001_a.sql', text: `BEGIN;\nALTER TABLE t ADD COLUMN a bigint;\nCOMMIT;\n${one}START TRANSACTION;\nALTER TABLE t ADD COLUMN b bigint;\nROLLBACK;\n`, wanted: ['begin begin1', 'add-column begin1', 'commit begin1', 'create-index -', 'begin begin2', 'add-column begin2', 'rollback begin2'] },
  { name: 'nobody\'s files, wrapped by the configuration', sql: { transaction: 'wrapped' }, path: 'migrations/001_a.sql', text: mixed, wanted: ['add-column framework1', 'create-index framework1'] },
  { name: 'nobody\'s files, sent whole by the configuration', sql: { transaction: 'whole' }, path: 'migrations/001_a.sql', text: mixed, wanted: ['add-column text1', 'create-index text1'] },
  { name: 'nobody\'s files, the tool by the configuration', sql: { tool: 'goose' }, path: 'migrations/001_a.sql', text: `-- +goose NO TRANSACTION\n-- +goose up\n${one}-- +goose Down\nDROP TABLE t;\n`, wanted: ['create-index -'] },
  { name: 'nobody\'s files with a heading for the way back', path: 'migrations/001_a.sql', text: `${one}\n-- Down\nDROP TABLE t;\n`, wanted: ['create-index -'] },
  { name: 'sql-migrate', path: 'm/1_a.sql', text: `-- +migrate Up\n${one}-- +migrate Down\nDROP TABLE t;\n`, wanted: ['create-index framework1'] },
  { name: 'sql-migrate, switched off', path: 'm/1_a.sql', text: `-- +migrate Up notransaction\n${two}-- +migrate Down\nDROP TABLE t;\n`, wanted: ['create-index -', 'create-index -'] },
  { name: 'tern', path: 'm/1_a.sql', text: `${one}---- create above / drop below ----\nDROP TABLE t;\n`, wanted: ['create-index framework1'] },
];

describe('what a tool deploys of a file, and in which transaction', () => {
  it.each(cases)('$name', async ({ files, path, text, wanted, sql, ineffective }) => {
    const project = await projectOf({ ...files, [path]: text });
    const migration = await migrationOf(project, path, { ...defaultConfig, sql: { tool: null, transaction: null, ...sql } });
    expect(transactionsOf(migration)).toEqual(wanted);
    const reasons = migration.problems.map((problem) => (problem.kind === 'ineffective-transaction-flag' ? problem.reason : `${problem.kind} ${'message' in problem ? problem.message : ''}`));
    expect(reasons).toEqual((ineffective ?? []).map((words) => expect.stringContaining(words)));
    for (const { at, statement } of migration.operations) {
      expect(at.start).toBeGreaterThanOrEqual(statement.start);
      expect(text.slice(statement.start, statement.end)).toMatch(/^[A-Z]/);
    }
  });
});
