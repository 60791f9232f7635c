import type { Deed } from '../../../operations/index.ts';
import type { Span } from '../../../source/span.ts';
import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import type { Value } from '../value.ts';
import { canBeName, given, isOn, nameText, optionText, qualifiedName, splitName, type Options } from './arguments.ts';
import { generatedIndexName, indexColumnsOf, indexDefinition } from './index-definition.ts';
import { guardedBy, type LoweringTable } from './lowering.ts';
import { checkIndexOptions, checkIndexRemoval } from './options.ts';
import { reportIrreversible } from './reversal.ts';
import { asksFor, hasLibrary, onMysql, onPostgres, runsOn } from './version.ts';

/** Statements about indexes. */
export const indexes: LoweringTable = {
  add_index: addIndex,
  remove_index: removeIndex,
  rename_index: (call, host) => {
    const [table, name, to] = call.args;
    if (!canBeName(table) || !canBeName(name) || !canBeName(to)) { host.opaque('it is not known which index is renamed'); return; }
    host.emit({ kind: 'rename-index', table: qualifiedName(table), name: nameText(name), to: nameText(to) });
  },
  enable_index: (call, host) => { setVisibility(call, host, 'visible'); },
  disable_index: (call, host) => { setVisibility(call, host, 'invisible'); },
};

function addIndex(call: StatementCall, host: StatementHost): void {
  const [table, columns] = call.args;
  if (!canBeName(table) || columns === undefined) { host.opaque('the table or the columns of the index are not known'); return; }
  checkIndexOptions(call, call, host);
  emitIndex(table, columns, call, host, {});
}

/** Where and how an index is emitted that is part of another statement. */
export interface IndexPlacement {
  readonly at?: Span;
  /** Overrides whether long generated names are shortened. */
  readonly shortensName?: boolean;
  /** True when the name among the options was made up by Active Record. */
  readonly generatedName?: boolean;
}

/** Emits the index that the options describe on an existing table. */
export function emitIndex(table: Value, columns: Value, options: Options, host: StatementHost, placement: IndexPlacement): void {
  const index = indexDefinition(table, columns, options, host, placement.shortensName);
  const deed: Deed<'create-index'> = {
    kind: 'create-index',
    index: placement.generatedName ? { ...index, generatedName: true } : index,
    concurrently: isConcurrent(options, host),
    ifNotExists: isOn(options, 'if_not_exists'),
    only: false,
    algorithm: mysqlClause(options, 'algorithm', host),
    lock: mysqlClause(options, 'lock', host),
  };
  host.emit(deed, placement.at, guardedBy(options, 'if_not_exists'));
  if (columns.type === 'array' && !columns.complete) host.opaque('the columns of the index are computed while the migration runs', placement.at);
}

/** True when Postgres builds or drops the index concurrently; safe-pg-migrations does so unless an algorithm is named. */
export function isConcurrent(options: Options, host: StatementHost): boolean {
  if (!onPostgres(host)) return false;
  const algorithm = given(options, 'algorithm');
  if (algorithm) return optionText(options, 'algorithm') === 'concurrently';
  return hasLibrary(host, 'safe-pg-migrations') && !host.isSchemaFile;
}

function removeIndex(call: StatementCall, host: StatementHost): void {
  const [table, positional] = call.args;
  if (!canBeName(table)) { host.opaque('the table of the index is not known'); return; }
  reportIrreversible(call, host);
  checkIndexRemoval(call, host);
  const columns = positional && positional.type !== 'nil' ? positional : given(call, 'column');
  const name = given(call, 'name');
  const read = indexColumnsOf(columns);
  const derived = name || !columns ? null : derivedName(nameText(table), read, host);
  const written = name ? splitName(nameText(name)) : derived === null ? null : splitName(derived);
  const schema = qualifiedName(table).schema;
  host.emit({
    kind: 'drop-index',
    table: qualifiedName(table),
    name: written === null ? null : { ...written, schema: written.schema ?? schema, ...(name && nameText(name).includes('#{') ? { dynamic: true } : {}) },
    columns: read.names,
    concurrently: isConcurrent(call, host),
    ifExists: isOn(call, 'if_exists'),
    cascade: false,
    algorithm: runsOn(host, 8, 2) ? mysqlClause(call, 'algorithm', host) : null,
    lock: runsOn(host, 8, 2) ? mysqlClause(call, 'lock', host) : null,
  }, undefined, guardedBy(call, 'if_exists'));
}

/** Active Record looks an index up by its columns; by its generated name for expressions and in migrations for 4.2. */
function derivedName(table: string, columns: ReturnType<typeof indexColumnsOf>, host: StatementHost): string | null {
  if (columns.expression === null && asksFor(host, 5, 0)) return null;
  return generatedIndexName(table, columns, host);
}

function mysqlClause(options: Options, option: 'algorithm' | 'lock', host: StatementHost): string | null {
  return onMysql(host) ? (optionText(options, option)?.toUpperCase() ?? null) : null;
}

function setVisibility(call: StatementCall, host: StatementHost, to: 'visible' | 'invisible'): void {
  const [table, name] = call.args;
  if (!canBeName(table) || !canBeName(name)) { host.opaque('it is not known which index is switched'); return; }
  host.emit({ kind: 'set-table-option', table: qualifiedName(table), option: 'other', value: `index ${nameText(name)} ${to}` });
}
