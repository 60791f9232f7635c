import { describe, expect, it } from 'vitest';
import { byteTable } from '../../src/source/bytes.ts';
import { decode } from '../../src/source/decode.ts';
import { joinEmbedded, outerSpan, wholeSlice } from '../../src/source/embedded.ts';
import { createSource, offsetAt, positionAt } from '../../src/source/source.ts';

const text = 'é = 1\r\n日本🎉 = "x"\rlast\n';

describe('positions', () => {
  it('counts UTF-16 units, one-based, over every kind of line end', () => {
    const source = createSource('a.rb', text);
    expect(positionAt(source, text.indexOf('"x"'))).toEqual({ line: 2, column: 8 });
    expect(positionAt(source, text.indexOf('last'))).toEqual({ line: 3, column: 1 });
    expect(positionAt(source, 10_000)).toEqual({ line: 4, column: 1 });
    for (let offset = 0; offset < text.length; offset++) {
      const position = positionAt(source, offset);
      if (text[offset] !== '\n') expect(offsetAt(source, position)).toBe(offset);
    }
  });
});

describe('byteTable', () => {
  it('agrees with the encoder at every character', () => {
    const table = byteTable(text);
    let unit = 0;
    let byte = 0;
    for (const character of text) {
      expect(table.toByte(unit)).toBe(byte);
      expect(table.toUtf16(byte)).toBe(unit);
      unit += character.length;
      byte += Buffer.byteLength(character);
    }
  });
});

describe('embedded text', () => {
  it('maps a span back through joined pieces', () => {
    const outer = 'execute "ALTER TABLE a " + "ADD b int"';
    const embedded = joinEmbedded([wholeSlice('ALTER TABLE a ', 9), wholeSlice('ADD b int', 28)]);
    const at = embedded.text.indexOf('ADD');
    const span = outerSpan(embedded, { start: at, end: at + 5 });
    expect(outer.slice(span.start, span.end)).toBe('ADD b');
    const over = outerSpan(embedded, { start: 12, end: at + 3 });
    expect(outer.slice(over.start, over.end)).toBe('a " + "ADD');
  });

  it('points at the whole of a run that is not copied exactly', () => {
    const embedded = { text: 'users', segments: [{ at: 0, length: 5, outer: { start: 10, end: 18 }, exact: false }] };
    expect(outerSpan(embedded, { start: 2, end: 3 })).toEqual({ start: 10, end: 18 });
  });
});

describe('decode', () => {
  it('names the byte that is wrong', () => {
    expect(decode(Buffer.from([0x61, 0xc3, 0x28]))).toEqual({ problem: expect.stringContaining('byte 1') });
    expect(decode(Buffer.from('a\0b'))).toEqual({ problem: expect.stringContaining('byte 1 is NUL') });
  });

  it('turns a byte order mark into a space', () => {
    expect(decode(Buffer.from('\ufeffclass A'))).toEqual({ text: ' class A' });
  });
});
