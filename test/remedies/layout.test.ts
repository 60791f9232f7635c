import { describe, expect, it } from 'vitest';
import type { Engine, SqlTool } from '../../src/operations/index.ts';
import { parseSqlMigration } from '../../src/parsers/sql/migration.ts';
import { loadSqlParser } from '../../src/parsers/sql/parser.ts';
import { batchedBackfill, concurrentIndexRemoval, foreignKeyInTwoSteps, renderRemedy, uniqueIndexAlone } from '../../src/remedies/index.ts';
import type { Remedy, RemedyContext } from '../../src/remedies/index.ts';
import { createSource } from '../../src/source/source.ts';
import { column, createIndex, createTable, foreignKey, index, name } from '../schema/deeds.ts';
import { at, context, postgres, engine } from './scene.ts';

const before = [
  createTable('users', [column('id', 'bigint', [], { nullable: false }), column('email', 'text'), column('team_id', 'bigint')], { primaryKey: ['id'] }),
  createIndex(index('users', ['email'], { name: 'old_idx' })),
];

/** A tool, the file of a migration of it, and where the next ones go; the file's text where that says something. */
interface Case {
  readonly tool: SqlTool;
  readonly path: string;
  readonly text?: string;
  /** The files of a unique index, in order. */
  readonly index: readonly string[];
  /** What the first of them has to say to run outside a transaction; `null` for a tool that has to be left out of it. */
  readonly says: RegExp | null;
  /** The files of a foreign key that is validated in a second migration. */
  readonly key: readonly string[];
  readonly latest?: string;
  readonly version?: string;
  readonly down?: boolean;
}

const cases: readonly Case[] = [
  { tool: 'goose', path: 'migrations/00005_add_email.sql', index: ['migrations/00006_add_unique_index_to_users_on_email.sql'], says: /^-- \+goose NO TRANSACTION\n/, key: ['migrations/00006_add_foreign_key_to_users_on_team_id.sql', 'migrations/00007_validate_foreign_key_of_users_on_team_id.sql'] },
  { tool: 'dbmate', path: 'db/migrations/20240102030405_add_email.sql', index: ['db/migrations/YYYYMMDDHHMMSS_add_unique_index_to_users_on_email.sql'], says: /^-- migrate:up transaction:false\n/, key: ['db/migrations/YYYYMMDDHHMMSS_add_foreign_key_to_users_on_team_id.sql', 'db/migrations/YYYYMMDDHHMMSS_validate_foreign_key_of_users_on_team_id.sql'] },
  { tool: 'flyway', path: 'src/main/resources/db/migration/V12__add_email.sql', latest: '14', index: ['src/main/resources/db/migration/V15__add_unique_index_to_users_on_email.sql'], says: /transactional\.lock=false/, key: ['src/main/resources/db/migration/V15__add_foreign_key_to_users_on_team_id.sql', 'src/main/resources/db/migration/V16__validate_foreign_key_of_users_on_team_id.sql'] },
  { tool: 'flyway', path: 'sql/V1_09_3__AddEmail.sql', latest: '1.09.3', down: true, index: ['sql/V1_09_4__AddUniqueIndexToUsersOnEmail.sql', 'sql/U1_09_4__AddUniqueIndexToUsersOnEmail.sql'], says: /CONCURRENTLY/, key: ['sql/V1_09_4__AddForeignKeyToUsersOnTeamId.sql', 'sql/U1_09_4__AddForeignKeyToUsersOnTeamId.sql', 'sql/V1_09_5__ValidateForeignKeyOfUsersOnTeamId.sql'] },
  { tool: 'golang-migrate', path: 'migrations/000009_add_email.up.sql', index: ['migrations/000010_add_unique_index_to_users_on_email.up.sql', 'migrations/000010_add_unique_index_to_users_on_email.down.sql'], says: /CONCURRENTLY/, key: ['migrations/000010_add_foreign_key_to_users_on_team_id.up.sql', 'migrations/000010_add_foreign_key_to_users_on_team_id.down.sql', 'migrations/000011_validate_foreign_key_of_users_on_team_id.up.sql'] },
  { tool: 'sqlx', path: 'migrations/20240102030405_add_email.sql', index: ['migrations/YYYYMMDDHHMMSS_add_unique_index_to_users_on_email.sql'], says: /^-- no-transaction\n/, key: ['migrations/YYYYMMDDHHMMSS_add_foreign_key_to_users_on_team_id.sql', 'migrations/YYYYMMDDHHMMSS_validate_foreign_key_of_users_on_team_id.sql'] },
  { tool: 'sqlx', path: 'migrations/3_add-email.up.sql', index: ['migrations/4_add-unique-index-to-users-on-email.up.sql', 'migrations/4_add-unique-index-to-users-on-email.down.sql'], says: /^-- no-transaction\n/, key: ['migrations/4_add-foreign-key-to-users-on-team-id.up.sql', 'migrations/4_add-foreign-key-to-users-on-team-id.down.sql', 'migrations/5_validate-foreign-key-of-users-on-team-id.up.sql'] },
  { tool: 'refinery', path: 'migrations/V3__add_email.sql', index: ['migrations/V4__add_unique_index_to_users_on_email.sql'], says: null, key: ['migrations/V4__add_foreign_key_to_users_on_team_id.sql', 'migrations/V5__validate_foreign_key_of_users_on_team_id.sql'] },
  { tool: 'diesel', path: 'migrations/2024-01-02-030405_add_email/up.sql', index: ['migrations/YYYY-MM-DD-HHMMSS_add_unique_index_to_users_on_email/up.sql', 'migrations/YYYY-MM-DD-HHMMSS_add_unique_index_to_users_on_email/down.sql', 'migrations/YYYY-MM-DD-HHMMSS_add_unique_index_to_users_on_email/metadata.toml'], says: /CONCURRENTLY/, key: ['migrations/YYYY-MM-DD-HHMMSS_add_foreign_key_to_users_on_team_id/up.sql', 'migrations/YYYY-MM-DD-HHMMSS_add_foreign_key_to_users_on_team_id/down.sql', 'migrations/YYYY-MM-DD-HHMMSS_validate_foreign_key_of_users_on_team_id/up.sql'] },
  { tool: 'prisma', path: 'prisma/migrations/20240102030405_add_email/migration.sql', index: ['prisma/migrations/YYYYMMDDHHMMSS_add_unique_index_to_users_on_email/migration.sql'], says: /CONCURRENTLY/, key: ['prisma/migrations/YYYYMMDDHHMMSS_add_foreign_key_to_users_on_team_id/migration.sql', 'prisma/migrations/YYYYMMDDHHMMSS_validate_foreign_key_of_users_on_team_id/migration.sql'] },
  { tool: 'drizzle', path: 'drizzle/0005_cute_hulk.sql', index: ['drizzle/0006_add_unique_index_to_users_on_email.sql'], says: null, key: ['drizzle/0006_add_foreign_key_to_users_on_team_id.sql', 'drizzle/0007_validate_foreign_key_of_users_on_team_id.sql'] },
  { tool: 'drizzle', path: 'drizzle/20240102030405_cute_hulk/migration.sql', index: ['drizzle/YYYYMMDDHHMMSS_add_unique_index_to_users_on_email/migration.sql'], says: null, key: ['drizzle/YYYYMMDDHHMMSS_add_foreign_key_to_users_on_team_id/migration.sql', 'drizzle/YYYYMMDDHHMMSS_validate_foreign_key_of_users_on_team_id/migration.sql'] },
  { tool: 'supabase', path: 'supabase/migrations/20240102030405_add_email.sql', index: ['supabase/migrations/YYYYMMDDHHMMSS_add_unique_index_to_users_on_email.sql'], says: /CONCURRENTLY/, key: ['supabase/migrations/YYYYMMDDHHMMSS_add_foreign_key_to_users_on_team_id.sql', 'supabase/migrations/YYYYMMDDHHMMSS_validate_foreign_key_of_users_on_team_id.sql'] },
  { tool: 'supabase', version: '2.90', path: 'supabase/migrations/20240102030405_add_email.sql', index: ['supabase/migrations/YYYYMMDDHHMMSS_add_unique_index_to_users_on_email.sql'], says: null, key: ['supabase/migrations/YYYYMMDDHHMMSS_add_foreign_key_to_users_on_team_id.sql', 'supabase/migrations/YYYYMMDDHHMMSS_validate_foreign_key_of_users_on_team_id.sql'] },
  { tool: 'hasura', path: 'hasura/migrations/default/1704164645000_add_email/up.sql', index: ['hasura/migrations/default/1704164645001_add_unique_index_to_users_on_email/up.sql', 'hasura/migrations/default/1704164645001_add_unique_index_to_users_on_email/down.sql'], says: null, key: ['hasura/migrations/default/1704164645001_add_foreign_key_to_users_on_team_id/up.sql', 'hasura/migrations/default/1704164645001_add_foreign_key_to_users_on_team_id/down.sql', 'hasura/migrations/default/1704164645002_validate_foreign_key_of_users_on_team_id/up.sql'] },
  { tool: 'sqitch', path: 'db/deploy/add-email.sql', text: '-- Deploy shop:add-email to pg\nBEGIN;\nCOMMIT;\n', index: ['db/deploy/add-unique-index-to-users-on-email.sql', 'db/revert/add-unique-index-to-users-on-email.sql'], says: /^-- Deploy shop:add-unique-index-to-users-on-email to pg\n\n(?!BEGIN)/, key: ['db/deploy/add-foreign-key-to-users-on-team-id.sql', 'db/revert/add-foreign-key-to-users-on-team-id.sql', 'db/deploy/validate-foreign-key-of-users-on-team-id.sql', 'db/revert/validate-foreign-key-of-users-on-team-id.sql'] },
  { tool: 'liquibase', path: 'changelog/005-add-email.sql', text: '--liquibase formatted sql\n--changeset mira:5\nSELECT 1;\n', index: ['changelog/006-add-unique-index-to-users-on-email.sql'], says: /^--liquibase formatted sql\n\n--changeset mira:add-unique-index-to-users-on-email runInTransaction:false\n/, key: ['changelog/006-add-foreign-key-to-users-on-team-id.sql', 'changelog/007-validate-foreign-key-of-users-on-team-id.sql'] },
  { tool: 'atlas', path: 'migrations/20240102030405_add_email.sql', index: ['migrations/YYYYMMDDHHMMSS_add_unique_index_to_users_on_email.sql'], says: /^-- atlas:txmode none\n\n/, key: ['migrations/YYYYMMDDHHMMSS_add_foreign_key_to_users_on_team_id.sql', 'migrations/YYYYMMDDHHMMSS_validate_foreign_key_of_users_on_team_id.sql'] },
  { tool: 'graphile-migrate', path: 'migrations/committed/000005.sql', index: ['migrations/current.sql'], says: /^--! no-transaction\n/, key: ['migrations/current.sql', 'migrations/current.sql'] },
  { tool: 'node-pg-migrate', path: 'migrations/1704164645000_add-email.sql', index: ['migrations/1704164645001_add-unique-index-to-users-on-email.js'], says: /pgm\.noTransaction\(\);/, key: ['migrations/1704164645001_add-foreign-key-to-users-on-team-id.sql', 'migrations/1704164645002_validate-foreign-key-of-users-on-team-id.sql'] },
  { tool: 'db-migrate', path: 'migrations/sqls/20240102030405-add-email-up.sql', index: ['migrations/sqls/YYYYMMDDHHMMSS-add-unique-index-to-users-on-email-up.sql', 'migrations/sqls/YYYYMMDDHHMMSS-add-unique-index-to-users-on-email-down.sql'], says: null, key: ['migrations/sqls/YYYYMMDDHHMMSS-add-foreign-key-to-users-on-team-id-up.sql', 'migrations/sqls/YYYYMMDDHHMMSS-add-foreign-key-to-users-on-team-id-down.sql', 'migrations/sqls/YYYYMMDDHHMMSS-validate-foreign-key-of-users-on-team-id-up.sql', 'migrations/sqls/YYYYMMDDHHMMSS-validate-foreign-key-of-users-on-team-id-down.sql'] },
  { tool: 'pop', path: 'migrations/20240102030405000000_add_email.postgres.up.sql', index: ['migrations/YYYYMMDDHHMMSS000000_add_unique_index_to_users_on_email.postgres.autocommit.up.sql', 'migrations/YYYYMMDDHHMMSS000000_add_unique_index_to_users_on_email.postgres.autocommit.down.sql'], says: /CONCURRENTLY/, key: ['migrations/YYYYMMDDHHMMSS000000_add_foreign_key_to_users_on_team_id.postgres.up.sql', 'migrations/YYYYMMDDHHMMSS000000_add_foreign_key_to_users_on_team_id.postgres.down.sql', 'migrations/YYYYMMDDHHMMSS000000_validate_foreign_key_of_users_on_team_id.postgres.up.sql'] },
  { tool: 'sql', path: 'db/migrate/005.add_email.sql', index: ['db/migrate/006.add_unique_index_to_users_on_email.sql'], says: /CONCURRENTLY/, key: ['db/migrate/006.add_foreign_key_to_users_on_team_id.sql', 'db/migrate/007.validate_foreign_key_of_users_on_team_id.sql'] },
];

const unique = at({ kind: 'create-index', index: index('users', ['email'], { name: 'users_email_key', unique: true }), concurrently: false, ifNotExists: false, only: false, algorithm: null, lock: null });
const removal = at({ kind: 'drop-index', table: null, name: name('old_idx'), columns: [], concurrently: false, ifExists: false, cascade: false, algorithm: null, lock: null });
const key = foreignKey(['team_id'], 'users', { name: 'team_key' });

function contextOf({ tool, path, text = '', latest, version, down }: Case, chosen: Engine = postgres): RemedyContext {
  const digits = /^V?(\d+)/.exec(path.split('/').at(-1) ?? '')?.[1] ?? null;
  return context(before, {
    engine: chosen, text, framework: tool, language: 'sql', source: createSource(path, text), version: digits, latestVersion: latest ?? null, frameworkVersion: version ?? null, transaction: tool === 'db-migrate' ? 'wrapped' : 'none',
    down: down ? { kind: 'written', operations: [] } : { kind: 'missing' },
  });
}

const filesOf = (remedy: Remedy, c: RemedyContext) => renderRemedy(remedy, c).steps.filter((step) => step.fileName !== null);
const byHandOf = (remedy: Remedy, c: RemedyContext) => renderRemedy(remedy, c).steps.filter((step) => step.fileName === null && /by hand/.test(step.title));
const parse = await loadSqlParser('postgres');

/** The transactions that the operations of a rendered file run in, as its tool runs it. */
function transactionsIn(file: { fileName: string | null; code: string | null }, one: Case, settings = '') {
  const path = file.fileName ?? '';
  const inTransaction = one.tool === 'pop' ? (path.includes('.autocommit.') ? false : null) : settings === '' ? null : !/false/.test(settings);
  const migration = parseSqlMigration(createSource(path, file.code ?? ''), {
    engine: postgres, sql: parse, tool: one.tool, version: null, latestVersion: null, hasDownFile: false, situation: { version: (one.version ?? '').split('.').filter(Boolean).map(Number), inTransaction, mixed: false, sending: null },
  });
  expect(migration.problems).toEqual([]);
  return migration.operations.filter(({ kind }) => kind !== 'begin' && kind !== 'commit').map(({ transaction }) => transaction);
}

describe.each(cases)('$tool: $path', (one) => {
  it('gets a concurrent index outside a transaction, or by hand', () => {
    const c = contextOf(one);
    const remedy = uniqueIndexAlone(unique, c);
    const files = filesOf(remedy, c);
    expect(files.map((file) => file.fileName)).toEqual(one.index);
    const first = files[0];
    const byHand = byHandOf(remedy, c);
    if (one.says === null) {
      expect(byHand.map((step) => step.code)).toEqual([expect.stringContaining('CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);')]);
      expect(first?.code).toContain('CREATE UNIQUE INDEX IF NOT EXISTS users_email_key ON users (email);');
      return;
    }
    expect(byHand).toEqual([]);
    expect(first?.code).toMatch(one.says);
    expect(first?.code).toContain('CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email)');
    if (first?.language === 'sql') expect(new Set(transactionsIn(first, one, files.find((file) => file.language === 'text')?.code ?? ''))).toEqual(new Set([null]));
  });

  it('runs the rest in a transaction', () => {
    const c = contextOf(one);
    const files = filesOf(foreignKeyInTwoSteps(name('users'), key, c), c);
    expect(files.map((file) => file.fileName)).toEqual(one.key);
    const ways = files.filter((file) => !/down\.sql$|revert\/|(?:^|\/)U\d/.test(file.fileName ?? ''));
    expect(ways.map((file) => (file.code?.match(/ADD CONSTRAINT team_key .*NOT VALID;|VALIDATE CONSTRAINT team_key;/) ?? [])[0])).toEqual(['ADD CONSTRAINT team_key FOREIGN KEY (team_id) REFERENCES users NOT VALID;', 'VALIDATE CONSTRAINT team_key;']);
  });

  it('removes an index concurrently and can put it back', () => {
    const c = contextOf(one);
    const remedy = concurrentIndexRemoval(removal, c);
    const steps = renderRemedy(remedy, c).steps;
    const up = steps.find((step) => step.fileName === null ? one.says === null : true);
    expect(up?.code).toContain('DROP INDEX CONCURRENTLY old_idx');
    const back = steps.map((step) => step.code).join('\n');
    const noWayBack = ['prisma', 'drizzle', 'supabase', 'atlas', 'graphile-migrate', 'refinery', 'sql'].includes(one.tool) || ((one.tool === 'flyway' || one.tool === 'sqlx') && one.index.length === 1);
    expect(/CREATE INDEX (?:CONCURRENTLY )?(?:IF NOT EXISTS )?old_idx ON users \(email\)/.test(back)).toBe(!noWayBack);
  });

  it('changes rows in batches that commit by themselves, or by hand', () => {
    const c = contextOf(one);
    const text = "UPDATE users SET email = '' WHERE email IS NULL";
    const rows = context(before, { ...c.migration, text, source: createSource(one.path, text) });
    const update = at({ kind: 'update-rows', table: name('users'), columns: ['email'], scope: 'filtered', where: 'email IS NULL', mode: { by: 'statement', batchedRead: false, model: null } }, text, text);
    const remedy = batchedBackfill({ ...update, language: 'sql' }, rows);
    const files = filesOf(remedy, rows);
    const byHand = byHandOf(remedy, rows);
    const code = [...files, ...byHand].map((step) => step.code).join('\n');
    expect(code).toContain('COMMIT;');
    expect(byHand.length).toBe(one.says === null || one.tool === 'supabase' ? 1 : 0);
    if (byHand.length > 0) expect(files).toEqual([]);
    else if (files[0]?.language === 'sql') expect(new Set(transactionsIn(files[0], one, files.find((file) => file.language === 'text')?.code ?? ''))).toEqual(new Set([null]));
  });
});

describe('a tool that sends a file as one text', () => {
  it('gets a file for each statement that runs outside a transaction', () => {
    const one = cases.find(({ tool }) => tool === 'golang-migrate');
    if (!one) throw new Error('no golang-migrate');
    const c = contextOf(one);
    const steps = renderRemedy({ advice: '', steps: [{ kind: 'migration', name: 'Two', transaction: false, down: null, up: ['a', 'b'].map((title) => ({ kind: 'operation', deed: { ...unique, index: index('users', ['email'], { name: title }), concurrently: true } })) }] }, c).steps;
    expect(steps.map((step) => [step.fileName, step.code])).toEqual([
      ['migrations/000010_two.up.sql', 'CREATE INDEX CONCURRENTLY a ON users (email);\n'], ['migrations/000010_two.down.sql', 'DROP INDEX CONCURRENTLY a;\n'],
      ['migrations/000011_two_part_2.up.sql', 'CREATE INDEX CONCURRENTLY b ON users (email);\n'], ['migrations/000011_two_part_2.down.sql', 'DROP INDEX CONCURRENTLY b;\n'],
    ]);
  });
});

describe('MySQL', () => {
  it.each(cases.filter(({ tool }) => !['supabase', 'hasura', 'graphile-migrate', 'node-pg-migrate'].includes(tool)))('needs no switch for an index in $tool', (one) => {
    const c = contextOf(one, engine('mysql', 8, 0));
    const files = filesOf(uniqueIndexAlone(unique, c), c);
    expect(files.map((file) => file.code).join('\n')).not.toMatch(/NO TRANSACTION|transaction:false|no-transaction|txmode|runInTransaction|CONCURRENTLY|in_transaction/i);
    expect(files.length).toBeGreaterThan(0);
  });
});
