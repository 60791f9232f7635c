import type { Check, ColumnDefinition, Deed, ForeignKey, IndexDefinition, TableConstraint } from '../../../operations/index.ts';
import type { Span } from '../../../source/span.ts';
import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import type { Value } from '../value.ts';
import { canBeName, given, hashOptions, isOn, nameText, nameTexts, noOptions, qualifiedName, truth, withTrailingHash, withoutOptions, type Options } from './arguments.ts';
import { columnDefinition, primaryKeyColumn } from './column-definition.ts';
import { isColumnMethod, spellTableMethod, typeOfMethod } from './column-methods.ts';
import { timestampOptions } from './columns.ts';
import { checkOf, exclusionOf, uniqueOf } from './constraints.ts';
import { foreignKeyOf } from './foreign-keys.ts';
import { libraryColumns } from './gems/columns.ts';
import { indexDefinition } from './index-definition.ts';
import { isConcurrent } from './indexes.ts';
import { eachOf, noteUnknownOptions } from './lowering.ts';
import { checkColumnOptions, checkForeignKeyOptions, checkIndexOptions, checkReferenceOptions } from './options.ts';
import { isShortPolymorphicName, referenceOf } from './references.ts';
import { asksFor, onMysql } from './version.ts';

/** What the block of `create_table` defines, filled call by call. */
export interface TableDraft {
  readonly table: Value;
  /** By name: a column defined a second time replaces the first, in its place. */
  readonly columns: Map<string, ColumnDefinition>;
  readonly indexes: IndexDefinition[];
  readonly foreignKeys: ForeignKey[];
  readonly checks: Check[];
  readonly constraints: TableConstraint[];
  /** Indexes that run as statements of their own because they say CONCURRENTLY. */
  readonly separate: { readonly deed: Deed<'create-index'>; readonly at: Span }[];
  primaryKey: readonly string[];
}

/** An empty draft. */
export function tableDraft(table: Value): TableDraft {
  return { table, columns: new Map(), indexes: [], foreignKeys: [], checks: [], constraints: [], separate: [], primaryKey: [] };
}

type Step = (call: StatementCall, draft: TableDraft, host: StatementHost) => void;

/** Adds what one `t.` call inside `create_table` says to the draft. */
export function draftCall(written: StatementCall, draft: TableDraft, host: StatementHost): void {
  readCall(withTrailingHash(written), draft, host);
  noteUnknownOptions(written, host);
}

function readCall(call: StatementCall, draft: TableDraft, host: StatementHost): void {
  const step = steps.get(call.name);
  if (step) { step(call, draft, host); return; }
  if (isColumnMethod(call.name)) { addTyped(call, draft, host); return; }
  const columns = libraryColumns(call, host);
  if (columns) {
    for (const column of columns) put(draft, column);
    return;
  }
  const suggestion = spellTableMethod(call.name, host);
  if (suggestion) host.problem({ kind: 'misspelled-call', call: call.verb, suggestion: call.verb.replace(call.name, suggestion), at: call.nameAt, statement: call.at });
  host.opaque(`"${call.verb}" is no method of the table definition that is known`, call.at);
}

const steps: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['column', (call, draft, host) => {
    const [name, type] = call.args;
    if (!canBeName(name) || !canBeName(type)) { host.opaque('the name or the type of the column is not known', call.at); return; }
    checkColumnOptions(call, host, true);
    addColumn(name, type, call, draft, host);
  }],
  ['primary_key', (call, draft, host) => {
    const [name, type] = call.args;
    if (!canBeName(name)) { host.opaque('the name of the primary key is not known', call.at); return; }
    const kind: Value = canBeName(type) ? type : { type: 'symbol', name: 'primary_key', partial: false, at: call.nameAt };
    put(draft, primaryKeyColumn(nameText(name), kind, call, host));
  }],
  ['primary_keys', (call, draft) => { draft.primaryKey = nameTexts(call.args[0]); }],
  ['timestamps', (call, draft, host) => {
    checkColumnOptions(call, host, true);
    const type: Value = { type: 'symbol', name: 'datetime', partial: false, at: call.nameAt };
    const options = timestampOptions(call, host);
    for (const name of ['created_at', 'updated_at']) addColumn({ type: 'symbol', name, partial: false, at: call.nameAt }, type, options, draft, host);
  }],
  ['timestamps_with_timezone', (call, draft, host) => {
    const type: Value = { type: 'symbol', name: 'timestamptz', partial: false, at: call.nameAt };
    for (const name of ['created_at', 'updated_at']) addColumn({ type: 'symbol', name, partial: false, at: call.nameAt }, type, timestampOptions(call, host), draft, host);
  }],
  ['references', addReferences],
  ['belongs_to', addReferences],
  ['index', (call, draft, host) => {
    const columns = call.args[0];
    if (columns === undefined) { host.opaque('the columns of the index are not known', call.at); return; }
    checkIndexOptions({ ...call, args: [draft.table, ...call.args] }, call, host);
    addIndex(columns, call, call.at, draft, host);
  }],
  ['foreign_key', (call, draft, host) => {
    const [to] = call.args;
    if (!canBeName(to)) { host.opaque('it is not known which table the foreign key refers to', call.at); return; }
    checkForeignKeyOptions(call, call, host);
    draft.foreignKeys.push(foreignKeyOf(draft.table, to, call, host, true));
  }],
  ['check_constraint', (call, draft, host) => {
    const [expression] = call.args;
    if (!expression) { host.opaque('the condition of the check is not known', call.at); return; }
    draft.checks.push(checkOf(draft.table, expression, call, host, true));
  }],
  ['unique_constraint', addUnique],
  ['unique_key', addUnique],
  ['exclusion_constraint', (call, draft, host) => {
    const [expression] = call.args;
    if (!expression) { host.opaque('the expression of the exclusion constraint is not known', call.at); return; }
    draft.constraints.push({ kind: 'exclusion', name: exclusionOf(draft.table, expression, call).name, columns: [] });
  }],
  ['remove_column', (call, draft) => {
    const [name] = call.args;
    if (name) draft.columns.delete(nameText(name));
  }],
  // Questions, and getters of the definition: they define nothing.
  ...['column_exists?', 'index_exists?', 'foreign_key_exists?', 'check_constraint_exists?', 'name', 'columns', '[]', 'indexes', 'options', 'comment', 'temporary', 'foreign_keys']
    .map((name): [string, Step] => [name, () => undefined]),
]);

function addTyped(call: StatementCall, draft: TableDraft, host: StatementHost): void {
  checkColumnOptions(call, host, true);
  const type = typeOfMethod(call);
  const names = eachOf(call.args, call, host);
  if (!names.length) { host.opaque(`"${call.verb}" is called without a column name`, call.at); return; }
  for (const name of names) addColumn(name, type, call, draft, host);
}

function addColumn(name: Value, type: Value, options: Options, draft: TableDraft, host: StatementHost): void {
  put(draft, columnDefinition(nameText(name), type, options, host));
  const index = options.options.get('index');
  if (index && truth(index.value)) addIndex(name, hashOptions(index.value) ?? noOptions, index.at, draft, host);
}

function put(draft: TableDraft, column: ColumnDefinition): void {
  draft.columns.set(column.name, column);
}

function addIndex(columns: Value, options: Options, at: Span, draft: TableDraft, host: StatementHost, generatedName = false): void {
  const index = indexDefinition(draft.table, columns, options, host);
  const definition = generatedName ? { ...index, generatedName: true } : index;
  if (given(options, 'algorithm') && isConcurrent(options, host)) {
    draft.separate.push({ deed: { kind: 'create-index', index: definition, concurrently: true, ifNotExists: isOn(options, 'if_not_exists'), only: false, algorithm: null, lock: null }, at });
  } else draft.indexes.push(definition);
}

function addReferences(call: StatementCall, draft: TableDraft, host: StatementHost): void {
  checkReferenceOptions(call, host);
  const names = eachOf(call.args, call, host);
  if (!names.length) { host.opaque(`"${call.verb}" is called without a name`, call.at); return; }
  for (const name of names) draftReference(name, call, draft, host);
}

/** Adds a reference's columns, index and foreign key to the draft. */
export function draftReference(name: Value, call: StatementCall, draft: TableDraft, host: StatementHost): void {
  const reference = referenceOf(draft.table, name, call, host);
  for (const column of reference.columns) put(draft, columnDefinition(column.name, column.type, column.options, host));
  if (reference.index) {
    const options = hashOptions(call.options.get('index')?.value);
    if (options) checkIndexOptions(call, options, host);
    addIndex(reference.index.columns, withoutOptions(reference.index.options, 'if_not_exists'), reference.index.at ?? call.at, draft, host, isShortPolymorphicName(reference, call));
  }
  if (reference.foreignKey) {
    checkForeignKeyOptions(call, hashOptions(call.options.get('foreign_key')?.value) ?? noOptions, host);
    draft.foreignKeys.push(foreignKeyOf(draft.table, reference.foreignKey.to, reference.foreignKey.options, host, true));
  }
}

function addUnique(call: StatementCall, draft: TableDraft): void {
  draft.constraints.push({ kind: 'unique', ...uniqueOf(draft.table, call.args[0], call) });
}

/** The deed of the finished table. */
export function draftedTable(draft: TableDraft, rest: Omit<Deed<'create-table'>, 'kind' | 'table' | 'columns' | 'primaryKey' | 'indexes' | 'foreignKeys' | 'checks' | 'constraints'>): Deed<'create-table'> {
  const columns = [...draft.columns.values()];
  const keyed = columns.filter((column) => column.primaryKey).map((column) => column.name);
  return {
    kind: 'create-table',
    table: qualifiedName(draft.table),
    columns: columns.map((column) => (draft.primaryKey.includes(column.name) ? { ...column, nullable: false } : column)),
    primaryKey: draft.primaryKey.length ? draft.primaryKey : keyed,
    indexes: draft.indexes,
    foreignKeys: draft.foreignKeys,
    checks: draft.checks,
    constraints: draft.constraints,
    ...rest,
  };
}

/** The storage clause that Active Record up to 5.1 gave every MySQL table. */
export function defaultTableOptions(host: StatementHost): string | null {
  return onMysql(host) && !asksFor(host, 5, 2) ? 'ENGINE=InnoDB' : null;
}
