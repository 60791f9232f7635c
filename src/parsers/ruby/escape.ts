/** How backslashes are read: as in `"..."`, `'...'`, `%w[]`, `%W[]`; not at all (`<<'RAW'`, regular expressions are kept as written too). */
export type EscapeRules =
  | { readonly kind: 'double' | 'double-words' | 'raw' }
  /** `delimiters` are the characters that a backslash makes plain, besides itself. */
  | { readonly kind: 'single' | 'single-words'; readonly delimiters: string };

/** One escape as read: where it ends and what it stands for; `bytes` when it gives bytes that may join their neighbours to one character. */
export interface Escape {
  readonly end: number;
  readonly value: string;
  readonly bytes?: readonly number[];
}

const named: Readonly<Record<string, string>> = { n: '\n', t: '\t', s: ' ', r: '\r', a: '\x07', b: '\b', e: '\x1b', f: '\f', v: '\v' };

/** Reads the escape whose backslash stands at `at`; null when the backslash is a plain character there. `end` is where the literal ends. */
export function readEscape(text: string, at: number, end: number, rules: EscapeRules): Escape | null {
  if (rules.kind === 'raw' || at + 1 >= end) return null;
  const next = characterAt(text, at + 1);
  const after = at + 1 + next.length;
  if (rules.kind === 'single' || rules.kind === 'single-words') {
    if (next === '\\' || rules.delimiters.includes(next)) return { end: after, value: next };
    if (rules.kind === 'single-words' && /[ \t\n\v\f\r]/.test(next)) return { end: after, value: next };
    return null;
  }
  if (next === '\n') return { end: after, value: rules.kind === 'double-words' ? '\n' : '' };
  if (next === '\r' && text[after] === '\n' && after < end) return { end: after + 1, value: rules.kind === 'double-words' ? '\n' : '' };
  const simple = named[next];
  if (simple !== undefined) return { end: after, value: simple };
  if (next === 'u') return readUnicode(text, at, end) ?? { end: after, value: next };
  return readByte(text, at, end) ?? { end: after, value: next };
}

function readUnicode(text: string, at: number, end: number): Escape | null {
  const rest = text.slice(at + 2, end);
  const four = /^[0-9a-fA-F]{4}/.exec(rest);
  if (four) return { end: at + 6, value: String.fromCharCode(Number.parseInt(four[0], 16)) };
  const braces = /^\{([0-9a-fA-F\s]*)\}/.exec(rest);
  if (!braces) return null;
  const points = (braces[1] ?? '').split(/\s+/).filter(Boolean).map((digits) => Number.parseInt(digits, 16));
  return { end: at + 2 + braces[0].length, value: points.map((point) => (point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point))).join('') };
}

/** `\101`, `\x41`, `\cA`, `\C-a`, `\M-a`, `\M-\C-a`. */
function readByte(text: string, at: number, end: number): Escape | null {
  const rest = text.slice(at, Math.min(end, at + 12));
  const octal = /^\\([0-7]{1,3})/.exec(rest);
  if (octal) return byteEscape(at + octal[0].length, Number.parseInt(octal[1] ?? '', 8) & 0xff);
  const hex = /^\\x([0-9a-fA-F]{1,2})/.exec(rest);
  if (hex) return byteEscape(at + hex[0].length, Number.parseInt(hex[1] ?? '', 16));
  const modified = /^((?:\\(?:M-|C-|c))+)(\\[\s\S]|[\0-\x7f])/.exec(rest);
  if (!modified) return null;
  const [all, modifiers = '', key = ''] = modified;
  const plain = key.startsWith('\\') ? (named[key.slice(1)] ?? key.slice(1)) : key;
  let code = plain.charCodeAt(0);
  if (/\\(?:C-|c)/.test(modifiers)) code = plain === '?' ? 0x7f : code & 0x1f;
  if (modifiers.includes('\\M-')) code |= 0x80;
  return byteEscape(at + all.length, code & 0xff);
}

function byteEscape(end: number, byte: number): Escape {
  return byte < 0x80 ? { end, value: String.fromCharCode(byte) } : { end, value: '\ufffd', bytes: [byte] };
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}
