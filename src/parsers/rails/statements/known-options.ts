/** What is missing when an unknown option is ignored (a clause), and what to write instead (a phrase for "Write ... instead."; null: leave it out). `mild`: nothing that matters is missing. */
export type Advice = Readonly<Record<string, { readonly missing: string; readonly instead: string | null; readonly mild?: true }>>;

/** Options of a column on any engine (`valid_column_definition_options` of the adapters). */
export const columnOptions: readonly string[] = [
  'limit', 'precision', 'scale', 'default', 'null', 'collation', 'comment', 'primary_key', 'if_exists', 'if_not_exists',
  'array', 'using', 'cast_as', 'as', 'type', 'enum_type', 'stored',
  'auto_increment', 'charset', 'size', 'unsigned', 'first', 'after',
];

/** Column, index and table options that widely used libraries add. */
export const extensionOptions: ReadonlySet<string> = new Set([
  'srid', 'geographic', 'has_z', 'has_m', 'spatial', 'geo_type', 'default_value_backfill', 'backfill_batch_size', 'backfill_pause',
  'renamed_from', 'ignore', 'enum_name', 'values', 'partition_key', 'inherits', 'tablespace', 'virtual', 'persistent', 'unlogged',
]);

/** Options of an index (`valid_index_options` of the adapters). */
export const indexOptions: readonly string[] = [
  'name', 'unique', 'length', 'order', 'opclass', 'where', 'type', 'using', 'comment', 'algorithm', 'include', 'nulls_not_distinct',
  'if_not_exists', 'if_exists', 'internal', 'enabled', 'lock',
];

/** Options of a foreign key. */
export const foreignKeyOptions: readonly string[] = [
  'column', 'primary_key', 'name', 'on_delete', 'on_update', 'if_not_exists', 'if_exists', 'validate', 'deferrable', 'to_table',
];

/** Options of `create_table`, and those that `create_join_table` and `change_table` add. */
export const tableOptions: readonly string[] = [
  'id', 'primary_key', 'force', 'temporary', 'if_not_exists', 'options', 'as', 'comment', 'charset', 'collation',
  'limit', 'default', 'precision', 'unsigned', 'auto_increment', 'table_name', 'column_options', 'bulk',
];

/** Options of a check constraint. */
export const checkOptions: readonly string[] = ['name', 'validate', 'if_not_exists', 'if_exists', 'expression'];

const modelOptions: Advice = Object.fromEntries(['required', 'optional', 'presence', 'class_name', 'dependent', 'inverse_of', 'touch', 'counter_cache']
  .map((name) => [name, name === 'required' || name === 'presence' ? { missing: 'it belongs to the model', instead: '"null: false"' } : { missing: 'it belongs to the model', instead: 'it in the model', mild: true }]));

/** Other people's words for options of columns. */
const otherWords: Advice = {
  ...Object.fromEntries(['length', 'max_length', 'maximum', 'maxlength'].map((name) => [name, { missing: 'the length stays what the type has', instead: '"limit:"', mild: true }])),
  ...Object.fromEntries(['nil', 'nullable', 'allow_null', 'allow_nil', 'not_null', 'allow_blank'].map((name) => [name, { missing: 'whether the column accepts NULL does not change', instead: '"null:"' }])),
  default_value: { missing: 'the column has no default', instead: '"default:"' },
};

/** Options people give to columns that do nothing there; `t.` calls and others. */
export const columnAdvice: Readonly<Record<'inTable' | 'elsewhere', Advice>> = { inTable: adviceFor(true), elsewhere: adviceFor(false) };

function adviceFor(inTable: boolean): Advice {
  return {
    ...modelOptions,
    ...otherWords,
    index: { missing: 'no index is created', instead: '"add_index"' },
    unique: { missing: 'no unique index is created', instead: inTable ? '"index: { unique: true }"' : '"add_index ..., unique: true"' },
    foreign_key: { missing: 'no foreign key is created', instead: inTable ? '"t.references" or "t.foreign_key"' : '"add_reference" or "add_foreign_key"' },
    references: { missing: 'no foreign key is created', instead: inTable ? '"t.foreign_key"' : '"add_foreign_key"' },
    polymorphic: { missing: 'no type column is created', instead: inTable ? '"t.references"' : '"add_reference"' },
    algorithm: { missing: 'the engine chooses how it adds the column', instead: null },
    concurrently: { missing: 'columns are not added concurrently', instead: null },
    validate: { missing: 'columns have nothing to validate', instead: null },
  };
}

/** Options people give to references that do nothing there. */
export const referenceAdvice: Advice = {
  ...modelOptions,
  ...otherWords,
  unique: { missing: 'the index is not unique', instead: '"index: { unique: true }"' },
  algorithm: { missing: 'the index is built with writes blocked', instead: '"index: { algorithm: :concurrently }"' },
  name: { missing: 'the index keeps its generated name', instead: '"index: { name: ... }"' },
  where: { missing: 'the index covers every row', instead: '"index: { where: ... }"' },
  to_table: { missing: 'the foreign key refers to the table the name says', instead: '"foreign_key: { to_table: ... }"' },
  on_delete: { missing: 'the foreign key has no action', instead: '"foreign_key: { on_delete: ... }"' },
  on_update: { missing: 'the foreign key has no action', instead: '"foreign_key: { on_update: ... }"' },
  validate: { missing: 'the foreign key is validated at once', instead: '"foreign_key: { validate: false }"' },
  deferrable: { missing: 'the foreign key is not deferrable', instead: '"foreign_key: { deferrable: ... }"' },
  column: { missing: 'the column is named after the reference', instead: '"add_column" and "add_foreign_key"' },
  references: { missing: 'no foreign key is created', instead: '"foreign_key: { to_table: ... }"' },
};

/** Options people give to indexes that are none. */
export const indexAdvice: Advice = {
  concurrently: { missing: 'the index is built with writes blocked', instead: '"algorithm: :concurrently"' },
  concurrent: { missing: 'the index is built with writes blocked', instead: '"algorithm: :concurrently"' },
  uniqueness: { missing: 'the index is not unique', instead: '"unique: true"' },
  condition: { missing: 'the index covers every row', instead: '"where: ..."' },
};

/** Options people give to foreign keys that do nothing there. */
export const foreignKeyAdvice: Advice = {
  dependent: { missing: 'the foreign key has no action', instead: '"on_delete: :cascade", ":nullify" or ":restrict"' },
  foreign_key: { missing: 'the column is derived from the table', instead: '"column: ..."' },
  on_cascade: { missing: 'the foreign key has no action', instead: '"on_delete: :cascade"' },
  index: { missing: 'a foreign key says nothing about indexes', instead: '"index:" beside "foreign_key:", or "add_index"' },
  null: { missing: 'the column keeps accepting NULL', instead: '"change_column_null"' },
};

/** Options people give to `create_table` that are none. */
export const tableAdvice: Advice = {
  timestamps: { missing: 'no timestamps are created', instead: '"t.timestamps" in the block' },
  cascade: { missing: 'nothing is dropped with the table', instead: '"force: :cascade"' },
};
