/** How Ridgepole is run, as far as that decides what a difference does. */
export interface RunOptions {
  /** `--drop-table`: tables without a definition are dropped. Null when nothing says how Ridgepole is run; `keepsTables` of the release decides then. */
  readonly dropTable: boolean | null;
  /** `--drop-table-only`: nothing else is done. */
  readonly dropTableOnly: boolean;
  /** `--merge`: nothing is dropped. */
  readonly merge: boolean;
  readonly allowPrimaryKeyChange: boolean;
  /** `--bulk-change`: what changes of one table goes into one statement. */
  readonly bulkChange: boolean;
  /** `--mysql-change-table-options`, `--mysql-change-table-comment`, `--pg-change-table-comment`. */
  readonly changeTableOptions: boolean;
  readonly changeTableComment: boolean;
  readonly skipColumnComments: boolean;
  /** `--index-removed-drop-column`: indexes of a dropped column go with it. Always so on Postgres. */
  readonly indexesGoWithColumns: boolean;
  /** `--tables` and `--ignore-tables`: only these tables, and not those whose name matches. Null and empty when all are meant. */
  readonly tables: readonly string[] | null;
  readonly ignoreTables: readonly string[];
  /** `--alter-extra`, as written. */
  readonly alterExtra: string | null;
  /** `--pre-query`, as written. */
  readonly preQuery: string | null;
  /** `--table-options`, for all tables that say none. */
  readonly tableOptions: string | null;
  /** Where the options were found, for messages; null when nowhere. */
  readonly from: string | null;
}

/** What holds when nothing is said. */
export const usualRun: RunOptions = {
  dropTable: null, dropTableOnly: false, merge: false, allowPrimaryKeyChange: false, bulkChange: false, changeTableOptions: false, changeTableComment: false, skipColumnComments: false,
  indexesGoWithColumns: false, tables: null, ignoreTables: [], alterExtra: null, preQuery: null, tableOptions: null, from: null,
};

/** True when Ridgepole drops tables that have no definition. */
export function dropsTables(run: RunOptions, keepsTables: boolean): boolean {
  return !run.merge && (run.dropTable ?? !keepsTables);
}

/** True when Ridgepole looks at the table at all. */
export function isTarget(table: string, { tables, ignoreTables }: RunOptions): boolean {
  if (tables?.includes(table)) return true;
  if (tables) return false;
  return !ignoreTables.some((pattern) => matches(pattern, table));
}

function matches(pattern: string, table: string): boolean {
  // The pattern is the repository's own: only what is plain is followed.
  const plain = /^(\^|\\A)?([\w.]*(?:\.\*)?[\w.]*)(\$|\\z)?$/i.exec(pattern);
  if (!plain) return false;
  const [, begins, body = '', ends] = plain;
  const parts = body.split('.*');
  const [first = '', last = first] = parts;
  const at = table.indexOf(first);
  if (at < 0 || (begins && at !== 0)) return false;
  const rest = table.slice(at + first.length);
  if (parts.length === 1) return !ends || rest === '';
  return ends ? rest.endsWith(last) : rest.includes(last);
}
