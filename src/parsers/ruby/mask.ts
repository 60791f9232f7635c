const nonAscii = /[^\0-\x7f]/u;
const nonAsciiEach = /[^\0-\x7f]/gu;
const upperCase = /[\p{Lu}\p{Lt}]/u;
/** `$-w` and its kin, which the grammar knows only in part. */
const dashGlobal = /\$-(?=\w)/g;

/**
 * The text as the tree-sitter grammar can read it, of equal length: every character beyond ASCII becomes a letter of the same case. The grammar
 * stumbles over such characters in symbols and constants and compares them by one byte only. All values are taken from the original text by span,
 * so strings and comments may be masked as well.
 */
export function maskText(text: string): string {
  const masked = nonAscii.test(text) ? text.replace(nonAsciiEach, maskCharacter) : text;
  return masked.replace(dashGlobal, '$z');
}

// No keyword has the letter z.
function maskCharacter(character: string): string {
  const first = upperCase.test(character) ? 'Z' : 'z';
  return character.length === 1 ? first : `${first}z`;
}
