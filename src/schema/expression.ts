/** One token of an SQL expression; white space and comments are left out. */
export interface Token {
  /** `word`: an unquoted name or keyword; `name`: a quoted name; `string`, `number`, `symbol` as they say. */
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol';
  /** A word in lower case, a quoted name without its quotes, anything else as written. */
  readonly text: string;
  /** Offsets in the expression, UTF-16 units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

const scanner =
  /(\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^']|'')*(?:'|$))|("(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$))|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(\d[\w.]*)|(::|<=|>=|<>|!=|[\s\S])/y;

/** Cuts an SQL expression into tokens, in time linear in its length; what is not valid SQL comes out as symbols. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  scanner.lastIndex = 0;
  while (scanner.lastIndex < sql.length) {
    const start = scanner.lastIndex;
    const found = scanner.exec(sql);
    if (found === null) break;
    const [text, blank, string, quoted, word, number] = found;
    if (blank !== undefined) continue;
    const end = start + text.length;
    if (string !== undefined) tokens.push({ kind: 'string', text, start, end });
    else if (quoted !== undefined) tokens.push({ kind: 'name', text: unquote(quoted), start, end });
    else if (word !== undefined) tokens.push({ kind: 'word', text: text.toLowerCase(), start, end });
    else tokens.push({ kind: number === undefined ? 'symbol' : 'number', text, start, end });
  }
  return tokens;
}

/** True when the expression names the column: as a word or quoted, qualified or not, and not as a function that is called. */
export function mentions(sql: string, column: string): boolean {
  return sql.toLowerCase().includes(column.toLowerCase()) && places(sql, column).length > 0;
}

/** The expression with every mention of the column replaced by another name. */
export function renameIn(sql: string, column: string, to: string): string {
  let result = '';
  let done = 0;
  for (const token of places(sql, column)) {
    const quote = sql[token.start];
    result += sql.slice(done, token.start) + (token.kind === 'name' ? `${quote}${to}${quote}` : to);
    done = token.end;
  }
  return result + sql.slice(done);
}

function places(sql: string, column: string): Token[] {
  const wanted = column.toLowerCase();
  const tokens = tokenize(sql);
  return tokens.filter((token, index) => {
    if (token.kind === 'name') return token.text.toLowerCase() === wanted;
    return token.kind === 'word' && token.text === wanted && tokens[index + 1]?.text !== '(';
  });
}

function unquote(text: string): string {
  const quote = text[0] ?? '';
  const closed = text.length > 1 && text.endsWith(quote);
  return text.slice(1, closed ? -1 : undefined).replaceAll(quote + quote, quote);
}
