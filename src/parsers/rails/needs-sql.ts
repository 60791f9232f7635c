/**
 * True when a Ruby migration may hold SQL worth reading, so that the SQL parser is loaded only then.
 * A cheap test of the text: it may say yes too often, never no too often.
 */
export function needsSql(text: string): boolean {
  return /\b(?:execute|exec_\w+|exec|select_\w+|query\w*|find_by_sql|count_by_sql|update|insert|delete|structure|connection|raw_connection|update_sql|insert_sql|delete_sql|DB)\b|<<[~-]?['"`]?[A-Z_]*(?:SQL|QUERY|STATEMENT|DDL)/.test(text);
}
