import { describe, expect, it } from 'vitest';
import type { Engine, SqlTool } from '../../src/operations/index.ts';
import { parseSqlMigration } from '../../src/parsers/sql/migration.ts';
import { loadSqlParser } from '../../src/parsers/sql/parser.ts';
import { renderRemedy, uniqueIndexAlone, withoutTransaction } from '../../src/remedies/index.ts';
import type { RemedyContext } from '../../src/remedies/index.ts';
import { createSchema } from '../../src/schema/state.ts';
import { createSource } from '../../src/source/source.ts';
import { printSql } from '../../src/remedies/sql/print.ts';
import { column, createTable, foreignKey, name } from '../schema/deeds.ts';
import { engine, postgres } from './scene.ts';

const parsers = { postgres: await loadSqlParser('postgres'), mysql: await loadSqlParser('mysql') };

function read(tool: SqlTool, text: string, more: { path?: string; engine?: Engine; hasDownFile?: boolean } = {}): RemedyContext {
  const chosen = more.engine ?? postgres;
  const migration = parseSqlMigration(createSource(more.path ?? 'migrations/0005_change.sql', text), {
    engine: chosen, sql: chosen.name === 'mysql' ? parsers.mysql : parsers.postgres, tool, version: '0005', latestVersion: '0005', hasDownFile: more.hasDownFile ?? false,
    situation: { version: [], inTransaction: null, mixed: false, sending: null },
  });
  return { migration, engine: chosen, schema: createSchema({ complete: true }) };
}

/** The file that stays when the unique index or constraint is taken out of it. */
function rest(tool: SqlTool, text: string, more: Parameters<typeof read>[2] = {}) {
  const c = read(tool, text, more);
  const found = c.migration.operations.find((operation) => (operation.kind === 'create-index' && operation.index.unique) || operation.kind === 'add-unique');
  if (found?.kind !== 'create-index' && found?.kind !== 'add-unique') throw new Error('no unique index');
  return renderRemedy(uniqueIndexAlone(found, c), c).steps[0];
}

describe('a file without its unique index', () => {
  it('keeps markers and comments, and loses what takes the index back', () => {
    expect(rest('goose', `-- +goose Up
ALTER TABLE users ADD COLUMN handle text;
-- Looked up by the console.
CREATE UNIQUE INDEX users_email_key ON users (email); -- at most one

-- +goose Down
DROP INDEX users_email_key;
ALTER TABLE users DROP COLUMN handle;
`)).toMatchObject({ fileName: 'migrations/0005_change.sql', code: `-- +goose Up
ALTER TABLE users ADD COLUMN handle text;
-- Looked up by the console.

-- +goose Down
ALTER TABLE users DROP COLUMN handle;
` });
  });

  it('speaks of the way back in another file', () => {
    const step = rest('golang-migrate', 'ALTER TABLE users ADD COLUMN handle text;\nCREATE UNIQUE INDEX k ON users (email);\n', { path: 'migrations/0005_change.up.sql', hasDownFile: true });
    expect(step?.title).toContain('Take it out of the way back, too.');
    expect(step?.code).toBe('ALTER TABLE users ADD COLUMN handle text;\n');
  });

  it.each([
    ['the last', 'ALTER TABLE users\n  ADD COLUMN handle text,\n  ADD CONSTRAINT k UNIQUE (email);\n', 'ALTER TABLE users\n  ADD COLUMN handle text;\n'],
    ['the first', 'ALTER TABLE users\n  ADD CONSTRAINT k UNIQUE (email),\n  ADD COLUMN handle text;\n', 'ALTER TABLE users\n  ADD COLUMN handle text;\n'],
    ['one in the middle', 'ALTER TABLE users ADD COLUMN a text, ADD CONSTRAINT k UNIQUE (email), ADD COLUMN b text;\n', 'ALTER TABLE users ADD COLUMN a text, ADD COLUMN b text;\n'],
  ])('loses %s action of an ALTER TABLE', (_, text, left) => {
    expect(rest('hasura', text)?.code).toBe(left);
  });

  it('loses one action on MySQL', () => {
    expect(rest('dbmate', '-- migrate:up\nALTER TABLE `users` ADD COLUMN `a` int, ADD UNIQUE KEY `k` (`email`);\n\n-- migrate:down\n', { engine: engine('mysql', 8, 0) })?.code).toBe('-- migrate:up\nALTER TABLE `users` ADD COLUMN `a` int;\n\n-- migrate:down\n');
  });

  it('leaves no marker of Drizzle behind', () => {
    expect(rest('drizzle', 'ALTER TABLE "users" ADD COLUMN "handle" text;--> statement-breakpoint\nCREATE UNIQUE INDEX "k" ON "users" ("email");\n')?.code).toBe('ALTER TABLE "users" ADD COLUMN "handle" text;\n');
    expect(rest('drizzle', 'CREATE UNIQUE INDEX "k" ON "users" ("email");\n--> statement-breakpoint\nALTER TABLE "users" ADD COLUMN "handle" text;\n')?.code).toBe('ALTER TABLE "users" ADD COLUMN "handle" text;\n');
  });

  it('leaves no empty block of goose and no empty changeset of Liquibase behind', () => {
    const block = '-- +goose StatementBegin\nCREATE UNIQUE INDEX k ON users (email);\n-- +goose StatementEnd\n';
    expect(rest('goose', `-- +goose Up\nALTER TABLE users ADD COLUMN handle text;\n${block}`)?.code).toBe('-- +goose Up\nALTER TABLE users ADD COLUMN handle text;\n');
    const text = '--liquibase formatted sql\n--changeset a:1\nALTER TABLE users ADD COLUMN handle text;\n--rollback ALTER TABLE users DROP COLUMN handle;\n';
    expect(rest('liquibase', `${text}--changeset a:2\nCREATE UNIQUE INDEX k ON users (email);\n--rollback DROP INDEX k;\n`)?.code).toBe(text);
  });

  it('is not shown when the index cannot be cut out', () => {
    const step = rest('flyway', "DO $$ BEGIN ALTER TABLE users ADD COLUMN handle text; CREATE UNIQUE INDEX k ON users (email); END $$;\n");
    expect(step).toMatchObject({ code: null, fileName: null });
  });
});

it('knows what MySQL calls a foreign key without a name', () => {
  const schema = createSchema({ complete: true, engine: 'mysql' });
  schema.apply(createTable('orders', [column('id', 'bigint'), column('a', 'bigint'), column('b', 'bigint'), column('c', 'bigint')], { foreignKeys: [foreignKey(['a'], 'x'), foreignKey(['b'], 'x', { name: 'own' }), foreignKey(['c'], 'x')] }), { inChangeSet: false });
  const drop = (columns: readonly string[]) => printSql({ kind: 'drop-constraint', table: name('orders'), name: null, constraint: 'foreign-key', columns, references: null, ifExists: false, cascade: false }, engine('mysql', 8, 0), schema);
  expect(drop(['c'])).toEqual(['ALTER TABLE `orders` DROP FOREIGN KEY `orders_ibfk_2`']);
});

/** The remedy of a concurrent index in a transaction. */
function outside(tool: SqlTool, text: string, path?: string) {
  const c = read(tool, text, path === undefined ? {} : { path });
  return renderRemedy(withoutTransaction(c), c);
}

const index = 'CREATE INDEX CONCURRENTLY a ON users (name);\n';
const added = 'ALTER TABLE users ADD COLUMN handle text;\n';

describe('a concurrent index in a transaction', () => {
  it.each<[SqlTool, string, string, string]>([
    ['goose', `-- +goose Up\n${index}`, 'migrations/0005_change.sql', `-- +goose NO TRANSACTION\n-- +goose Up\n${index}`],
    ['dbmate', `-- migrate:up\n${index}\n-- migrate:down\nDROP INDEX a;\n`, 'migrations/0005_change.sql', `-- migrate:up transaction:false\n${index}\n-- migrate:down\nDROP INDEX a;\n`],
    ['sqlx', `-- By number.\n-- no-transaction\n${index}`, 'migrations/0005_change.sql', `-- no-transaction\n-- By number.\n${index}`],
    ['atlas', index, 'migrations/0005_change.sql', `-- atlas:txmode none\n\n${index}`],
    ['liquibase', `--liquibase formatted sql\n--changeset a:1\n${added}--changeset a:2 labels:x\n${index}`, 'migrations/0005_change.sql', `--liquibase formatted sql\n--changeset a:1\n${added}--changeset a:2 labels:x runInTransaction:false\n${index}`],
    ['diesel', index, 'migrations/metadata.toml', 'run_in_transaction = false\n'],
    ['sqitch', `-- Deploy a to pg\n\nBEGIN;\n\n${index}\nCOMMIT;\n`, 'migrations/0005_change.sql', `-- Deploy a to pg\n\n${index}`],
  ])('of %s stays in its file', (tool, text, fileName, code) => {
    const { steps } = outside(tool, text);
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ fileName, code });
    if (fileName.endsWith('.sql')) expect(read(tool, code).migration.operations.filter((operation) => operation.kind === 'create-index').map(({ transaction }) => transaction)).toEqual([null]);
  });

  it.each<[SqlTool, string, string]>([
    ['goose', `-- +goose Up\n${added}${index}`, `-- +goose Up\n${added}`], ['golang-migrate', `${added}${index}`, added], ['prisma', `${added}${index}`, added],
    ['sqlx', `${added}${index}`, added], ['flyway', `${added}${index}`, added],
  ])('beside other statements of %s gets a file of its own', (tool, text, kept) => {
    const [first, second] = outside(tool, text).steps;
    expect(first).toMatchObject({ fileName: 'migrations/0005_change.sql', code: kept });
    expect(second?.code).toContain('CREATE INDEX CONCURRENTLY a ON users (name);');
  });

  it.each<SqlTool>(['drizzle', 'refinery'])('of %s is run by hand', (tool) => {
    const { advice, steps } = outside(tool, index);
    expect(advice).toContain('by hand before the deployment');
    expect(steps.map((step) => step.code)).toEqual([index, expect.stringContaining('CREATE INDEX IF NOT EXISTS a ON users (name);')]);
  });

  it('of node-pg-migrate is written in JavaScript', () => {
    const { steps } = outside('node-pg-migrate', `-- Up Migration\n${index}`);
    expect(steps.map((step) => [step.language, step.fileName])).toEqual([['js', 'migrations/0006_add_index_to_users_on_name.js']]);
    expect(steps[0]?.code).toContain('pgm.noTransaction();\n  pgm.sql(`CREATE INDEX CONCURRENTLY a ON users (name)`);');
  });

  it('of pop says so in its name', () => {
    expect(outside('pop', index, 'migrations/20240102030405000000_change.postgres.up.sql').steps).toMatchObject([{ title: 'Rename it to "20240102030405000000_change.postgres.autocommit.up.sql".', code: null }]);
  });

  it('is one of two that a tool sends as one text', () => {
    const { steps } = outside('golang-migrate', `${index}CREATE INDEX CONCURRENTLY b ON users (email);\n`);
    expect(steps.map((step) => [step.fileName, step.code])).toEqual([
      ['migrations/0005_change.sql', index], ['migrations/0006_add_index_to_users_on_email.up.sql', 'CREATE INDEX CONCURRENTLY b ON users (email);\n'], ['migrations/0006_add_index_to_users_on_email.down.sql', 'DROP INDEX CONCURRENTLY b;\n'],
    ]);
  });
});
