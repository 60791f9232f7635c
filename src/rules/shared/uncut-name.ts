/**
 * A name as it was written, when the grammar of Postgres has cut it to 63 bytes already: the text of the statement then goes on where the name ends.
 * Gives the name itself otherwise.
 */
export function uncutName(name: string, statement: string): string {
  const bytes = Buffer.byteLength(name);
  if (bytes > 63 || bytes < 60) return name;
  const text = statement.toLowerCase();
  for (let at = text.indexOf(name.toLowerCase()); at >= 0; at = text.indexOf(name.toLowerCase(), at + 1)) {
    const rest = /^[\p{L}\p{M}\p{N}_$]+/u.exec(statement.slice(at + name.length));
    if (rest) return name + rest[0];
  }
  return name;
}
