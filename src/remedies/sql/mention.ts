const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|[\p{L}_][\p{L}\p{N}_$]*|[\s\S]/gu;

/** True when an SQL expression names the column, bare or quoted; text inside string literals does not count. */
export function mentions(sql: string, column: string): boolean {
  for (const [piece] of sql.matchAll(token)) if (names(piece, column)) return true;
  return false;
}

/** The expression with the column's name replaced by SQL text. Names inside string literals stay. */
export function replaceName(sql: string, column: string, replacement: string): string {
  let result = '';
  for (const [piece] of sql.matchAll(token)) result += names(piece, column) ? replacement : piece;
  return result;
}

function names(piece: string, column: string): boolean {
  if (/^["`]/.test(piece) && piece.length > 1) return piece.slice(1, -1).replace(/""|``/g, (pair) => pair.charAt(0)) === column;
  return /^[\p{L}_]/u.test(piece) && (piece === column || piece.toLowerCase() === column);
}
