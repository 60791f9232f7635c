/** A JavaScript or TypeScript text with comments and the contents of strings blanked: every offset is as it was. Regular expressions are taken for text. */
export function withoutStrings(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`|\/\/[^\n]*|\/\*[^]*?\*\//g, (match) => {
    const quote = match[0] === '/' ? ' ' : match[0];
    return quote + match.slice(1, -1).replace(/[^\n]/g, ' ') + (match.length > 1 ? (match[0] === '/' ? ' ' : quote) : '');
  });
}

/** Where the bracket at `open` of a text without strings is closed; the text's length when it is not. */
export function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const unit = text[at];
    if (unit === '(' || unit === '[' || unit === '{') depth++;
    else if (unit === ')' || unit === ']' || unit === '}') {
      depth--;
      if (depth === 0) return at;
    }
  }
  return text.length;
}
