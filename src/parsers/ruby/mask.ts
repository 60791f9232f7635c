const nonAscii = /[^\0-\x7f]/u;
const nonAsciiEach = /[^\0-\x7f]/gu;
const upperCase = /[\p{Lu}\p{Lt}]/u;
/** `$-w` and its kin, which the grammar knows only in part. */
const dashGlobal = /\$-(?=\w)/g;

/**
 * The text as the tree-sitter grammar can read it, of equal length but for a line end after the last line: every character beyond ASCII becomes a letter of the same case. The grammar
 * stumbles over such characters in symbols and constants and compares them by one byte only. All values are taken from the original text by span,
 * so strings and comments may be masked as well. A heredoc's last line is only known by its line end.
 */
export function maskText(text: string): string {
  const masked = nonAscii.test(text) ? text.replace(nonAsciiEach, maskCharacter) : text;
  const readable = masked.replace(dashGlobal, '$z');
  return readable.endsWith('\n') ? readable : `${readable}\n`;
}

// No keyword has the letter z.
function maskCharacter(character: string): string {
  const first = upperCase.test(character) ? 'Z' : 'z';
  return character.length === 1 ? first : `${first}z`;
}
