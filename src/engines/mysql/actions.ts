import type { Action, Algorithm, Proof, Step } from './action.ts';

type Steps = readonly (readonly [since: readonly number[], by: Algorithm])[];

/** The manual's table of online operations; that of 8.0 holds for 8.4 and 9 as well. */
const onlineDdl = 'https://dev.mysql.com/doc/refman/8.0/en/innodb-online-ddl-operations.html';
const onlineDdl57 = 'https://dev.mysql.com/doc/refman/5.7/en/innodb-online-ddl-operations.html';
const mariadbOnlineDdl = 'https://mariadb.com/kb/en/innodb-online-ddl-operations-with-the-instant-alter-algorithm/';
const checkCopies = 'https://bugs.mysql.com/bug.php?id=117450';
const expressionIsNotInstant = 'https://github.com/vitessio/vitess/issues/16024';
const alterTable = 'https://dev.mysql.com/doc/refman/8.0/en/alter-table.html';
const mariadbAlterTable = 'https://mariadb.com/kb/en/alter-table/';
const fulltextLimits = 'https://dev.mysql.com/doc/refman/8.0/en/innodb-online-ddl-limitations.html';

/** The release of MariaDB that the tests execute the claims on. */
const executed: Proof = { how: 'executed', on: 'MariaDB 10.11' };

/**
 * The ids are those of the documented table of MySQL 8 and of the measurements of MariaDB; an address stands for itself. What MariaDB does since its newest step
 * is executed by a test, unless the id is an address.
 */
function action(mysql: Steps, mariadb: Steps, mysqlId: string, mariadbId = mysqlId, heedless = false): Action {
  const steps = (rows: Steps, server: string, id: string, prove: (newest: boolean, since: readonly number[]) => Proof): Step[] => rows.map(([since, by], at) => ({
    since, by, source: id.startsWith('https:') ? id : `${server}: ${id}`, proof: prove(at === rows.length - 1, since), ...(heedless && server === 'mariadb' ? { heedless } : {}),
  }));
  const isPage = (id: string) => id.startsWith('https:');
  return {
    mysql: steps(mysql, 'mysql8', mysqlId, (_, since) => ({ how: 'documented', page: isPage(mysqlId) ? mysqlId : since[0] === 5 ? onlineDdl57 : onlineDdl })),
    mariadb: steps(mariadb, 'mariadb', mariadbId, (newest) => (newest && !isPage(mariadbId) ? executed : { how: 'documented', page: isPage(mariadbId) ? mariadbId : mariadbOnlineDdl })),
  };
}

const always = (by: Algorithm): Steps => [[[], by]];

/** Every ALTER of the vocabulary, by release. */
export const actions = {
  addColumn: action([[[5, 6], 'rebuild'], [[8, 0, 12], 'instant']], [[[10, 0], 'rebuild'], [[10, 3], 'instant']], 'add-column', 'add-column-last'),
  addColumnPlaced: action([[[5, 6], 'rebuild'], [[8, 0, 29], 'instant']], [[[10, 0], 'rebuild'], [[10, 4], 'instant']], 'add-column', 'add-column-after'),
  addColumnFulltext: action(always('rebuild-shared'), always('rebuild-shared'), fulltextLimits, 'add-column-on-table-with-fulltext'),
  addAutoIncrement: action(always('rebuild-shared'), always('rebuild-shared'), 'add-column', 'add-column-auto-increment'),
  addExpressionDefault: action(always('copy'), always('copy'), expressionIsNotInstant, 'add-column-default-uuid'),
  addRandomDefault: action(always('copy'), always('instant'), expressionIsNotInstant, 'add-column-default-rand'),
  addStored: action(always('copy'), always('copy'), 'add-column-stored'),
  addVirtual: action(always('instant'), always('instant'), 'add-column-virtual'),
  addUnique: action(always('rebuild'), always('rebuild'), 'add-column', 'add-column-unique'),
  addChecked: action(always('copy'), always('instant'), checkCopies, 'add-column-check'),
  addReferences: action(always('copy'), always('copy'), 'add-foreign-key-checks-on', 'add-column-references-inline'),
  /** A column is added or dropped instantly only where the rest of the statement is instant, too, and where MySQL is not told to do it in place. */
  columnsWithIndex: action(always('rebuild'), always('rebuild'), 'add-column', 'add-column-and-index-one-statement'),
  /** A VIRTUAL column that gets another place is taken for one that is dropped and added, which nothing else may go with (measured: error 1846). */
  columnBeforeVirtual: action(always('rebuild'), always('copy'), 'add-column', 'column-before-virtual'),
  columnsCompressed: action(always('rebuild'), always('rebuild'), 'add-column', 'add-column-on-compressed-table'),
  dropColumn: action([[[5, 6], 'rebuild'], [[8, 0, 29], 'instant']], [[[10, 0], 'rebuild'], [[10, 4], 'instant']], 'drop-column'),
  dropIndexedColumn: action(always('rebuild'), [[[10, 0], 'rebuild'], [[10, 4], 'metadata']], 'drop-column', 'drop-column-indexed'),
  dropStored: action(always('rebuild'), [[[10, 0], 'rebuild'], [[10, 4], 'instant']], 'drop-column-stored', 'drop-column'),
  dropVirtual: action(always('instant'), always('instant'), 'drop-column-virtual', 'drop-column'),
  renameColumn: action([[[5, 6], 'metadata'], [[8, 0, 28], 'instant']], [[[10, 0], 'metadata'], [[10, 3], 'instant']], 'rename-column'),
  reorderColumn: action(always('rebuild'), [[[10, 0], 'rebuild'], [[10, 4], 'instant']], 'reorder-column', 'modify-column-reorder'),
  changeTypeFree: action(always('instant'), always('instant'), 'enum-add-value-at-end', 'int-display-width'),
  extendVarchar: action(always('metadata'), always('instant'), 'varchar-extend-same-length-bytes', 'varchar-widen-under-256-bytes'),
  changeType: action(always('copy'), always('copy'), 'change-type', 'int-to-bigint'),
  changeCharset: action(always('copy'), always('copy'), 'convert-charset', 'column-charset-change'),
  changeCollation: action(always('copy'), always('instant'), 'convert-charset', 'column-collation-change'),
  changeCollationIndexed: action(always('copy'), always('index'), 'convert-charset', 'column-collation-change-indexed'),
  setNotNull: action(always('rebuild'), always('rebuild'), 'set-not-null'),
  dropNotNull: action(always('rebuild'), always('rebuild'), 'drop-not-null'),
  setDefault: action(always('instant'), always('instant'), 'set-default'),
  comment: action(always('instant'), always('instant'), alterTable, 'comment-column'),
  addIndex: action(always('index'), always('index'), 'add-index'),
  addUniqueText: action(always('index'), always('copy'), 'add-index', 'add-unique-text-without-prefix'),
  addUniqueIgnore: action(always('copy'), always('copy'), alterTable, 'add-unique-index-ignore'),
  addFirstFulltext: action(always('rebuild-shared'), always('rebuild-shared'), 'add-fulltext-index'),
  addFulltext: action(always('index-shared'), always('index-shared'), 'add-fulltext-index', 'add-fulltext-index-second'),
  addSpatial: action(always('index-shared'), always('index-shared'), 'add-spatial-index'),
  dropIndex: action(always('metadata'), always('metadata'), 'drop-index'),
  renameIndex: action(always('metadata'), always('instant'), 'rename-index'),
  addPrimaryKey: action(always('rebuild'), always('rebuild'), 'add-primary-key'),
  dropPrimaryKey: action(always('copy'), always('copy'), 'drop-primary-key'),
  changePrimaryKey: action(always('rebuild'), always('rebuild'), 'change-primary-key'),
  addForeignKey: action(always('copy'), always('copy'), 'add-foreign-key-checks-on'),
  addForeignKeyUnchecked: action(always('metadata'), always('instant'), 'add-foreign-key-checks-off'),
  addForeignKeyAndIndex: action(always('index'), always('index'), 'add-foreign-key-checks-off', 'add-foreign-key-no-index-on-child'),
  dropForeignKey: action(always('metadata'), always('instant'), 'drop-foreign-key'),
  addCheck: action([[[5, 6], 'instant'], [[8, 0, 16], 'copy']], always('copy'), checkCopies, 'add-check'),
  dropCheck: action(always('instant'), always('instant'), alterTable, 'drop-check'),
  alterCheck: action(always('copy'), always('copy'), checkCopies, checkCopies),
  engine: action(always('rebuild'), always('rebuild'), 'engine-innodb'),
  otherEngine: action(always('copy'), always('copy'), alterTable, 'engine-aria', true),
  rebuild: action(always('rebuild'), always('rebuild'), 'force'),
  rebuildFulltext: action(always('copy'), always('rebuild-shared'), fulltextLimits, 'add-column-on-table-with-fulltext'),
  rowFormat: action(always('rebuild'), always('rebuild'), 'row-format'),
  defaultCharset: action(always('rebuild'), always('instant'), 'default-charset'),
  convertCharset: action(always('rebuild-shared'), always('copy'), 'convert-charset', 'convert-charset-utf8mb3-to-utf8mb4'),
  autoIncrementValue: action(always('metadata'), always('instant'), 'auto-increment-value'),
  orderBy: action(always('copy'), always('copy'), alterTable, mariadbAlterTable),
  tableOption: action(always('instant'), always('instant'), alterTable, 'comment-table'),
  addVersioning: action(always('copy'), always('copy'), alterTable, 'add-system-versioning'),
  dropVersioning: action(always('copy'), always('rebuild-shared'), alterTable, 'drop-system-versioning'),
  partitionBy: action(always('copy'), always('copy'), 'partition-by', 'partition-by', true),
  removePartitioning: action(always('copy'), always('copy'), 'remove-partitioning', 'remove-partitioning', true),
  addPartition: action(always('metadata'), always('metadata'), 'add-partition', mariadbAlterTable, true),
  dropPartition: action(always('metadata'), always('metadata'), 'drop-partition', mariadbAlterTable, true),
  reorganizePartition: action(always('rebuild-shared'), always('copy'), 'reorganize-partition', mariadbAlterTable, true),
  exchangePartition: action(always('metadata'), always('metadata'), 'exchange-partition', mariadbAlterTable, true),
} as const satisfies Record<string, Action>;
