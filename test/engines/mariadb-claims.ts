import type { actions } from '../../src/engines/mysql/actions.ts';

/** The tables that claims are tried on. */
export const baseTables: readonly string[] = [
  'CREATE TABLE parent (id INT PRIMARY KEY, v INT) ENGINE=InnoDB',
  `CREATE TABLE t (
    id BIGINT NOT NULL PRIMARY KEY, cnt INT, qty INT NOT NULL DEFAULT 1 COMMENT 'pieces', code VARCHAR(50), ref VARCHAR(50), v60 VARCHAR(60), v63 VARCHAR(63), v70 VARCHAR(70), note TEXT,
    big BIGINT, uns INT UNSIGNED, amount DECIMAL(10,2), lat VARCHAR(100) CHARACTER SET latin1, num VARCHAR(20), dt DATETIME, js LONGTEXT, st ENUM('a','b') NOT NULL DEFAULT 'a', parent_id INT,
    KEY k_code (code), KEY k_qty (qty), KEY k_parent (parent_id)
  ) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`,
];

/** Their rows. */
export const baseRows: readonly string[] = [
  'INSERT INTO parent VALUES (1, 1), (2, 2)',
  `INSERT INTO t (id, cnt, qty, code, ref, v60, v63, v70, note, big, uns, amount, lat, num, dt, js, parent_id)
    SELECT seq, seq, seq, seq, CONCAT('r', seq), 'v', 'v', 'v', seq, seq, seq, seq, 'l', seq, NOW(), '{}', 1 FROM seq_1_to_20`,
];

/** One statement whose effect is told and executed. */
export interface Claim {
  readonly sql: string;
  /** What comes before it, on the same tables. */
  readonly setup?: readonly string[];
  /** Rows that meet the error that the effect tells. */
  readonly meets?: readonly [rows: readonly string[], error: string];
  /** The claims of `actions` that it stands for. */
  readonly proves: readonly (keyof typeof actions)[];
}

const searched = ['ALTER TABLE t ADD FULLTEXT INDEX ft (note)'];
const referring = ['ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (parent_id) REFERENCES parent (id)'];
const computed = ['ALTER TABLE t ADD COLUMN x INT AS (qty * 2) VIRTUAL'];
const unchecked = ['SET SESSION foreign_key_checks = OFF'];
const byHash = ['ALTER TABLE t PARTITION BY HASH (id) PARTITIONS 3'];

const claim = (sql: string, proves: Claim['proves'], setup: readonly string[] = [], meets?: Claim['meets']): Claim => ({ sql, proves, setup, ...(meets ? { meets } : {}) });

/** Every claim about MariaDB that can be executed. */
export const claims: readonly Claim[] = [
  claim('ALTER TABLE t ADD COLUMN x INT', ['addColumn']),
  claim('ALTER TABLE t ADD COLUMN x INT NOT NULL DEFAULT 7', ['addColumn']),
  claim('ALTER TABLE t ADD COLUMN x DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP', ['addColumn']),
  claim('ALTER TABLE t ADD COLUMN x INT, ADD COLUMN y INT', ['addColumn']),
  claim('ALTER TABLE t ADD COLUMN x INT AFTER qty', ['addColumnPlaced']),
  claim('ALTER TABLE t ADD COLUMN x INT FIRST', ['addColumnPlaced']),
  claim('ALTER TABLE t ADD COLUMN x INT', ['addColumnFulltext'], searched),
  claim('ALTER TABLE t ADD COLUMN x INT NOT NULL AUTO_INCREMENT UNIQUE', ['addAutoIncrement']),
  claim('ALTER TABLE t ADD COLUMN x CHAR(36) NOT NULL DEFAULT (UUID())', ['addExpressionDefault']),
  claim('ALTER TABLE t ADD COLUMN x DOUBLE DEFAULT (RAND())', ['addRandomDefault']),
  claim('ALTER TABLE t ADD COLUMN x INT AS (qty * 2) STORED', ['addStored']),
  claim('ALTER TABLE t ADD COLUMN x INT AS (qty * 2) VIRTUAL', ['addVirtual']),
  claim('ALTER TABLE t ADD COLUMN x INT UNIQUE', ['addUnique']),
  claim('ALTER TABLE t ADD COLUMN x INT NOT NULL DEFAULT 0 UNIQUE', ['addUnique'], [], [[], '1062']),
  claim('ALTER TABLE t ADD COLUMN x INT CHECK (x > 0)', ['addChecked']),
  claim('ALTER TABLE t ADD COLUMN x INT REFERENCES parent (id)', ['addReferences']),
  claim('ALTER TABLE t ADD COLUMN x INT, ADD INDEX k (x)', ['columnsWithIndex']),
  claim('ALTER TABLE t DROP COLUMN note, ADD INDEX k (ref)', ['columnsWithIndex']),
  claim('ALTER TABLE t DROP COLUMN note, ADD INDEX k (ref)', ['columnBeforeVirtual'], computed),
  claim('ALTER TABLE t ADD COLUMN y INT AFTER qty', ['columnBeforeVirtual'], computed),
  claim('ALTER TABLE t ADD COLUMN y INT FIRST', ['columnBeforeVirtual'], computed),
  claim('ALTER TABLE t DROP COLUMN note', ['dropColumn'], computed),
  claim('ALTER TABLE t ADD COLUMN y INT, ADD INDEX k (ref)', ['columnsWithIndex'], computed),
  claim('ALTER TABLE t DROP COLUMN note, ADD INDEX k (ref)', ['columnsWithIndex'], ['ALTER TABLE t ADD COLUMN x INT AS (qty * 2) VIRTUAL AFTER cnt']),
  claim('ALTER TABLE t ADD COLUMN x INT', ['columnsCompressed'], ['ALTER TABLE t ROW_FORMAT=COMPRESSED']),
  claim('ALTER TABLE t DROP COLUMN note', ['columnsCompressed'], ['ALTER TABLE t KEY_BLOCK_SIZE=8']),
  claim('ALTER TABLE t ADD COLUMN x INT, DROP INDEX k_code', ['addColumn', 'dropIndex']),
  claim('ALTER TABLE t ADD COLUMN x INT, MODIFY cnt BIGINT', ['changeType']),
  claim('ALTER TABLE t DROP COLUMN note', ['dropColumn']),
  claim('ALTER TABLE t DROP COLUMN ref', ['addColumnFulltext'], searched),
  claim('ALTER TABLE t DROP COLUMN code', ['dropIndexedColumn']),
  claim('ALTER TABLE t DROP COLUMN x', ['dropStored'], ['ALTER TABLE t ADD COLUMN x INT AS (qty * 2) STORED']),
  claim('ALTER TABLE t DROP COLUMN x', ['dropVirtual'], ['ALTER TABLE t ADD COLUMN x INT AS (qty * 2) VIRTUAL']),
  claim('ALTER TABLE t RENAME COLUMN note TO note2', ['renameColumn']),
  claim('ALTER TABLE t CHANGE COLUMN cnt cnt2 INT', ['renameColumn']),
  claim('ALTER TABLE t MODIFY note TEXT FIRST', ['reorderColumn']),
  claim('ALTER TABLE t MODIFY cnt INT(5)', ['changeTypeFree']),
  claim('ALTER TABLE t MODIFY st ENUM(\'a\',\'b\',\'c\') NOT NULL DEFAULT \'a\'', ['changeTypeFree']),
  claim('ALTER TABLE t MODIFY st ENUM(\'b\',\'a\') NOT NULL DEFAULT \'a\'', ['changeType']),
  claim('ALTER TABLE t MODIFY code VARCHAR(60)', ['extendVarchar']),
  claim('ALTER TABLE t MODIFY v70 VARCHAR(300)', ['extendVarchar']),
  claim('ALTER TABLE t MODIFY v63 VARCHAR(64)', ['changeType']),
  claim('ALTER TABLE t MODIFY v60 VARCHAR(300)', ['changeType']),
  claim('ALTER TABLE t MODIFY v60 VARCHAR(40)', ['changeType'], [], [['UPDATE t SET v60 = REPEAT(\'x\', 50)'], '1265']),
  claim('ALTER TABLE t MODIFY lat VARCHAR(255) CHARACTER SET latin1', ['extendVarchar']),
  claim('ALTER TABLE t MODIFY lat VARCHAR(300) CHARACTER SET latin1', ['extendVarchar']),
  claim('ALTER TABLE t MODIFY lat VARCHAR(300) CHARACTER SET latin1', ['changeType'], ['ALTER TABLE t MODIFY lat VARCHAR(128) CHARACTER SET latin1']),
  claim('ALTER TABLE t MODIFY cnt BIGINT', ['changeType']),
  claim('ALTER TABLE t MODIFY big INT', ['changeType'], [], [['UPDATE t SET big = 5000000000'], '1264']),
  claim('ALTER TABLE t MODIFY uns INT', ['changeType'], [], [['UPDATE t SET uns = 4000000000'], '1264']),
  claim('ALTER TABLE t MODIFY amount DECIMAL(12,2)', ['changeType']),
  claim('ALTER TABLE t MODIFY dt TIMESTAMP NULL', ['changeType'], [], [['UPDATE t SET dt = \'2100-01-01\''], '1292']),
  claim('ALTER TABLE t MODIFY note VARCHAR(100)', ['changeType'], [], [['UPDATE t SET note = REPEAT(\'x\', 200)'], '1406']),
  claim('ALTER TABLE t MODIFY num INT', ['changeType'], [], [['UPDATE t SET num = \'abc\''], '1292']),
  claim('ALTER TABLE t MODIFY js JSON', ['changeType'], [], [['UPDATE t SET js = \'no json\''], '4025']),
  claim('ALTER TABLE t MODIFY lat VARCHAR(100) CHARACTER SET utf8mb4', ['changeCharset']),
  claim('ALTER TABLE t MODIFY v60 VARCHAR(60) COLLATE utf8mb4_unicode_ci', ['changeCollation']),
  claim('ALTER TABLE t MODIFY code VARCHAR(50) COLLATE utf8mb4_unicode_ci', ['changeCollationIndexed']),
  claim('ALTER TABLE t MODIFY cnt INT NOT NULL', ['setNotNull'], [], [['UPDATE t SET cnt = NULL'], '1265']),
  claim('ALTER TABLE t MODIFY qty INT NULL DEFAULT 1 COMMENT \'pieces\'', ['dropNotNull']),
  claim('ALTER TABLE t ALTER COLUMN cnt SET DEFAULT 5', ['setDefault']),
  claim('ALTER TABLE t ALTER COLUMN qty DROP DEFAULT', ['setDefault']),
  claim('ALTER TABLE t MODIFY cnt INT COMMENT \'x\'', ['comment']),
  claim('ALTER TABLE t ADD INDEX k (ref)', ['addIndex']),
  claim('CREATE INDEX k ON t (ref)', ['addIndex']),
  claim('ALTER TABLE t ADD UNIQUE INDEX k (ref)', ['addIndex'], [], [['UPDATE t SET ref = \'same\''], '1062']),
  claim('ALTER TABLE t ADD UNIQUE INDEX k (note)', ['addUniqueText']),
  claim('ALTER IGNORE TABLE t ADD UNIQUE INDEX k (ref)', ['addUniqueIgnore']),
  claim('ALTER TABLE t ADD FULLTEXT INDEX ft (note)', ['addFirstFulltext']),
  claim('ALTER TABLE t ADD FULLTEXT INDEX ft2 (v60)', ['addFulltext'], searched),
  claim('ALTER TABLE t ADD SPATIAL INDEX sp (pos)', ['addSpatial'], ['ALTER TABLE t ADD COLUMN pos POINT NOT NULL DEFAULT (POINT(1, 1))']),
  claim('ALTER TABLE t DROP INDEX k_code', ['dropIndex']),
  claim('ALTER TABLE t RENAME INDEX k_code TO k_code2', ['renameIndex']),
  claim('ALTER TABLE t ADD PRIMARY KEY (id)', ['addPrimaryKey'], ['ALTER TABLE t DROP PRIMARY KEY'], [['UPDATE t SET id = 1'], '1062']),
  claim('ALTER TABLE t DROP PRIMARY KEY', ['dropPrimaryKey']),
  claim('ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (id, qty)', ['changePrimaryKey']),
  claim(referring[0] ?? '', ['addForeignKey'], [], [['UPDATE t SET parent_id = 99'], '1452']),
  claim('ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (spare) REFERENCES parent (id)', ['addForeignKey'], ['ALTER TABLE t ADD COLUMN spare INT']),
  claim(referring[0] ?? '', ['addForeignKeyUnchecked'], unchecked),
  claim('ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (cnt) REFERENCES parent (id)', ['addForeignKeyAndIndex'], unchecked),
  claim('ALTER TABLE t ADD COLUMN x INT REFERENCES parent (id)', ['columnsWithIndex'], unchecked),
  claim('ALTER TABLE t DROP INDEX k_parent', ['dropIndex'], [...referring, ...unchecked]),
  claim('ALTER TABLE t DROP FOREIGN KEY fk', ['dropForeignKey'], referring),
  claim('ALTER TABLE t ADD CONSTRAINT c CHECK (cnt >= 0)', ['addCheck'], [], [['UPDATE t SET cnt = -1'], '4025']),
  claim('ALTER TABLE t DROP CONSTRAINT c', ['dropCheck'], ['ALTER TABLE t ADD CONSTRAINT c CHECK (cnt >= 0)']),
  claim('ALTER TABLE t ENGINE=InnoDB', ['engine']),
  claim('ALTER TABLE t ENGINE=Aria', ['otherEngine']),
  claim('ALTER TABLE t FORCE', ['rebuild']),
  claim('ALTER TABLE t FORCE', ['rebuildFulltext'], searched),
  claim('ALTER TABLE t ROW_FORMAT=COMPACT', ['rowFormat']),
  claim('ALTER TABLE t DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci', ['defaultCharset']),
  claim('ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci', ['convertCharset']),
  claim('ALTER TABLE t AUTO_INCREMENT=5000', ['autoIncrementValue']),
  claim('ALTER TABLE t COMMENT=\'x\'', ['tableOption']),
  claim('ALTER TABLE t ADD SYSTEM VERSIONING', ['addVersioning']),
  claim('ALTER TABLE t DROP SYSTEM VERSIONING', ['dropVersioning'], ['ALTER TABLE t ADD SYSTEM VERSIONING']),
  claim('ALTER TABLE t PARTITION BY HASH (id) PARTITIONS 3', ['partitionBy']),
  claim('ALTER TABLE t REMOVE PARTITIONING', ['removePartitioning'], byHash),
];

/** Statements that fail whatever the rows, with the error that the effect tells. */
export const refused: readonly (readonly [sql: string, error: string, setup: readonly string[]])[] = [
  ['ALTER TABLE t DROP INDEX k_parent', '1553', referring],
  ['ALTER TABLE t DROP COLUMN parent_id', '1553', referring],
  ['ALTER TABLE parent DROP COLUMN id', '1829', referring],
  ['TRUNCATE TABLE parent', '1701', referring],
  ['DROP TABLE parent', '1451', referring],
];
