import { describe, expect, it } from 'vitest';
import { readerOf } from './reading.ts';

const shared = [
  "CREATE TABLE a (id int, n varchar(10) DEFAULT 'x', CHECK (id > 0))",
  "INSERT INTO a (id, n)\nVALUES (1, 'it''s; here'), (2, 'b')",
  'ALTER TABLE a\n  ADD COLUMN "c" int,\n  DROP COLUMN b',
  'CREATE UNIQUE INDEX i ON a (id, n)',
  "UPDATE a\nSET n = 'y'\nWHERE id = 1",
  'DROP TABLE b',
  'DELETE FROM a WHERE id IN (1, 2)',
];
const dialects = [
  ['postgres', await readerOf('postgres'), [...shared, "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  UPDATE a SET n = 'z';\n  RETURN 1;\nEND $$", 'ALTER TABLE a ADD CONSTRAINT k CHECK (id > 1) NOT VALID']],
  ['mysql', await readerOf('mysql'), [...shared.map((sql) => sql.replaceAll('"', '`')), 'ALTER TABLE a MODIFY c varchar(5) NOT NULL']],
] as const;

/** Each damages one statement; null when there is nothing to damage. */
const damages: Readonly<Record<string, (sql: string) => string | null>> = {
  'a misspelt keyword': (sql) => sql.replace(/^(.)(.)/, '$2$1'),
  'a lost first word': (sql) => sql.replace(/^\w+/, ''),
  'a lost quote': (sql) => without(sql, sql.indexOf("'")),
  'a lost name quote': (sql) => without(sql, sql.search(/["`]/)),
  'a lost closing bracket': (sql) => without(sql, sql.lastIndexOf(')')),
  'a lost opening bracket': (sql) => without(sql, sql.indexOf('(')),
  'a lost dollar quote': (sql) => (sql.includes('$$') ? sql.slice(0, sql.lastIndexOf('$$')) : null),
  'an unknown placeholder': (sql) => sql.replace(' ', ' {{ x }} '),
};

function without(sql: string, at: number): string | null {
  return at < 0 ? null : sql.slice(0, at) + sql.slice(at + 1);
}

describe.each(dialects)('one broken statement costs only itself on %s', (_, read, statements) => {
  const whole = statements.map((sql) => read(sql)[0]?.deeds.map(({ deed }) => deed));

  it.each(Object.keys(damages))('%s', (damage) => {
    statements.forEach((victim, index) => {
      const damaged = damages[damage]?.(victim) ?? null;
      if (damaged === null) return;
      const parts = statements.map((sql, at) => (at === index ? damaged : sql));
      const text = `${parts.join(';\n\n')};\n`;
      const found = new Map(read(text).map((statement) => [statement.start, statement]));
      parts.forEach((part, at) => {
        if (at === index) return;
        const start = parts.slice(0, at).reduce((sum, before) => sum + before.length + 3, 0);
        expect(found.get(start)?.deeds.map(({ deed }) => deed), `${part} after damage to ${victim}`).toEqual(whole[at]);
        expect(found.get(start)?.error ?? null).toBeNull();
      });
    });
  });

  it('a lost semicolon is told, and nothing is lost', () => {
    const text = 'ALTER TABLE a ADD b int\nDROP TABLE c;\nDROP TABLE d;';
    const found = read(text);
    const kinds = found.flatMap(({ deeds }) => deeds.map(({ deed }) => deed.kind));
    if (found.some(({ error }) => error)) expect(kinds).toEqual(['add-column', 'drop-table', 'drop-table']);
    expect(kinds.at(-1)).toBe('drop-table');
  });
});

describe('what a broken statement still tells', async () => {
  const read = await readerOf('postgres');
  it('its facts, as uncertain, and the error at its place', () => {
    const sql = 'ALTER TABLE users DROP COLUMN name, ADD COLUMN age int DEFAULT DEFAULT 1;';
    const [statement] = read(sql);
    expect(sql.slice(statement?.error?.at.start, statement?.error?.at.end)).toBe('DEFAULT');
    expect(statement?.deeds[0]).toMatchObject({ deed: { kind: 'drop-column', table: { name: 'users' }, column: 'name' }, uncertain: true });
  });

  it('takes no line of a function body for a statement', () => {
    const [statement, ...others] = read('CREATE FUNTION f() RETURNS int AS $$\nBEGIN\n  UPDATE a SET b = 1;\nEND\n$$ LANGUAGE plpgsql;');
    expect(statement?.error).not.toBeNull();
    expect(others).toEqual([]);
  });
});
