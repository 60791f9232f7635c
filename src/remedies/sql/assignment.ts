/**
 * The assignments of a plain `UPDATE table SET a = 1, b = c WHERE ...` as column to expression, or null when it is anything else
 * (several tables, a row assignment, RETURNING, text that cannot be cut apart).
 */
export function readAssignments(text: string): Readonly<Record<string, string>> | null {
  const head = /^\s*UPDATE\s+(?:ONLY\s+)?[\w."`]+\s+SET\s+/i.exec(text);
  if (!head) return null;
  const parts = topLevelParts(text.slice(head[0].length));
  if (parts === null) return null;
  const set: Record<string, string> = {};
  for (const part of parts) {
    const pair = /^["`]?([A-Za-z_]\w*)["`]?\s*=\s*([\s\S]+)$/.exec(part.trim());
    if (!pair?.[1] || !pair[2]) return null;
    set[pair[1]] = pair[2].trim();
  }
  return Object.keys(set).length > 0 ? set : null;
}

/** Splits at commas outside parentheses and quotes, up to WHERE; null at FROM, RETURNING, a comment, or a quote that does not close. */
function topLevelParts(text: string): string[] | null {
  const token = /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--|\/\*|\$\$|[A-Za-z_]\w*|[\s\S]/g;
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (const [piece] of text.matchAll(token)) {
    if (/^(--|\/\*|\$\$|['"`\\])$/.test(piece)) return null;
    if (piece === '(') depth++;
    if (piece === ')') depth--;
    if (depth === 0 && /^(where|;)$/i.test(piece)) break;
    if (depth === 0 && /^(from|returning|order|limit)$/i.test(piece)) return null;
    if (depth === 0 && piece === ',') {
      parts.push(part);
      part = '';
    } else part += /^\s$/.test(piece) ? ' ' : piece;
  }
  return depth === 0 ? [...parts, part] : null;
}
