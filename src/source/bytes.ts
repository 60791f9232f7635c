/** Converts between UTF-8 byte offsets (Prism, libpg_query) and UTF-16 offsets of one text. */
export interface ByteTable {
  /** UTF-16 offset of a UTF-8 byte offset; a byte inside a character gives the character's start. */
  toUtf16(byte: number): number;
  /** UTF-8 byte offset of a UTF-16 offset. */
  toByte(unit: number): number;
}

const identity: ByteTable = { toUtf16: (byte) => byte, toByte: (unit) => unit };

/** Builds the table; ASCII text costs nothing. */
export function byteTable(text: string): ByteTable {
  const first = firstNonAscii(text);
  if (first < 0) return identity;
  const byteOfUnit = new Uint32Array(text.length + 1);
  let byte = 0;
  for (let unit = 0; unit < text.length; unit++) {
    byteOfUnit[unit] = byte;
    const code = text.charCodeAt(unit);
    if (code < 0x80) byte += 1;
    else if (code < 0x800) byte += 2;
    else if (code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text.charCodeAt(unit + 1))) {
      byteOfUnit[unit + 1] = byte;
      unit += 1;
      byte += 4;
    } else byte += 3;
  }
  byteOfUnit[text.length] = byte;
  return {
    toByte: (unit) => byteOfUnit[Math.max(0, Math.min(unit, text.length))] ?? byte,
    toUtf16(wanted) {
      if (wanted <= first) return wanted;
      let low = 0;
      let high = text.length;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((byteOfUnit[middle] ?? 0) <= wanted) low = middle;
        else high = middle - 1;
      }
      while (low > 0 && byteOfUnit[low - 1] === byteOfUnit[low]) low -= 1;
      return low;
    },
  };
}

function firstNonAscii(text: string): number {
  for (let unit = 0; unit < text.length; unit++) if (text.charCodeAt(unit) > 0x7f) return unit;
  return -1;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
