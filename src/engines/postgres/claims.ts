import type { Claim } from './claim.ts';

const exclusive = { lock: 'ACCESS EXCLUSIVE', cost: 'constant' } as const;
const rewriting = { lock: 'ACCESS EXCLUSIVE', cost: 'rewrite', rewrites: true, rebuilds: true } as const;
const scanning = { lock: 'ACCESS EXCLUSIVE', cost: 'scan' } as const;
const quiet = { lock: 'SHARE UPDATE EXCLUSIVE', cost: 'constant' } as const;
const onIndex = { lock: 'ACCESS SHARE', onIndex: 'ACCESS EXCLUSIVE', cost: 'constant', alone: true } as const;
const nothing = { lock: null, cost: 'constant' } as const;
const manual = 'https://www.postgresql.org/docs/current/';

/** Columns. */
export const columnClaims = {
  add: { ...exclusive, source: 'add-column-nullable' },
  addDefault: { ...exclusive, source: 'add-column-default-constant' },
  addDefaultBefore11: { ...rewriting, source: 'add-column-default-constant' },
  addVolatile: { ...rewriting, source: 'add-column-default-clock-timestamp' },
  addSerial: { ...rewriting, source: 'add-column-serial' },
  addIdentity: { ...rewriting, source: 'add-column-identity' },
  addStored: { ...rewriting, source: 'add-column-generated-stored' },
  addVirtual: { ...exclusive, source: 'add-column-generated-virtual' },
  addConstrainedDomain: { ...rewriting, source: 'add-column-domain-check' },
  addUnique: { ...exclusive, cost: 'index-build', source: 'add-column-unique' },
  addCheck: { ...scanning, source: 'add-column-check' },
  addReferences: { ...exclusive, source: 'add-column-references' },
  addReferencesFilled: { ...scanning, source: 'add-column-references-default' },
  addThere: { ...exclusive, source: 'add-column-if-not-exists-already-there' },
  drop: { ...exclusive, source: 'drop-column' },
  rename: { ...exclusive, source: 'rename-column' },
  setOptions: { ...quiet, source: 'set-column-n-distinct' },
  setDefault: { ...exclusive, source: 'set-default' },
  setNotNull: { ...scanning, source: 'set-not-null' },
  setNotNullProved: { ...exclusive, source: 'set-not-null-after-valid-check' },
  setNotNullAlready: { ...exclusive, source: 'set-not-null-already' },
  dropNotNull: { ...exclusive, source: 'drop-not-null' },
  typeRewritten: { ...rewriting, source: 'alter-type-int-to-bigint' },
  typeFree: { ...exclusive, source: 'alter-type-varchar-widen' },
  typeChecked: { ...scanning, source: 'type-change-with-check' },
  typeReindexed: { ...exclusive, cost: 'index-build', source: 'alter-type-varchar-to-citext-indexed' },
} as const satisfies Record<string, Claim>;

/** SET on a column, by option. */
export const columnOptionClaims = {
  'comment': { ...quiet, alone: true, source: 'comment-on-column' },
  'statistics': { ...quiet, source: 'set-statistics' },
  'storage': { ...exclusive, source: 'set-storage' },
  'compression': { ...exclusive, source: 'set-compression' },
  'identity': { ...exclusive, source: 'add-identity-to-column' },
  'drop-identity': { ...exclusive, source: 'drop-identity' },
  'drop-expression': { ...exclusive, source: 'drop-expression' },
  'set-expression': { ...rewriting, source: 'set-expression' },
  'visibility': { ...nothing, source: 'none' },
  'other': { ...exclusive, source: `${manual}sql-altertable.html` },
} as const satisfies Record<string, Claim>;

/** Indexes. */
export const indexClaims = {
  create: { lock: 'SHARE', cost: 'index-build', source: 'create-index' },
  createOnly: { lock: 'SHARE', cost: 'constant', alone: true, source: 'create-index-on-only-partitioned' },
  createBuilt: { lock: 'SHARE', cost: 'constant', source: 'create-index-on-partitioned' },
  createThere: { lock: 'SHARE', cost: 'constant', alone: true, source: 'create-index-if-not-exists-already-there' },
  createConcurrently: { lock: 'SHARE UPDATE EXCLUSIVE', cost: 'index-build', transaction: 'forbidden', source: 'create-index-concurrently' },
  drop: { ...exclusive, source: 'drop-index' },
  dropMissing: { ...nothing, source: 'drop-index-if-exists-missing' },
  dropConcurrently: { ...quiet, transaction: 'forbidden', source: 'drop-index-concurrently' },
  rename: { ...nothing, source: 'rename-index' },
  renameBefore12: { ...onIndex, source: 'rename-index' },
  renameAsTable: { ...onIndex, source: 'rename-index-via-alter-table' },
  setTablespace: { ...onIndex, cost: 'index-build', source: 'alter-index-set-tablespace' },
  reindexIndex: { lock: 'SHARE', onIndex: 'ACCESS EXCLUSIVE', cost: 'index-build', source: 'reindex-index' },
  reindexTable: { lock: 'SHARE', onIndex: 'ACCESS EXCLUSIVE', cost: 'index-build', rebuilds: true, source: 'reindex-table' },
  reindexAll: { ...nothing, cost: 'index-build', transaction: 'forbidden', source: `${manual}sql-reindex.html` },
  reindexConcurrently: { lock: 'SHARE UPDATE EXCLUSIVE', cost: 'index-build', transaction: 'forbidden', source: 'reindex-index-concurrently' },
  attach: { ...onIndex, onIndex: 'SHARE UPDATE EXCLUSIVE', blocks: { reads: true, writes: true, rowLocks: true, indexBuilds: false, maintenance: true }, source: 'alter-index-attach-partition' },
} as const satisfies Record<string, Claim>;

/** Constraints. */
export const constraintClaims = {
  foreignKey: { lock: 'SHARE ROW EXCLUSIVE', cost: 'scan', source: 'add-foreign-key' },
  foreignKeyNotValid: { lock: 'SHARE ROW EXCLUSIVE', cost: 'constant', source: 'add-foreign-key-not-valid' },
  check: { ...scanning, source: 'add-check' },
  checkNotValid: { ...exclusive, source: 'add-check-not-valid' },
  unique: { ...exclusive, cost: 'index-build', source: 'add-unique-constraint' },
  uniqueUsingIndex: { ...exclusive, source: 'add-unique-using-index' },
  primaryKey: { ...exclusive, cost: 'index-build', source: 'add-primary-key' },
  primaryKeyUsingIndex: { ...exclusive, source: 'add-primary-key-using-index' },
  primaryKeyUsingIndexNullable: { ...scanning, source: 'add-primary-key-using-index-nullable-column' },
  exclusion: { ...exclusive, cost: 'index-build', source: 'add-exclude' },
  notNull: { ...scanning, source: 'set-not-null' },
  notNullNotValid: { ...exclusive, source: 'add-not-null-constraint-not-valid' },
  validate: { ...quiet, cost: 'scan', source: 'validate-check' },
  validateForeignKey: { ...quiet, cost: 'scan', source: 'validate-foreign-key' },
  validateValid: { ...quiet, source: 'validate-already-valid' },
  drop: { ...exclusive, source: 'drop-constraint-check' },
  dropForeignKey: { ...exclusive, source: 'drop-constraint-foreign-key' },
  rename: { ...exclusive, source: 'rename-constraint' },
  alter: { ...exclusive, source: 'alter-constraint-deferrable' },
} as const satisfies Record<string, Claim>;

/** Tables as a whole. */
export const tableClaims = {
  create: { ...nothing, source: 'create-table' },
  createThere: { ...nothing, source: 'create-table-if-not-exists-already-there' },
  createReferencing: { ...nothing, source: 'create-table-with-foreign-key' },
  createFromQuery: { ...nothing, cost: 'rows', source: 'create-table-as' },
  createPartition: { ...nothing, source: 'create-table-partition-of' },
  createPartitionWithDefault: { ...nothing, cost: 'scan', source: 'create-table-partition-of-with-default' },
  drop: { ...exclusive, source: 'drop-table' },
  dropMissing: { ...nothing, source: 'drop-table-if-exists-missing' },
  rename: { ...exclusive, alone: true, source: 'rename-table' },
  setSchema: { ...exclusive, alone: true, source: 'alter-table-set-schema' },
  truncate: { ...exclusive, source: 'truncate' },
  attachPartition: { ...quiet, alone: true, cost: 'scan', source: 'attach-partition' },
  attachPartitionIndexed: { ...quiet, alone: true, cost: 'index-build', source: 'attach-partition-parent-has-index' },
  attachPartitionChecked: { ...quiet, alone: true, source: 'attach-partition-with-check' },
  detachPartition: { ...exclusive, alone: true, source: 'detach-partition' },
  detachPartitionFinalize: { ...quiet, alone: true, source: `${manual}sql-altertable.html` },
  detachPartitionConcurrently: { ...quiet, alone: true, transaction: 'forbidden', source: 'detach-partition-concurrently' },
  createTrigger: { lock: 'SHARE ROW EXCLUSIVE', cost: 'constant', source: 'create-trigger' },
  createStatementTrigger: { lock: 'SHARE ROW EXCLUSIVE', cost: 'constant', alone: true, source: 'create-trigger' },
  dropTrigger: { ...exclusive, source: 'drop-trigger' },
  triggerState: { lock: 'SHARE ROW EXCLUSIVE', cost: 'constant', source: 'disable-trigger' },
  rowSecurity: { ...exclusive, alone: true, source: 'enable-rls' },
  policy: { ...exclusive, alone: true, source: 'create-policy' },
  vacuum: { ...quiet, cost: 'scan', transaction: 'forbidden', source: 'vacuum' },
  vacuumFull: { ...rewriting, transaction: 'forbidden', source: 'vacuum-full' },
  analyze: { ...quiet, source: 'analyze' },
  cluster: { ...rewriting, source: 'cluster' },
  clusterPartitioned: { ...rewriting, transaction: 'forbidden', source: `${manual}sql-cluster.html` },
  clusterAll: { ...nothing, cost: 'rewrite', transaction: 'forbidden', source: `${manual}sql-cluster.html` },
} as const satisfies Record<string, Claim>;

/** SET on a table, by option. */
export const tableOptionClaims = {
  'comment': { ...quiet, alone: true, source: 'comment-on-table' },
  'storage': { ...quiet, alone: true, source: 'set-fillfactor' },
  'logged': { ...rewriting, alone: true, source: 'set-logged' },
  'unlogged': { ...rewriting, alone: true, source: 'set-unlogged' },
  'tablespace': { ...exclusive, cost: 'rewrite', rewrites: true, alone: true, source: 'set-tablespace' },
  'access-method': { ...rewriting, alone: true, source: `${manual}sql-altertable.html` },
  'owner': { ...exclusive, alone: true, source: 'alter-table-owner' },
  'replica-identity': { ...exclusive, alone: true, source: 'replica-identity-full' },
  'inherit': { ...exclusive, alone: true, source: 'inherit' },
  'no-inherit': { ...exclusive, alone: true, source: `${manual}sql-altertable.html` },
  'cluster-on': { ...quiet, alone: true, source: 'cluster-on' },
  /** Where the rows would be kept or how: a partitioned table has none, and the option is for partitions made later. */
  'on-partitioned': { ...exclusive, alone: true, source: `${manual}sql-altertable.html` },
  /** The table is stored so already: nothing is done. */
  'already-so': { ...exclusive, alone: true, source: 'set-access-method-same' },
  'engine': { ...nothing, source: 'none' },
  'charset': { ...nothing, source: 'none' },
  'convert-charset': { ...nothing, source: 'none' },
  'row-format': { ...nothing, source: 'none' },
  'auto-increment': { ...nothing, source: 'none' },
  'order': { ...nothing, source: 'none' },
  'force-rebuild': { ...nothing, source: 'none' },
  'other': { ...exclusive, alone: true, source: `${manual}sql-altertable.html` },
} as const satisfies Record<string, Claim>;

/** Views, types, rows and the rest. */
export const otherClaims = {
  createView: { ...nothing, source: 'create-view' },
  replaceView: { ...exclusive, source: 'create-or-replace-view' },
  createMaterializedView: { ...nothing, cost: 'rows', source: 'create-materialized-view' },
  dropView: { ...exclusive, source: 'drop-view' },
  renameView: { ...exclusive, source: `${manual}sql-alterview.html` },
  refresh: { ...exclusive, cost: 'rewrite', rewrites: true, rebuilds: true, source: 'refresh-materialized-view' },
  refreshWithNoData: { ...exclusive, source: `${manual}sql-refreshmaterializedview.html` },
  refreshConcurrently: { lock: 'EXCLUSIVE', cost: 'rows', blocks: { reads: false, writes: false }, source: 'refresh-materialized-view-concurrently' },
  createType: { ...nothing, source: 'create-type-enum' },
  addEnumValue: { ...nothing, source: 'alter-type-enum-add-value' },
  addEnumValueBefore12: { ...nothing, transaction: 'forbidden', source: 'alter-type-enum-add-value' },
  renameEnumValue: { ...nothing, source: 'alter-type-enum-rename-value' },
  dropType: { ...nothing, source: 'drop-type-used' },
  domainChecked: { ...nothing, cost: 'scan', source: `${manual}sql-alterdomain.html` },
  domainNotValid: { ...nothing, source: `${manual}sql-alterdomain.html` },
  function: { ...nothing, source: 'create-function' },
  sequence: { ...nothing, source: 'create-sequence' },
  schema: { ...nothing, source: 'create-schema' },
  dropSchema: { ...nothing, source: `${manual}sql-dropschema.html` },
  extension: { ...nothing, source: 'create-extension' },
  statistics: { ...quiet, alone: true, source: 'create-statistics' },
  publication: { ...quiet, alone: true, source: 'create-publication' },
  grant: { ...nothing, source: 'grant-select' },
  insert: { lock: 'ROW EXCLUSIVE', cost: 'rows', source: 'insert-select' },
  update: { lock: 'ROW EXCLUSIVE', cost: 'rows', source: 'update-without-where' },
  delete: { lock: 'ROW EXCLUSIVE', cost: 'rows', source: 'delete-all' },
  read: { lock: 'ACCESS SHARE', cost: 'rows', source: `${manual}explicit-locking.html` },
  forbidden: { ...nothing, transaction: 'forbidden', source: 'create-database' },
} as const satisfies Record<string, Claim>;
