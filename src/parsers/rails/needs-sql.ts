/**
 * True when a Ruby migration may hold SQL worth reading, so that the SQL parser is loaded only then.
 * A cheap test of the text: it may say yes too often, never no too often. A helper module or another superclass may hold SQL, too.
 */
export function needsSql(text: string): boolean {
  return /\b(?:\w*execute\w*|exec\w*|select_\w+|quer\w*|(?:find|count)_by_sql|update|insert|delete|structure|connection|raw_connection|DB|create_(?:view|function|trigger)|update_(?:view|function))\b/.test(text)
    || /<<[~-]?['"`]?[A-Z]|sql/i.test(text)
    || /^\s*(?:include|extend|prepend)\s*\(?\s*[A-Z]/m.test(text)
    || /^\s*class\s+[\w:]+\s*<\s*(?!(?:::)?ActiveRecord::Migration\b)[A-Z][\w:]*(?<!::Base|ApplicationRecord|Error)\s*(?:\[|$|;|#)/m.test(text);
}
