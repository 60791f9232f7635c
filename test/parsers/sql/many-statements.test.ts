import { describe, expect, it } from 'vitest';
import { lexiconOf } from '../../../src/parsers/sql/text/lexicon.ts';
import { createMemory } from '../../../src/parsers/sql/text/memory.ts';
import { readText } from '../../../src/parsers/sql/text/read.ts';

const none = () => ({ deeds: [], error: null, failed: false });

describe('a text with more statements than are read', () => {
  const sql = 'SELECT 1;\n'.repeat(5);

  it('is told as one opaque rest', () => {
    const statements = readText(sql, [], lexiconOf('postgres'), none, createMemory(), 3);
    expect(statements).toHaveLength(4);
    expect(statements.at(-1)).toMatchObject({ start: 30, end: 50, deeds: [{ deed: { kind: 'opaque', rest: true, text: 'SELECT 1;\nSELECT 1;\n' } }] });
  });

  it('is read to the end when it has just as many', () => {
    expect(readText(sql, [], lexiconOf('postgres'), none, createMemory(), 5).flatMap(({ deeds }) => deeds)).toEqual([]);
  });

  it('tells each NUL where it stands', () => {
    const nuls = readText('SELECT \0 1;\nSELECT 1;\nSELECT 1\0;', [], lexiconOf('postgres'), none, createMemory());
    expect(nuls.map(({ error }) => error?.at.start ?? null)).toEqual([7, null, 30]);
  });
});
