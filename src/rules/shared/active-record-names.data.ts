/**
 * Names that Active Record refuses as attributes (DangerousAttributeError), as far as somebody may call a column so: methods of ActiveRecord::Base itself
 * (`ActiveRecord::AttributeMethods.dangerous_attribute_methods` of releases 7.0 to 8.0), and those of every object that it adds to them.
 */
export const activeRecordNames: ReadonlySet<string> = new Set(`
  accessed_fields association attribute attribute_aliases attribute_method attribute_missing attribute_names attributes becomes cache_key cache_version changed changed_attributes changes
  changes_applied ciphertext_for committed connection_handler create_or_update decrement decrypt default_role default_scopes default_shard defined_enums delete destroy destroyed dup encrypt
  encrypted_attributes errors freeze from_json has_attribute hash increment invalid lock locking_enabled logger model_name new_record no_touching partial_inserts partial_updates persisted
  previous_changes previously_new_record read_attribute readonly record_timestamps reload restore_attributes rolledback run_callbacks run_validations save saved_changes serializable_hash signed_id
  slice strict_loading table_name_prefix table_name_suffix to_ary to_gid to_global_id to_key to_model to_param to_partial_path to_sgid toggle touch transaction update update_attribute
  update_column update_columns valid validate validation_context values_at with_lock write_attribute
`.trim().split(/\s+/));
