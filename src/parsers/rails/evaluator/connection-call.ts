import type { Value } from '../value.ts';
import { boolean, computed, nil } from '../values/make.ts';
import { special } from '../values/special.ts';
import { emit, emitOpaque } from './emit.ts';
import { textOf, unknownOf, verbOf, yieldTo, type Invocation } from './invocation.ts';
import { lower } from './lowering.ts';
import { isSqlCall, quoteCall, sqlCall } from './sql-call.ts';
import { transactionCall } from './transactions.ts';

/** What a connection answers or does that changes nothing a rule looks at. */
const harmless = new Set(`
  tables views data_sources columns indexes foreign_keys check_constraints primary_key primary_keys extensions enum_types schema_names current_schema current_database database_version select_version schema_cache schema_search_path
  schema_search_path= clear_cache! reset! reconnect! verify! disconnect! close active? reset_pk_sequence! set_pk_sequence! pk_and_sequence_for default_sequence_name serial_sequence quoted_date type_to_sql native_database_types
  pool config instance_values instance_variable_get lookup_cast_type lookup_cast_type_from_column type_map schema_migration migration_context max_identifier_length index_name index_name_length index_name_for_migrate table_comment
  visitor to_sql cacheable_query unprepared_statement verbose verbose= version name open_transactions current_transaction collation charset encoding show_variable collect instance_variable_set
  get_advisory_lock release_advisory_lock assume_migrated_upto_version internal_string_options_for_primary_key migration_connection copy_versions arel_visitor options_for_index_columns enable_query_cache! disable_query_cache! clear_query_cache
  cache_dumpfile truncate_tables_later unprepared_statements prepared_statements raw_connection server_version postgresql_version mariadb? get_database_version
`.trim().split(/\s+/));

/** A call on the connection, or (without a receiver) one that a migration passes on to it. Undefined when it is none of the connection's own. */
export function connectionCall(inv: Invocation, receiver: Value | null): Value | undefined {
  const { machine, name } = inv;
  const decided = adapterQuestion(inv);
  if (decided) return decided;
  const quoted = quoteCall(inv);
  if (quoted) return quoted;
  if (isSqlCall(inv, true)) return sqlCall(inv);
  const transaction = transactionCall(inv);
  if (transaction) return transaction;
  switch (name) {
    case 'connection':
    case 'lease_connection':
    case 'retrieve_connection':
      return inv.args.length === 0 ? special({ kind: 'connection', text: textOf(inv) }, textOf(inv), inv.node, inv.node) : undefined;
    case 'with_connection':
      return yieldTo(inv, [special({ kind: 'connection', text: 'connection' }, 'connection', inv.node, inv.node)]);
    case 'disable_referential_integrity':
      emit(machine, { kind: 'set-trigger-state', table: { schema: null, name: '*', dynamic: true }, name: 'all', enabled: false }, { at: inv.node, verb: verbOf(inv), uncertain: true });
      return yieldTo(inv, []);
    case 'uncached':
    case 'cache':
      return yieldTo(inv, []);
    default:
  }
  if (harmless.has(name)) return inv.closure ? yieldTo(inv, []) : unknownOf(inv);
  if (receiver === null) return undefined;
  if (lower(inv)) return nil(inv.node);
  if (!/[?]$/.test(name) && inv.args.length > 0 && !/^(instance_|respond_|method|send|public_send|is_a|kind_of|class)/.test(name)) {
    emitOpaque(machine, `"${name}" of the connection is not known`, textOf(inv), { at: inv.node, verb: verbOf(inv) });
  }
  return undefined;
}

/** What the engine decides: `adapter_name`, `postgresql?` and the like. */
export function adapterQuestion(inv: Invocation): Value | undefined {
  const { engine, libraries } = inv.machine.environment;
  const mysql = engine.name === 'mysql' || engine.name === 'mariadb';
  switch (inv.name) {
    case 'adapter_name':
      return computed({ postgres: 'PostgreSQL', mysql: mysqlName(libraries, true), mariadb: mysqlName(libraries, true), sqlite: 'SQLite' }[engine.name], inv.node);
    case 'adapter':
      return inv.args.length === 0 ? computed({ postgres: 'postgresql', mysql: mysqlName(libraries, false), mariadb: mysqlName(libraries, false), sqlite: 'sqlite3' }[engine.name], inv.node) : undefined;
    case 'postgresql?':
    case 'postgres?':
    case 'pg?':
    case 'using_postgres?':
    case 'using_postgresql?':
    case 'is_postgres?':
      return boolean(engine.name === 'postgres', inv.node);
    case 'mysql?':
    case 'mysql2?':
    case 'using_mysql?':
    case 'is_mysql?':
      return boolean(mysql, inv.node);
    case 'mariadb?':
      return boolean(engine.name === 'mariadb', inv.node);
    case 'sqlite?':
    case 'sqlite3?':
    case 'using_sqlite?':
      return boolean(engine.name === 'sqlite', inv.node);
    case 'sqlserver?':
    case 'mssql?':
    case 'oracle?':
      return boolean(false, inv.node);
    default:
      return undefined;
  }
}

function mysqlName(libraries: ReadonlySet<string>, display: boolean): string {
  const trilogy = libraries.has('trilogy') && !libraries.has('mysql2');
  return trilogy ? (display ? 'Trilogy' : 'trilogy') : display ? 'Mysql2' : 'mysql2';
}
