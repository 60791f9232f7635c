import { readFileSync } from 'node:fs';
import { loadModule, parseSync } from 'libpg-query';
import { globSync } from 'tinyglobby';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadSqlParser } from '../../../src/parsers/sql/parser.ts';
import type { SqlStatement } from '../../../src/parsers/sql/statement.ts';

await loadModule();
const parser = await loadSqlParser('postgres');
const root = fileURLToPath(new URL('../../../fixtures/sql/postgres/', import.meta.url));
const files = globSync('*.sql', { cwd: root }).sort().map((name) => ({ name, text: readFileSync(root + name, 'utf8') }));

/** How many statements the server's grammar sees, or null when it does not accept the text as a whole. */
function countOf(text: string): number | null {
  try {
    return parseSync(text).stmts?.length ?? 0;
  } catch {
    return null;
  }
}

/** The statements alone, put together again: without lines of the client, rows of COPY and separators of other kinds. */
function alone(text: string, statements: readonly SqlStatement[]): readonly string[] {
  return statements.filter(({ verb }) => !verb.startsWith('\\')).map(({ start, end }) => text.slice(start, end));
}

/** Files that hold what a client or a runner takes for itself. */
const notWhole = ['client.sql', 'delimiter.sql', 'dump.sql'];

describe('statements are where the grammar of the server sees them', () => {
  it.each(files.filter(({ name }) => !notWhole.includes(name)).map(({ name, text }) => [name, text] as const))('%s', (_, text) => {
    for (const variant of [text, text.replaceAll('\n', '\r\n'), `\n;;${text};\n`, text.trimEnd().replace(/;$/, '')]) {
      const statements = parser.parse(variant);
      expect(statements.filter(({ error }) => error)).toEqual([]);
      expect(statements.length).toBe(countOf(variant));
      expect(countOf(alone(variant, statements).join('\n;'))).toBe(statements.length);
    }
  });

  it('with all files in one', () => {
    const text = files.filter(({ name }) => !notWhole.includes(name)).map((file) => file.text).join('\n;');
    expect(parser.parse(text).length).toBe(countOf(text));
  });

  it.each(notWhole)('%s, without what the client takes for itself', (name) => {
    const text = files.find((file) => file.name === name)?.text ?? '';
    expect(countOf(text)).toBeNull();
    for (const variant of [text, text.replaceAll('\n', '\r\n')]) {
      const statements = parser.parse(variant);
      const parts = alone(variant, statements);
      expect(statements.filter(({ error }) => error)).toEqual([]);
      expect(parts.length).toBeGreaterThan(2);
      expect(countOf(parts.join(';\n'))).toBe(parts.length);
    }
  });
});
