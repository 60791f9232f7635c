/** Lines that go on: what ends so is not the end of a statement. */
const goesOn = /(?:[,([{|.\\+]|&&|\|\||\b(?:and|or|not))\s*$/;

/** So far back a statement is looked for. */
const mostLines = 40;

/** The beginning of the statement that a place stands in, up to the place: its line, and those before it that go on. */
export function statementBefore(text: string, at: number): string {
  let start = text.lastIndexOf('\n', at - 1) + 1;
  for (let lines = 0; lines < mostLines && start > 0; lines++) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    const [line, next] = [text.slice(above, start - 1).replace(/\s#(?!\{).*$/, ''), text.slice(start, at)];
    if (!goesOn.test(line) && !/^\s*[.&]/.test(next)) break;
    start = above;
  }
  return text.slice(start, at);
}

/** True when a place of a Ruby file or template stands in a comment. */
export function isComment(text: string, at: number, path: string): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  if (/\.haml$/.test(path)) return /^\s*(?:-#|\/)/.test(line);
  if (/\.slim$/.test(path)) return /^\s*\//.test(line);
  if (/\.erb$/.test(path)) return /<%#[^%]*$|<!--(?:(?!-->).)*$/.test(line);
  return /^\s*#/.test(line) || /^[^"'`]*\s#(?!\{)/.test(line);
}
