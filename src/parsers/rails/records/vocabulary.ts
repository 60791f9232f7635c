/** Methods that make a query from a model or a query, without running it. */
export const queries: ReadonlySet<string> = new Set(words(`
  where not rewhere all unscoped unscope joins left_joins left_outer_joins includes preload eager_load references order reorder reverse_order group having select distinct uniq merge or and
  limit offset lock readonly none from with with_recursive extending annotate optimizer_hints in_order_of create_with invert_where excluding without reselect regroup scoping strict_loading default_scoped
  with_deleted only_deleted with_discarded kept discarded with_attached unreadable relation load load_async extract_associated missing associated in_batches_of find_by_sql
`));

/** Methods that give one record. */
export const finders: ReadonlySet<string> = new Set(words(`
  find find_by find_by! find_sole_by first first! last last! take take! sole second third fourth fifth find_or_initialize_by first_or_initialize lock! reload
`));

/** Methods that run a query and give its rows as plain values, or an answer about them. */
export const reads: ReadonlySet<string> = new Set(words(`
  count sum average minimum maximum calculate exists? any? none? empty? many? one? size length pluck pick ids present? blank? include? member? async_count async_pluck
`));

/** Methods that load the rows into a list. */
export const loads: ReadonlySet<string> = new Set(words('to_a to_ary records entries load_records reverse sort sort_by compact flatten shuffle sample to_set presence lazy freeze dup each_entry values'));

/** Methods that walk over rows with a block, giving it one record at a time. */
export const walks: ReadonlySet<string> = new Set(words(`
  each find_each each_record each_with_index each_with_object map collect flat_map collect_concat filter_map reverse_each each_entry sort_by index_by index_with to_h inject reduce tally
  partition min_by max_by detect find_index all? each_instance find_all filter reject select uniq sum count any? none? one? sort group_by chunk_while slice_when map! pmap delete_if keep_if
`));

/** Methods that walk over rows in groups. */
export const groupWalks: ReadonlySet<string> = new Set(words('find_in_batches in_batches each_batch each_slice in_groups_of in_groups each_cons'));

/** Of the walks, those that read the table in batches. */
export const batchedWalks: ReadonlySet<string> = new Set(words('find_each find_in_batches in_batches each_record each_batch each_instance'));

/** One statement over all rows of the query. */
export const bulkUpdates: ReadonlySet<string> = new Set(words('update_all touch_all update_counters increment_counter decrement_counter reset_counters update_all_in_batches'));

/** One statement that deletes all rows of the query. */
export const bulkDeletes: ReadonlySet<string> = new Set(words('delete_all delete_by truncate'));

/** Loads the rows and deletes them one by one. */
export const recordDeletes: ReadonlySet<string> = new Set(words('destroy_all destroy_by'));

/** Adds rows. */
export const inserts: ReadonlySet<string> = new Set(words(`
  create create! create_or_find_by create_or_find_by! find_or_create_by find_or_create_by! first_or_create first_or_create! insert insert! insert_all insert_all! upsert upsert_all import import! bulk_insert bulk_import seed seed_once
  find_or_create_by_name build_and_save
`));

/** Changes a record and saves it. */
export const recordUpdates: ReadonlySet<string> = new Set(words(`
  save save! update update! update_attribute update_attribute! update_attributes update_attributes! update_column update_columns touch increment! decrement! toggle! becomes! soft_delete soft_delete! discard discard! undiscard undiscard!
  restore restore! archive! unarchive!
`));

/** Deletes a record. */
export const recordRemovals: ReadonlySet<string> = new Set(words('destroy destroy! delete really_destroy!'));

/** Methods that no list or hash has: they tell that the receiver holds rows. */
export const unmistakable: ReadonlySet<string> = new Set(words(`
  update_all delete_all destroy_all find_each find_in_batches in_batches touch_all insert_all insert_all! upsert_all update! save! update_columns update_column update_attributes update_attributes! update_attribute create! destroy! destroy
  save where find_by find_by! pluck unscoped joins includes find_or_create_by find_or_create_by! destroy_by delete_by each_record order limit left_joins in_groups_of touch toggle! increment! decrement! exists?
`));

/** True when a class answers this method because Active Record taught it to. */
export function isActiveRecordMethod(name: string): boolean {
  return queries.has(name) || finders.has(name) || reads.has(name) || bulkUpdates.has(name) || bulkDeletes.has(name) || recordDeletes.has(name) || inserts.has(name)
    || batchedWalks.has(name) || classMethods.has(name) || name === 'each' || name === 'map' || /^find_(all_|last_|or_create_|or_initialize_)?by_\w+!?$/.test(name);
}

/** What a model class tells about itself or does without touching rows. */
export const classMethods: ReadonlySet<string> = new Set(words(`
  table_name quoted_table_name connection with_connection lease_connection arel_table primary_key quoted_primary_key reset_column_information column_names columns columns_hash content_columns attribute_names column_defaults table_exists? transaction
  connection_db_config connection_config connection_pool inheritance_column sequence_name reset_sequence_name reset_table_name sanitize_sql sanitize_sql_array sanitize_sql_for_conditions sanitize_sql_for_assignment record_timestamps
  uncached cache skip_callback set_callback ignored_columns reset_primary_key type_for_attribute has_attribute? attribute_types instance_methods scope attribute enum serialize no_touching establish_connection clear_cache! attr_accessible
`));

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
