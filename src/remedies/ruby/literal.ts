/** A string literal: double quotes, or single ones when only they spare escapes. */
export function rubyString(text: string): string {
  if (/^[ !$-\[\]-~]*$/.test(text)) return `"${text}"`;
  if (text.includes('"') && !/['\\\n\r\t]/.test(text) && printable(text)) return `'${text}'`;
  const escaped = text
    .replace(/[\\"]/g, '\\$&')
    .replace(/#(?=[{@$])/g, '\\#')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/\p{Cc}/gu, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `"${escaped}"`;
}

/** A symbol: `:email`, `:größe`, `:"two words"`. */
export function rubySymbol(name: string): string {
  return isPlainName(name) ? `:${name}` : `:${rubyString(name).replace(/^'(.*)'$/, (_, text: string) => `"${text.replaceAll('"', '\\"')}"`)}`;
}

/** One symbol, or an array of them. */
export function rubySymbols(names: readonly string[]): string {
  const [only] = names;
  return names.length === 1 && only !== undefined ? rubySymbol(only) : `[${names.map(rubySymbol).join(', ')}]`;
}

/** A table or other name that Rails takes as symbol or string: a string when it has a schema. */
export function rubyName(name: string): string {
  return isPlainName(name) ? `:${name}` : rubyString(name);
}

/** A key of a hash in short form: `email: `, `"two words": `. */
export function rubyKey(name: string): string {
  return isPlainName(name) ? `${name}:` : `${rubyString(name).replace(/^'(.*)'$/, (_, text: string) => `"${text.replaceAll('"', '\\"')}"`)}:`;
}

/** A number, string, boolean or nil. */
export function rubyValue(value: string | number | boolean | null): string {
  if (value === null) return 'nil';
  return typeof value === 'string' ? rubyString(value) : String(value);
}

function isPlainName(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u.test(name);
}

function printable(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}
