import { describe, expect, it } from 'vitest';
import { lint } from '../../src/lint.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { openFrontEnd } from '../../src/frameworks/open.ts';
import { olderFiles } from '../../src/lint/older-files.ts';
import type { Migration } from '../../src/operations/index.ts';
import type { MigrationFile } from '../../src/project/migration-file.ts';
import { commit, git, repository } from '../repository.ts';
import { openIn } from '../frameworks/open.ts';

/** A repository whose files are merged, and one more that is new. */
async function branch(merged: readonly string[], added: string, more: Readonly<Record<string, string>> = {}) {
  const name = (at: number) => `m/${at + 1}_x.up.sql`;
  const directory = repository({ 'compose.yml': 'image: postgres:15\n', ...Object.fromEntries(merged.map((text, at) => [name(at), text])), ...more });
  git(directory, 'checkout', '-q', '-b', 'topic');
  commit(directory, 'topic', { [name(merged.length)]: added });
  return openIn(directory);
}

/** The texts that are replayed before the new file. */
async function replayed(merged: readonly string[], added: string): Promise<string[]> {
  const project = await branch(merged, added);
  const set = project.sets[0]!;
  const frontEnd = await openFrontEnd(set, project.workspace, defaultConfig);
  const parse = async (file: MigrationFile): Promise<Migration | null> => {
    const text = file.read();
    return 'source' in text ? frontEnd.parse(text.source) : null;
  };
  const reported = new Map<MigrationFile, Migration>();
  for (const file of set.files) if (file.reported) reported.set(file, (await parse(file))!);
  return [...(await olderFiles(set, reported, parse)).keys()].map((file) => merged[Number(/\d+/.exec(file.path)?.[0]) - 1] ?? file.path);
}

async function found(merged: readonly string[], added: string, more: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const result = await lint(await branch(merged, added, more), { config: defaultConfig, directives: { inlineConfig: true, unused: 'warn', suggest: () => null } });
  return result.files.flatMap(({ diagnostics }) => diagnostics.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}

const users = 'CREATE TABLE users (id bigint PRIMARY KEY, email text, note varchar(20));\n';
const orders = 'CREATE TABLE orders (id bigint PRIMARY KEY, placed_at timestamptz);\n';
const index = 'CREATE UNIQUE INDEX users_email ON users (email);\n';

describe('the older files that are replayed', () => {
  it.each<readonly [string, readonly string[], string, readonly string[]]>([
    ['that speak of a table', [users, orders, index], 'ALTER TABLE users ADD COLUMN a text;\n', [users, index]],
    ['in other letters, in quotes', ['CREATE TABLE "Users" (id int);\n', 'create table USERS (id int);\n', orders], 'ALTER TABLE users DROP COLUMN a;\n', ['CREATE TABLE "Users" (id int);\n', 'create table USERS (id int);\n']],
    ['not those with a longer word', [users, 'CREATE TABLE users_archive (id int);\n'], 'ALTER TABLE users DROP COLUMN a;\n', [users]],
    ['that made an index, and its table', [users, orders, index, 'ALTER TABLE users ADD COLUMN z text;\n'], 'DROP INDEX CONCURRENTLY users_email;\n', [users, index, 'ALTER TABLE users ADD COLUMN z text;\n']],
    ['that made an index without a name', [users, orders, 'CREATE INDEX ON users (email);\n'], 'DROP INDEX users_email_idx;\n', [users, 'CREATE INDEX ON users (email);\n']],
    ['that made an index which was renamed since', [users, orders, index, 'ALTER INDEX users_email RENAME TO people_email;\n'], 'REINDEX INDEX people_email;\n', [users, index, 'ALTER INDEX users_email RENAME TO people_email;\n']],
    ['under the table\'s earlier names', ['CREATE TABLE a (id int);\n', orders, 'ALTER TABLE a RENAME TO b;\n', 'ALTER TABLE b RENAME TO c;\n'], 'ALTER TABLE c DROP COLUMN d;\n', ['CREATE TABLE a (id int);\n', 'ALTER TABLE a RENAME TO b;\n', 'ALTER TABLE b RENAME TO c;\n']],
    ['that made a type, and the tables that use it', ['CREATE TYPE mood AS ENUM (\'a\', \'b\');\n', users, 'ALTER TABLE orders ADD COLUMN mood_now mood;\n', orders], 'ALTER TYPE mood ADD VALUE \'c\';\n', ['CREATE TYPE mood AS ENUM (\'a\', \'b\');\n', 'ALTER TABLE orders ADD COLUMN mood_now mood;\n']],
    ['that made the domain of a new column', ['CREATE DOMAIN positive AS int CHECK (VALUE > 0);\n', users, orders], 'ALTER TABLE users ADD COLUMN age positive;\n', ['CREATE DOMAIN positive AS int CHECK (VALUE > 0);\n', users]],
    ['that made the function of a default', ['CREATE FUNCTION next_code() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT \'x\' $$;\n', users, orders], 'ALTER TABLE users ADD COLUMN code text DEFAULT next_code();\n', ['CREATE FUNCTION next_code() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT \'x\' $$;\n', users]],
    ['that made views of a table', [users, orders, 'CREATE VIEW active AS SELECT email FROM users;\n'], 'ALTER TABLE users ALTER COLUMN email TYPE varchar(100);\n', [users, 'CREATE VIEW active AS SELECT email FROM users;\n']],
    ['that made the table a key refers to, inline and not', [users, orders], 'CREATE TABLE visits (user_id bigint REFERENCES users);\nALTER TABLE visits ADD FOREIGN KEY (order_id) REFERENCES orders;\n', [users, orders]],
    ['that made the index a constraint takes over', [users, orders, index], 'ALTER TABLE users ADD CONSTRAINT u UNIQUE USING INDEX users_email;\n', [users, index]],
    ['that drop an index of the table without naming it', [users, index, 'DROP INDEX users_email;\n', 'DROP INDEX orders_placed_at;\n'], 'ALTER TABLE users DROP COLUMN note;\n', [users, index, 'DROP INDEX users_email;\n']],
    ['that drop a view of the table, after another name', [users, 'CREATE VIEW v AS SELECT email FROM users;\n', 'ALTER VIEW v RENAME TO w;\n', 'DROP VIEW w;\n'], 'ALTER TABLE users DROP COLUMN email;\n', [users, 'CREATE VIEW v AS SELECT email FROM users;\n', 'ALTER VIEW v RENAME TO w;\n', 'DROP VIEW w;\n']],
    ['that drop keys of tables that refer to it, and no more of those', [users, 'CREATE TABLE visits (user_id bigint, CONSTRAINT k FOREIGN KEY (user_id) REFERENCES users (id));\n', 'ALTER TABLE visits ADD COLUMN a text;\n', 'ALTER TABLE visits DROP CONSTRAINT k;\n', 'CREATE TABLE pages (visit_id bigint REFERENCES visits);\n'], 'ALTER TABLE users DROP CONSTRAINT users_pkey;\n', [users, 'CREATE TABLE visits (user_id bigint, CONSTRAINT k FOREIGN KEY (user_id) REFERENCES users (id));\n', 'ALTER TABLE visits DROP CONSTRAINT k;\n']],
    ['that drop a partition', ['CREATE TABLE log (at date) PARTITION BY RANGE (at);\n', 'CREATE TABLE log_2020 PARTITION OF log FOR VALUES FROM (\'2020-01-01\') TO (\'2021-01-01\');\n', 'DROP TABLE log_2020;\n'], 'CREATE INDEX i ON log (at);\n', ['CREATE TABLE log (at date) PARTITION BY RANGE (at);\n', 'CREATE TABLE log_2020 PARTITION OF log FOR VALUES FROM (\'2020-01-01\') TO (\'2021-01-01\');\n', 'DROP TABLE log_2020;\n']],
    ['none for what is everyday', [users, orders], 'CREATE TABLE visits (id uuid DEFAULT gen_random_uuid(), at timestamptz DEFAULT now(), note text);\n', []],
  ])('%s', async (_, merged, added, wanted) => {
    expect(await replayed(merged, added)).toEqual(wanted);
  });
});

describe('findings that need what older files say', () => {
  it('the table that an index stands on', async () => {
    expect(await found([users, index], 'DROP INDEX users_email;\n')).toEqual([expect.stringMatching(/^blocking-index-removal: .*"users"/)]);
  });

  it('a unique index in place of a stricter one fails on no row', async () => {
    expect(await found([users, index], 'CREATE UNIQUE INDEX CONCURRENTLY users_email_note ON users (email, note);\n')).toEqual([]);
  });

  it('a unique index that is gone proves nothing', async () => {
    expect(await found([users, index, 'DROP INDEX users_email;\n'], 'CREATE UNIQUE INDEX CONCURRENTLY users_email_note ON users (email, note);\n')).toEqual([expect.stringContaining('unique-index-on-existing-rows')]);
  });

  it('a longer text under its older name is free', async () => {
    expect(await found(['CREATE TABLE people (id bigint PRIMARY KEY, note varchar(20));\n', 'ALTER TABLE people RENAME TO users;\n'], 'ALTER TABLE users ALTER COLUMN note TYPE varchar(40);\n')).toEqual([]);
  });

  it('db/schema.sql of dbmate is the schema before', async () => {
    const migration = '-- migrate:up transaction:false\nALTER TABLE users ALTER COLUMN note TYPE varchar(40);\n-- migrate:down\n';
    const project = async (dump: string) => {
      const directory = repository({ 'db/schema.sql': dump, 'db/migrations/20240101000000_a.sql': '-- migrate:up\nSELECT 1;\n-- migrate:down\n' });
      git(directory, 'checkout', '-q', '-b', 'topic');
      commit(directory, 'topic', { 'db/migrations/20240102093011_b.sql': migration, 'db/schema.sql': `${dump}-- changed\n` });
      return lint(await openIn(directory), { config: defaultConfig, directives: { inlineConfig: true, unused: 'warn', suggest: () => null } });
    };
    const ids = (result: Awaited<ReturnType<typeof project>>) => result.files.flatMap(({ diagnostics }) => diagnostics.map(({ ruleId }) => ruleId));
    const version = 'INSERT INTO public.schema_migrations (version) VALUES\n    (\'20240101000000\');\n';
    expect(ids(await project(`CREATE TABLE public.users (id bigint NOT NULL, note character varying(20));\n${version}`))).toEqual([]);
    expect(ids(await project(`CREATE TABLE public.users (id bigint NOT NULL, note integer);\n${version}`))).toContain('rewriting-type-change');
  });
});
