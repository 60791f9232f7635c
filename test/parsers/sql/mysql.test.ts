import { describe, expect, it } from 'vitest';
import { cases, deedsOf, name, readerOf, type Expected, type Row } from './reading.ts';

const read = await readerOf('mysql');
const table = name('t');

/** One statement a row, and what it does. */
const rows: readonly Row[] = [
  ['CREATE TABLE IF NOT EXISTS `d`.`t` (`id` bigint(20) unsigned NOT NULL AUTO_INCREMENT, n varchar(255) CHARACTER SET utf8 COLLATE utf8_bin DEFAULT \'x\' COMMENT \'it\'\'s\', b tinyint(1) DEFAULT \'0\', e enum(\'a\',\'b\'), PRIMARY KEY (`id`), UNIQUE KEY u (n(10)), FULLTEXT KEY f (n), KEY k (a, b DESC) USING BTREE, CONSTRAINT fk FOREIGN KEY (x) REFERENCES y (id) ON DELETE CASCADE, CHECK (a > 0)) ENGINE=InnoDB COMMENT=\'hi\'', {
    kind: 'create-table', table: name('t', 'd'), ifNotExists: true, primaryKey: ['id'], options: "ENGINE=InnoDB COMMENT='hi'", comment: 'hi',
    columns: [
      { name: 'id', type: { name: 'bigint', args: [], unsigned: true }, nullable: false, autoIncrement: true },
      { name: 'n', type: { name: 'varchar', args: [255] }, charset: 'utf8', collation: 'utf8_bin', default: { kind: 'constant', value: 'x' }, comment: "it's" },
      { name: 'b', type: { name: 'tinyint', args: [1] }, default: { kind: 'constant', value: '0' } },
      { name: 'e', type: { name: 'enum', values: ['a', 'b'] } },
    ],
    indexes: [{ name: 'u', unique: true, keys: [{ column: 'n', length: 10 }] }, { name: 'f', method: 'fulltext' }, { name: 'k', keys: [{ column: 'a' }, { column: 'b', order: 'desc' }] }],
    foreignKeys: [{ name: 'fk', columns: ['x'], references: name('y'), onDelete: 'cascade' }],
    checks: [{ expression: 'a > 0' }],
  }],
  ['CREATE TABLE t (a int AS (b + 1) STORED, c datetime(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), u char(36) DEFAULT (UUID()), d decimal(10,2) DEFAULT -1.5) PARTITION BY HASH(a)', {
    kind: 'create-table', partitionBy: 'HASH(a)',
    columns: [
      { generated: { expression: 'b + 1', stored: true } }, { default: { kind: 'expression', functions: ['current_timestamp'] } },
      { default: { kind: 'expression', functions: ['uuid'] } }, { type: { name: 'decimal', args: [10, 2] }, default: { kind: 'constant', value: -1.5 } },
    ],
  }],
  ['CREATE TABLE a LIKE b; CREATE TABLE c AS SELECT 1; CREATE TABLE e (id int) SELECT * FROM d', { kind: 'create-table', like: name('b') }, { kind: 'create-table', fromQuery: true }, { kind: 'create-table', fromQuery: true, columns: [{ name: 'id' }] }],
  ['DROP TABLE IF EXISTS a, b; RENAME TABLE a TO b, c TO d.e; TRUNCATE TABLE t', { kind: 'drop-table', table: name('a'), ifExists: true }, { kind: 'drop-table' }, { kind: 'rename-table', table: name('a'), to: name('b') }, { kind: 'rename-table', to: name('e', 'd') }, { kind: 'truncate', tables: [table] }],
  // ALTER TABLE
  ['ALTER TABLE t ADD a int FIRST, ADD COLUMN IF NOT EXISTS b int AFTER a, ADD (c int, KEY k (c))', { kind: 'add-column', table, column: { name: 'a', position: 'first' } }, { kind: 'add-column', ifNotExists: true, column: { position: { after: 'a' } } }, { kind: 'add-column', column: { name: 'c' } }, { kind: 'create-index' }],
  ['ALTER TABLE t MODIFY COLUMN a varchar(10) NOT NULL', { kind: 'alter-column-type', column: 'a', type: { name: 'varchar', args: [10] }, restated: { name: 'a', nullable: false, default: { kind: 'none' } } }],
  ['ALTER TABLE t CHANGE `a` `b` int, CHANGE c c text COLLATE x', { kind: 'rename-column', column: 'a', to: 'b' }, { kind: 'alter-column-type', column: 'b', restated: { name: 'b' } }, { kind: 'alter-column-type', column: 'c', collation: 'x' }],
  ['ALTER TABLE t DROP a, DROP COLUMN IF EXISTS b, DROP INDEX i, DROP KEY k, DROP PRIMARY KEY, DROP FOREIGN KEY f, DROP CONSTRAINT c, DROP CHECK d', { kind: 'drop-column', column: 'a' }, { kind: 'drop-column', ifExists: true }, { kind: 'drop-index', table, name: name('i') }, { kind: 'drop-index', name: name('k') }, { kind: 'drop-constraint', constraint: 'primary-key', name: null }, { kind: 'drop-constraint', constraint: 'foreign-key', name: 'f' }, { kind: 'drop-constraint', constraint: 'unknown' }, { kind: 'drop-constraint', constraint: 'check' }],
  ['ALTER TABLE t ADD INDEX i (a(10)), ADD UNIQUE KEY u (a), ADD CONSTRAINT c UNIQUE (a), ADD SPATIAL INDEX s (g), ALGORITHM=INPLACE, LOCK=NONE', { kind: 'create-index', index: { name: 'i', unique: false, keys: [{ column: 'a', length: 10 }] }, algorithm: 'INPLACE', lock: 'NONE' }, { kind: 'create-index', index: { name: 'u', unique: true } }, { kind: 'create-index', index: { name: 'c', unique: true } }, { kind: 'create-index', index: { method: 'spatial' } }],
  ['ALTER TABLE t DROP a, ALGORITHM = INPLACE, LOCK NONE; ALTER IGNORE TABLE t FORCE; ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (a)', { kind: 'drop-column', alter: { algorithm: 'INPLACE', lock: 'NONE', ignore: false, actions: ['drop-column'] } }, { kind: 'set-table-option', alter: { algorithm: null, ignore: true } }, { kind: 'drop-constraint', alter: { actions: ['drop-constraint', 'add-primary-key'] } }, { kind: 'add-primary-key' }],
  ['ALTER TABLE t ADD PRIMARY KEY (id), ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b (id), ADD CONSTRAINT CHECK (a > 0)', { kind: 'add-primary-key', columns: ['id'] }, { kind: 'add-foreign-key', foreignKey: { name: 'f', columns: ['a'], validated: true } }, { kind: 'add-check', check: { name: null, expression: 'a > 0' } }],
  ['ALTER TABLE t RENAME COLUMN a TO b, RENAME INDEX i TO j, RENAME TO s', { kind: 'rename-column', to: 'b' }, { kind: 'rename-index', table, to: 'j' }, { kind: 'rename-table', to: name('s') }],
  ['ALTER TABLE t ALTER COLUMN a SET DEFAULT 5, ALTER a DROP DEFAULT, ALTER INDEX i INVISIBLE, ALTER CHECK c NOT ENFORCED', { kind: 'set-default', default: { kind: 'constant', value: 5 } }, { kind: 'set-default', default: { kind: 'none' } }, { kind: 'set-table-option', option: 'other' }, { kind: 'alter-constraint', name: 'c' }],
  ['ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE x, DEFAULT CHARACTER SET utf8, ENGINE=InnoDB, ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8, AUTO_INCREMENT=5, COMMENT=\'x\', FORCE, ORDER BY a, b DESC', ...[
    ['convert-charset', 'utf8mb4 COLLATE x'], ['charset', 'utf8'], ['engine', 'InnoDB'], ['row-format', 'COMPRESSED'], ['other', 'KEY_BLOCK_SIZE=8'], ['auto-increment', '5'], ['comment', 'x'], ['force-rebuild', null], ['order', 'a, b DESC'],
  ].map(([option, value]): Expected => ({ kind: 'set-table-option', option, value }))],
  ['ALTER TABLE t DROP PARTITION p, q; ALTER TABLE t REORGANIZE PARTITION p, q INTO (PARTITION r VALUES LESS THAN (5)); ALTER TABLE t REMOVE PARTITIONING', { kind: 'alter-partitions', action: 'DROP PARTITION p, q' }, { kind: 'alter-partitions' }, { kind: 'alter-partitions' }],
  ['ALTER TABLE t FROBNICATE x, ADD y int', { kind: 'opaque', text: 'FROBNICATE x' }, { kind: 'add-column' }],
  // Indexes, views, routines
  ['CREATE UNIQUE INDEX i ON t (a, b(5)) ALGORITHM=INPLACE LOCK=NONE', { kind: 'create-index', index: { name: 'i', unique: true, keys: [{ column: 'a' }, { column: 'b', length: 5 }] }, algorithm: 'INPLACE', lock: 'NONE' }],
  ['CREATE FULLTEXT INDEX i ON t (a); DROP INDEX i ON t', { kind: 'create-index', index: { method: 'fulltext' } }, { kind: 'drop-index', table, name: name('i') }],
  ['CREATE OR REPLACE DEFINER=`a`@`b` SQL SECURITY DEFINER VIEW v AS select * from a join b', { kind: 'create-view', view: name('v'), replace: true, reads: [name('a'), name('b')] }],
  ['CREATE TRIGGER g AFTER UPDATE ON t FOR EACH ROW BEGIN IF NEW.a THEN DELETE FROM x; END IF; END; DROP TABLE y', { kind: 'create-trigger', table, name: 'g', events: ['update'] }, { kind: 'drop-table' }],
  ['DELIMITER ;;\nCREATE PROCEDURE p() BEGIN DROP TABLE x; END ;;\nDELIMITER ;\nDROP TABLE y;', { kind: 'create-function', function: name('p') }, { kind: 'drop-table', table: name('y') }],
  // Rows and session
  ["INSERT IGNORE INTO t (a, b) VALUES (1, 'a;b'), (2, 'it\\'s'); REPLACE INTO t SET a = 1", { kind: 'insert-rows', columns: ['a', 'b'], rows: 2 }, { kind: 'insert-rows', columns: ['a'], rows: 1 }],
  ['INSERT INTO t (SELECT * FROM u); LOAD DATA INFILE \'x\' INTO TABLE t', { kind: 'insert-rows', fromQuery: true, reads: [name('u')] }, { kind: 'load-rows', table }],
  ['UPDATE t JOIN u ON t.id = u.t_id SET t.a = u.b WHERE u.c', { kind: 'update-rows', table, columns: ['a'], scope: 'filtered' }],
  ['DELETE a FROM posts a JOIN b ON x WHERE c; DELETE FROM t WHERE a ORDER BY id LIMIT 10', { kind: 'delete-rows', table: name('posts') }, { kind: 'delete-rows', scope: 'bounded', where: 'a' }],
  ['SET foreign_key_checks = 0, @x = 1; SET SESSION lock_wait_timeout = 5; SET NAMES utf8', { kind: 'set-setting', name: 'foreign_key_checks', value: '0' }, { kind: 'other' }, { kind: 'set-setting', name: 'lock_wait_timeout' }, { kind: 'set-setting', name: 'names' }],
  ['START TRANSACTION; COMMIT; LOCK TABLES a WRITE, b READ; OPTIMIZE TABLE t', { kind: 'begin' }, { kind: 'commit' }, { kind: 'lock-table', tables: [name('a'), name('b')], mode: 'WRITE' }, { kind: 'set-table-option', option: 'force-rebuild' }],
  ['/*!40101 SET NAMES utf8 */; # a comment; here\nSELECT 1 -- no; comment\n; CALL p()', { kind: 'set-setting' }, { kind: 'other' }, { kind: 'opaque' }],
];

describe('statements of MySQL', () => {
  it.each(cases(rows))('$sql', ({ sql, deeds }) => {
    const statements = read(sql);
    expect(statements.map(({ error }) => error)).toEqual(statements.map(() => null));
    expect(deedsOf(statements)).toMatchObject(deeds);
  });

  it('gives each action its own place', () => {
    const sql = 'ALTER TABLE t MODIFY a enum(\'x,y\'), ADD (b int, c int)';
    expect(read(sql)[0]?.deeds.map(({ at }) => sql.slice(at.start, at.end))).toEqual(["MODIFY a enum('x,y')", 'b int', 'c int']);
  });

  it.each(['ALTR TABLE t ADD a int', 'DROP COLUMN a', 'RENAME TO b', 'CREATE TABLE t (a int', 'SELECT \'a', 'CREATE INDEX i (a)'])('does not accept %s', (sql) => {
    expect(read(sql)[0]?.error).not.toBeNull();
  });
});

describe('statements of SQLite', async () => {
  const sqlite = await readerOf('sqlite');
  it.each(cases([
    ['CREATE TABLE "t" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, [n] varchar(10) DEFAULT \'x\', `b` unsigned big int, c, CONSTRAINT u UNIQUE (n))', {
      kind: 'create-table', primaryKey: ['id'], constraints: [{ kind: 'unique', name: 'u', columns: ['n'] }],
      columns: [{ name: 'id', type: { name: 'integer' }, autoIncrement: true, nullable: false }, { name: 'n', type: { name: 'varchar', args: [10] } }, { name: 'b', type: { name: 'unsigned big int' } }, { name: 'c', type: { name: '' } }],
    }],
    ['ALTER TABLE t RENAME COLUMN a TO b; ALTER TABLE t DROP COLUMN b; ALTER TABLE t ADD c int', { kind: 'rename-column' }, { kind: 'drop-column' }, { kind: 'add-column' }],
    ['CREATE UNIQUE INDEX IF NOT EXISTS i ON t (lower(a)) WHERE b; PRAGMA foreign_keys = OFF', { kind: 'create-index', index: { unique: true, where: 'b', keys: [{ expression: 'lower(a)' }] } }, { kind: 'set-setting', name: 'foreign_keys', value: 'OFF' }],
  ]))('$sql', ({ sql, deeds }) => {
    expect(deedsOf(sqlite(sql))).toMatchObject(deeds);
  });
});
