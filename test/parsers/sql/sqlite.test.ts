import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { structureVersion } from '../../../src/parsers/sql/structure.ts';
import { createSource } from '../../../src/source/source.ts';
import { cases, deedsOf, name, readerOf, type Expected } from './reading.ts';

const read = await readerOf('sqlite');
const fixture = (file: string) => readFileSync(new URL(`../../../fixtures/sql/sqlite/${file}`, import.meta.url), 'utf8');

describe('files of SQLite', () => {
  it.each<readonly [string, readonly Expected[]]>([
    // Prisma makes a table anew because SQLite's ALTER TABLE can do little.
    ['prisma.sql', [
      { kind: 'set-setting', name: 'defer_foreign_keys', value: 'ON' }, { kind: 'set-setting', name: 'foreign_keys', value: 'OFF' },
      {
        kind: 'create-table', table: name('new_User'), primaryKey: ['id'], foreignKeys: [{ name: 'User_teamId_fkey', columns: ['teamId'], references: name('Team'), onDelete: 'set null', onUpdate: 'cascade' }],
        columns: [
          { name: 'id', autoIncrement: true, nullable: false }, { name: 'email', type: { name: 'text' }, nullable: false }, { name: 'name', default: { kind: 'constant', value: 'no; name' } },
          { name: 'createdAt', default: { kind: 'expression', functions: ['current_timestamp'] } }, { name: 'teamId', nullable: true },
        ],
      },
      { kind: 'insert-rows', table: name('new_User'), columns: ['createdAt', 'email', 'id', 'teamId'], fromQuery: true, reads: [name('User')] },
      { kind: 'drop-table', table: name('User') }, { kind: 'rename-table', table: name('new_User'), to: name('User') },
      { kind: 'create-index', index: { name: 'User_email_key', table: name('User'), unique: true } },
      { kind: 'set-setting', value: 'ON' }, { kind: 'set-setting', value: 'OFF' }, { kind: 'create-table', table: name('_PostToTag') }, { kind: 'create-index' },
    ]],
    ['drizzle.sql', [
      {
        kind: 'create-table', table: name('posts'), foreignKeys: [{ columns: ['author_id'], references: name('users'), onDelete: 'cascade', onUpdate: 'no action' }],
        columns: [{ name: 'id' }, { name: 'title', type: { name: 'text', args: [256] } }, { name: 'author_id' }, { name: 'created_at', default: { kind: 'expression', functions: ['strftime'] } }, { name: 'draft', default: { value: false } }],
      },
      { kind: 'create-index', index: { unique: true } }, { kind: 'add-column', table: name('users'), column: { name: 'bio', type: { name: 'text' } } }, { kind: 'set-setting', value: 'OFF' },
      { kind: 'create-table', table: name('__new_users') }, { kind: 'insert-rows', table: name('__new_users'), columns: ['id', 'email'], reads: [name('users')] }, { kind: 'drop-table', table: name('users') },
      { kind: 'rename-table', table: name('__new_users'), to: name('users') }, { kind: 'set-setting', value: 'ON' }, { kind: 'drop-column', table: name('posts'), column: 'draft' },
    ]],
    ['structure.sql', [
      { kind: 'create-table', table: name('schema_migrations'), primaryKey: ['version'], ifNotExists: true }, { kind: 'create-table', table: name('ar_internal_metadata') },
      { kind: 'create-table', table: name('sqlite_sequence'), columns: [{ name: 'name', type: { name: '' } }, { name: 'seq' }] },
      {
        kind: 'create-table', table: name('articles'), foreignKeys: [{ name: 'fk_rails_1', deferrable: true }],
        columns: [{ name: 'id' }, { name: 'title', collation: 'NOCASE', default: { value: 'untitled; yet' } }, { name: 'price', type: { name: 'decimal', args: [10, 2] } }, { name: 'data' }],
      },
      { kind: 'create-index', index: { where: 'price > 0' } }, { kind: 'create-index', index: { unique: true, keys: [{ expression: 'lower(title)' }, { column: 'id', order: 'desc' }] } },
      { kind: 'create-table', table: name('articles_search'), options: expect.stringContaining('USING fts5') }, { kind: 'create-view', view: name('recent'), reads: [name('articles')] },
      { kind: 'create-trigger', table: name('articles'), name: 'articles_ai', events: ['insert'] }, { kind: 'create-table', table: name('settings'), options: 'STRICT, WITHOUT ROWID', columns: [{ name: 'key' }, { name: 'value' }, { name: 'when' }] },
      { kind: 'insert-rows', rows: 2 },
    ]],
  ])('%s', (file, wanted) => {
    const statements = read(fixture(file));
    expect(statements.filter(({ error }) => error)).toEqual([]);
    expect(deedsOf(statements)).toMatchObject(wanted);
  });

  it('say which migration was the last one', () => {
    expect(structureVersion(createSource('db/structure.sql', fixture('structure.sql')))).toBe('20240102030405');
  });
});

describe('statements of SQLite', () => {
  it.each(cases([
    ['INSERT OR REPLACE INTO t (a) VALUES (1); INSERT OR IGNORE INTO t SELECT * FROM u', { kind: 'insert-rows', table: name('t'), rows: 1 }, { kind: 'insert-rows', reads: [name('u')] }],
    ['UPDATE OR ROLLBACK t SET a = 1 WHERE id = 5; DELETE FROM t', { kind: 'update-rows', scope: 'bounded' }, { kind: 'delete-rows', scope: 'all' }],
    ['CREATE TEMP TABLE x AS SELECT * FROM t; CREATE TABLE y AS SELECT 1', { kind: 'create-table', temporary: true, fromQuery: true }, { kind: 'create-table', fromQuery: true }],
    ['ALTER TABLE main.t ADD COLUMN g int GENERATED ALWAYS AS (a + 1) STORED REFERENCES u (id) ON DELETE CASCADE', {
      kind: 'add-column', table: name('t', 'main'), column: { name: 'g', generated: { expression: 'a + 1', stored: true }, references: { references: name('u'), onDelete: 'cascade' } },
    }],
    ['BEGIN IMMEDIATE; SAVEPOINT a; ROLLBACK TO a; RELEASE a; END; VACUUM; ANALYZE t; REINDEX', { kind: 'begin' }, { kind: 'savepoint' }, { kind: 'rollback-to-savepoint', name: 'a' }, { kind: 'release-savepoint', name: 'a' }, { kind: 'commit' }, { kind: 'other' }, { kind: 'analyze' }, { kind: 'other' }],
    ['DROP INDEX IF EXISTS i; DROP TRIGGER g; DROP VIEW v', { kind: 'drop-index', ifExists: true }, { kind: 'drop-trigger', name: 'g' }, { kind: 'drop-view' }],
    ['PRAGMA foreign_keys; PRAGMA journal_mode(WAL); PRAGMA main.cache_size = -2000', { kind: 'set-setting', value: null }, { kind: 'set-setting', name: 'journal_mode', value: 'WAL' }, { kind: 'set-setting', name: 'cache_size', value: '-2000' }],
  ]))('$sql', ({ sql, deeds }) => {
    const statements = read(sql);
    expect(statements.filter(({ error }) => error)).toEqual([]);
    expect(deedsOf(statements)).toMatchObject(deeds);
  });

  it.each(['CREATE TABEL t (a)', 'ALTER TABLE', 'DROP TABLE', 'INSERT INTO', 'CREATE TABLE t (a'])('does not accept %s', (sql) => {
    expect(read(sql)[0]?.error).not.toBeNull();
  });
});
