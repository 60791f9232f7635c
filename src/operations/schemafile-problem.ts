/** What is remarkable about the difference of two Schemafiles besides what applying it does. */
export interface SchemafileProblemKinds {
  /** A definition disappeared and the table stays: nothing drops it. `runFrom` is where it was found how Ridgepole is run, or null. */
  'schemafile-kept-table': { table: string; runFrom: string | null };
  /**
   * `renamed_from` that does not do what it says: the old name is not there (`missing`), was itself renamed by what is merged (`chained`; `edits` holds the name before that), is still defined (`kept`),
   * or stands beside other edits, which wait for the next run (`edited`). `column` is null for a table.
   */
  'schemafile-rename': { table: string; column: string | null; from: string; to: string; reason: 'missing' | 'chained' | 'kept' | 'edited'; edits: readonly string[] };
  /**
   * `name-required`: refused without a name; `ambiguous`: removed by the referenced table, and there are several; `unnamed`: one of several without a name; `repeated`: made anew at every run;
   * `no-index`, `no-column`: refused by Ridgepole or the server; `late`: removed after what it needs.
   */
  'schemafile-foreign-key': { table: string; name: string | null; columns: readonly string[]; references: string; reason: 'name-required' | 'ambiguous' | 'unnamed' | 'repeated' | 'no-index' | 'no-column' | 'late' };
  /** `replaced`: removed and added again; `repeated`: so at every run; `refused`: defined twice, or for a table that is not defined (`message`); `primary-key`: not changed at all. */
  'schemafile-redefinition': { table: string; what: string; name: string; reason: 'replaced' | 'repeated' | 'refused' | 'primary-key'; message: string | null; unique: boolean };
  /** SQL without a condition: it runs at every apply. */
  'schemafile-execute': { sql: string };
  /** `t.references` without a type in a release that makes it an integer without an index. */
  'schemafile-reference': { table: string; column: string };
}
