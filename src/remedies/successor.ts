import type { Check, ForeignKey, IndexDefinition, QualifiedName } from '../operations/index.ts';
import { indexColumns, isMysql, noDefault } from '../operations/index.ts';
import type { Table } from '../schema/table.ts';
import { indexMigration, retriableIndexMigration } from './concurrent-index.ts';
import { addCheck, addForeignKey, foreignKeyInTwoSteps, validateCheck, validateForeignKey } from './constraint.ts';
import type { RemedyContext } from './context.ts';
import { named, objectName, railsIndexName } from './naming.ts';
import { notNullStatements, notNullSteps } from './not-null.ts';
import type { RemedyStatement, RemedyStep } from './remedy.ts';
import { plainKeys } from './sql/create-index.ts';
import { mentions, replaceName } from './sql/mention.ts';
import { quoteName } from './sql/name.ts';
import { migrationStep, perform } from './step.ts';

/** What it takes to give a new column everything that hangs on the one it replaces. */
export interface Succession {
  /** Migrations that build indexes and constraints on the new column while both exist. */
  readonly steps: readonly RemedyStep[];
  /** Statements just before the old column is dropped: what would keep it or be left crippled. */
  readonly before: readonly RemedyStatement[];
  /** Statements just after: the default, and the names that the old objects held until then. */
  readonly after: readonly RemedyStatement[];
  /** Takes `after` back. */
  readonly undo: readonly RemedyStatement[];
  /** Takes `before` back, when the old column is there again. */
  readonly restore: readonly RemedyStatement[];
}

/** For a table that is not known: nothing is known to hang on the column. */
export const noSuccession: Succession = { steps: [], before: [], after: [], undo: [], restore: [] };

/** Copies indexes, constraints, NOT NULL and default of `from` to `to`. `finalName` is the new column's name in the end. */
export function succeed(table: Table, from: string, to: string, finalName: string, c: RemedyContext): Succession {
  const column = table.columns.get(from);
  const postgres = c.engine.name === 'postgres';
  const indexes = table.indexes.filter((index) => concerns(index, from)).map((index) => successorIndex(index, from, to, finalName, c));
  const uniques = postgres ? table.uniques.filter((unique) => unique.columns.includes(from)).map((unique) => successorUnique(table.name, unique, from, to, c)) : [];
  const keys = table.foreignKeys.filter((key) => key.columns.includes(from)).map((key) => successorKey(key, from, to, c));
  const checks = table.checks.filter((check) => mentions(check.expression, from)).map((check) => successorCheck(table.name, check, from, to, c));
  const required = column?.nullable === false;
  const notNull = required && postgres ? notNullStatements(table.name, to, c) : null;
  const add = [...(postgres ? keys.map(({ key }) => addForeignKey(table.name, { ...key, validated: false })) : []), ...checks.map(({ check }) => addCheck(table.name, { ...check, validated: false })), ...(notNull?.add ?? [])];
  const validate = [
    ...(postgres ? keys.filter(({ old }) => old.validated).map(({ key }) => validateForeignKey(table.name, key)) : []),
    ...(postgres ? checks.filter(({ old }) => old.validated).map(({ check }) => validateCheck(table.name, check.name ?? '')) : []),
    ...(notNull?.finish ?? []),
    ...uniques.map((unique) => unique.add),
  ];
  const backToNullable = notNull === null ? [] : [...notNull.undo, perform({ kind: 'drop-not-null', table: table.name, column: to })];
  const undone = [...uniques.map((unique) => unique.drop), ...backToNullable];
  const about = `of ${table.name.name} ${to}`;
  const steps: RemedyStep[] = [
    ...indexes.map(({ index }) => (index.unique ? retriableIndexMigration(index, c, `Build the unique index on "${to}".`) : indexMigration(index, c, `Build the index on "${to}" without blocking writes.`))),
    ...uniques.map((unique) => retriableIndexMigration(unique.index, c, `Build the unique index on "${to}".`)),
    ...(add.length > 0 ? [migrationStep({ words: `add constraints ${about}`, title: 'Add the constraints; only new and changed rows are checked.', up: add })] : []),
    ...(validate.length > 0 ? [migrationStep({ words: `validate constraints ${about}`, title: 'Check the rows that were there before, and take the constraints into force.', up: validate, down: undone.length > 0 ? undone : null })] : []),
    ...(isMysql(c.engine) ? keys.flatMap(({ key }) => foreignKeyInTwoSteps(table.name, key, c).steps.filter((step) => step.kind === 'migration')) : []),
    ...(required && !postgres ? notNullSteps(table.name, to, c, column) : []),
  ];
  const names = [...indexes.flatMap((index) => renames(table.name, index)), ...[...uniques, ...checks, ...keys].flatMap((item) => (postgres ? constraintRenames(table.name, item) : []))];
  const value = column?.default ?? noDefault;
  const setDefault = (wanted: typeof value, present: typeof value): RemedyStatement => perform({ kind: 'set-default', table: table.name, column: finalName, default: wanted, from: present });
  const hasDefault = value.kind !== 'none';
  // Without a transaction rows are inserted between the end of the triggers and that of the column.
  const relax = perform({ kind: 'drop-not-null', table: table.name, column: from });
  return {
    steps,
    before: postgres ? [] : [...(required && !hasDefault ? [relax] : []), ...keys.map(({ old }) => dropKey(table.name, old)), ...checks.flatMap(({ old }) => dropOldCheck(table.name, old)), ...indexes.flatMap(({ old }) => dropShared(table.name, old))],
    after: [...(hasDefault ? [setDefault(value, noDefault)] : []), ...names.map((pair) => pair[0])],
    restore: postgres ? [] : [
      ...indexes.filter(({ old }) => isShared(old)).map(({ old }) => perform({ kind: 'create-index', index: old, concurrently: false, ifNotExists: false, only: false, algorithm: null, lock: null })),
      ...checks.filter(({ old }) => old.name !== null).map(({ old }) => addCheck(table.name, old)),
      ...keys.map(({ old }) => addForeignKey(table.name, old)),
    ],
    undo: [...names.map((pair) => pair[1]), ...(hasDefault ? [setDefault(noDefault, value)] : [])],
  };
}

function concerns(index: IndexDefinition, column: string): boolean {
  return indexColumns(index).includes(column) || (index.include ?? []).includes(column) || mentions(index.where ?? '', column) || index.keys.some((key) => key.expression !== null && mentions(key.expression, column));
}

interface Renamed {
  /** The name while both exist, and the one it gets when the old object is gone; equal when they need not differ. */
  readonly interim: string | null;
  readonly wanted: string | null;
}

function successorIndex(old: IndexDefinition, from: string, to: string, finalName: string, c: RemedyContext): Renamed & { old: IndexDefinition; index: IndexDefinition } {
  const put = (name: string): string => (name === from ? to : name);
  const text = (sql: string): string => replaceName(sql, from, quoteName(to, c.engine));
  const keys = old.keys.map((key) => ({ ...key, column: key.column === null ? null : put(key.column), expression: key.expression === null ? null : text(key.expression) }));
  const { include, where, generatedName: _, ...rest } = old;
  const copy: IndexDefinition = { ...rest, keys, ...(include ? { include: include.map(put) } : {}), ...(where === undefined ? {} : { where: text(where) }) };
  const conventional = old.generatedName === true || old.name === railsIndexName(old.table, indexColumns(old));
  const final = conventional ? railsIndexName(old.table, keys.map((key) => (key.column === to ? finalName : (key.column ?? '')))) : old.name;
  const wanted = final === null || Buffer.byteLength(final) > 62 ? old.name : final;
  const interim = wanted !== null && wanted === old.name ? objectName(c.engine, wanted, 'new') : wanted;
  return { old, interim, wanted: interim === null ? null : wanted, index: interim === null ? copy : named(copy, interim) };
}

function successorUnique(table: QualifiedName, unique: Table['uniques'][number], from: string, to: string, c: RemedyContext) {
  const columns = unique.columns.map((column) => (column === from ? to : column));
  const interim = objectName(c.engine, unique.name ?? [table.name, ...columns].join('_'), unique.name === null ? 'key' : 'new');
  const index: IndexDefinition = { name: interim, table, keys: plainKeys(columns), unique: true, method: 'btree' };
  const add = perform({ kind: 'add-unique', table, name: interim, columns, usingIndex: interim, deferrable: false, nullsNotDistinct: false });
  const drop = perform({ kind: 'drop-constraint', table, name: interim, constraint: 'unique', columns, references: null, ifExists: false, cascade: false });
  return { interim, wanted: unique.name, index, add, drop };
}

/** Rails' own `fk_rails_...` is made of the column's name, so the new key gets its own. */
function successorKey(old: ForeignKey, from: string, to: string, c: RemedyContext): Renamed & { old: ForeignKey; key: ForeignKey } {
  const own = old.name !== null && !/^fk_rails_[0-9a-f]{10}$/.test(old.name);
  const interim = own ? objectName(c.engine, old.name, 'new') : null;
  return { old, interim, wanted: own ? old.name : null, key: { ...old, name: interim, columns: old.columns.map((column) => (column === from ? to : column)) } };
}

function successorCheck(table: QualifiedName, old: Check, from: string, to: string, c: RemedyContext): Renamed & { old: Check; check: Check } {
  const interim = old.name === null ? objectName(c.engine, table.name, to, 'check') : objectName(c.engine, old.name, 'new');
  return { old, interim, wanted: old.name, check: { ...old, name: interim, expression: replaceName(old.expression, from, quoteName(to, c.engine)) } };
}

function renames(table: QualifiedName, { interim, wanted }: Renamed): [RemedyStatement, RemedyStatement][] {
  if (interim === null || wanted === null || interim === wanted) return [];
  return [[perform({ kind: 'rename-index', table, name: interim, to: wanted }), perform({ kind: 'rename-index', table, name: wanted, to: interim })]];
}

function constraintRenames(table: QualifiedName, { interim, wanted }: Renamed): [RemedyStatement, RemedyStatement][] {
  if (interim === null || wanted === null || interim === wanted) return [];
  return [[perform({ kind: 'rename-constraint', table, name: interim, to: wanted }), perform({ kind: 'rename-constraint', table, name: wanted, to: interim })]];
}

function dropKey(table: QualifiedName, { name, columns, references }: ForeignKey): RemedyStatement {
  return perform({ kind: 'drop-constraint', table, name, constraint: 'foreign-key', columns, references, ifExists: false, cascade: false });
}

function dropOldCheck(table: QualifiedName, { name }: Check): RemedyStatement[] {
  return name === null ? [] : [perform({ kind: 'drop-constraint', table, name, constraint: 'check', columns: [], references: null, ifExists: false, cascade: false })];
}

/** MySQL keeps an index on several columns, without the dropped one. */
function dropShared(table: QualifiedName, index: IndexDefinition): RemedyStatement[] {
  if (!isShared(index)) return [];
  return [perform({ kind: 'drop-index', table, name: { schema: null, name: index.name ?? '' }, columns: [], concurrently: false, ifExists: false, cascade: false, algorithm: null, lock: null })];
}

function isShared(index: IndexDefinition): boolean {
  return index.keys.length > 1 && index.name !== null;
}
