/**
 * Words that Postgres takes as names of tables or columns only in quotes: appendix C of its manual, "reserved" and "reserved (can be function or type)"; equal to
 * `pg_get_keywords()` of release 15, and with `system_user` of release 18.
 */
export const postgresWords: readonly string[] = words(`
  all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column concurrently constraint create cross current_catalog
  current_date current_role current_schema current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
  full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on only
  or order outer overlaps placing primary references returning right select session_user similar some symmetric table tablesample then to trailing true union unique user using
  variadic verbose when where window with
`);

/** What Postgres 16 reserves besides. */
export const postgres16Words: readonly string[] = ['system_user'];

/** Words that MySQL 5.7 reserves: its manual, chapter 9.3. */
export const mysqlWords: readonly string[] = words(`
  accessible add all alter analyze and as asc asensitive before between bigint binary blob both by call cascade case change char character check collate column condition
  constraint continue convert create cross current_date current_time current_timestamp current_user cursor database databases day_hour day_microsecond day_minute day_second dec
  decimal declare default delayed delete desc describe deterministic distinct distinctrow div double drop dual each else elseif enclosed escaped exists exit explain false fetch
  float float4 float8 for force foreign from fulltext generated get grant group having high_priority hour_microsecond hour_minute hour_second if ignore in index infile inner
  inout insensitive insert int int1 int2 int3 int4 int8 integer interval into io_after_gtids io_before_gtids is iterate join key keys kill leading leave left like limit linear
  lines load localtime localtimestamp lock long longblob longtext loop low_priority master_bind master_ssl_verify_server_cert match maxvalue mediumblob mediumint mediumtext
  middleint minute_microsecond minute_second mod modifies natural not no_write_to_binlog null numeric on optimize optimizer_costs option optionally or order out outer outfile
  partition precision primary procedure purge range read reads read_write real references regexp release rename repeat replace require resignal restrict return revoke right rlike
  schema schemas second_microsecond select sensitive separator set show signal smallint spatial specific sql sqlexception sqlstate sqlwarning sql_big_result sql_calc_found_rows
  sql_small_result ssl starting stored straight_join table terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique unlock unsigned update usage use
  using utc_date utc_time utc_timestamp values varbinary varchar varcharacter varying virtual when where while with write xor year_month zerofill
`);

/** What MySQL 8.0 reserves besides, up to its last release: its manual, chapter 11.3. */
export const mysql80Words: readonly string[] = words(`
  cube cume_dist dense_rank empty except first_value function grouping groups intersect json_table lag last_value lateral lead nth_value ntile of over percent_rank rank recursive
  row row_number rows system window
`);

/** What MySQL 8.4 reserves besides. */
export const mysql84Words: readonly string[] = words('manual parallel qualify tablesample');

/** Words that MariaDB 10.11 refuses as the unquoted name of a column (1064), tried one by one on a server. */
export const mariadbWords: readonly string[] = words(`
  accessible add all alter analyze and as asc asensitive before between bigint binary blob both by call cascade case change char character check collate column condition
  constraint continue convert create cross current_date current_role current_time current_timestamp current_user cursor databases day_hour day_microsecond day_minute
  day_second dec decimal declare default delayed delete delete_domain_id desc describe deterministic distinct distinctrow div do_domain_ids double drop dual each else elseif
  enclosed escaped except exists exit explain false fetch float float4 float8 for force foreign from fulltext grant group having high_priority hour_microsecond hour_minute
  hour_second if ignore ignore_domain_ids in index infile inner inout insensitive insert int int1 int2 int3 int4 int8 integer intersect interval into is iterate join key keys
  kill leading leave left like limit linear lines load localtime localtimestamp lock long longblob longtext loop low_priority master_demote_to_replica master_demote_to_slave
  master_ssl_verify_server_cert match maxvalue mediumblob mediumint mediumtext middleint minute_microsecond minute_second mod modifies natural no_write_to_binlog not null numeric
  offset on optimize optionally or order out outer outfile over page_checksum parse_vcol_expr partition portion precision primary procedure purge range read read_write reads real
  recursive ref_system_id references regexp release rename repeat replace require resignal restrict return returning revoke right rlike row_number rows schemas
  second_microsecond select sensitive separator set show signal smallint spatial specific sql sql_big_result sql_calc_found_rows sql_small_result sqlexception sqlstate sqlwarning
  ssl starting stats_auto_recalc stats_persistent stats_sample_pages straight_join table terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique
  unlock unsigned update usage use using utc_date utc_time utc_timestamp values varbinary varchar varcharacter varying when where while with write xor year_month zerofill
`);

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
