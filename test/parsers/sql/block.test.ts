import { describe, expect, it } from 'vitest';
import { deedsOf, name, readerOf } from './reading.ts';

const read = await readerOf('postgres');
const block = (body: string, declare = '') => read(`DO $$ ${declare} BEGIN ${body} END $$`)[0];

describe('DO blocks', () => {
  it('reads statements at their place', () => {
    const sql = 'DO $body$\nBEGIN\n  ALTER TABLE t ADD a int;\n  DROP TABLE é;\nEND\n$body$;';
    const [statement] = read(sql);
    expect(statement?.deeds.map(({ deed, at, uncertain }) => [deed.kind, sql.slice(at.start, at.end), uncertain])).toEqual([
      ['add-column', 'ADD a int', false], ['drop-table', 'DROP TABLE é', false],
    ]);
  });

  it('tells the conditions statements stand under', () => {
    const deeds = block("IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'e') THEN CREATE TYPE e AS ENUM ('a'); ELSIF x > 1 THEN DROP TABLE a; ELSE DROP TABLE b; END IF; DROP TABLE c;")?.deeds;
    expect(deeds?.map(({ deed, guards, uncertain }) => [deed.kind, guards.map(({ kind }) => kind), uncertain])).toEqual([
      ['create-enum', ['not-exists'], true], ['drop-table', ['condition'], true], ['drop-table', ['condition'], true], ['drop-table', [], false],
    ]);
    expect(deeds?.[2]?.guards[0]?.text).toBe('NOT (x > 1)');
  });

  it('tells caught errors', () => {
    const deeds = block('ALTER TABLE t ADD a int; EXCEPTION WHEN duplicate_column THEN DROP TABLE x;')?.deeds;
    expect(deeds).toMatchObject([
      { deed: { kind: 'add-column' }, guards: [{ kind: 'rescue', text: 'EXCEPTION WHEN duplicate_column' }], uncertain: false },
      { deed: { kind: 'drop-table' }, guards: [{ kind: 'condition' }], uncertain: true },
    ]);
  });

  it.each([
    ['EXCEPTION WHEN OTHERS THEN RAISE;', []], ["EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'no'; RAISE EXCEPTION 'no';", []], ["EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'no';", ['rescue']],
    ['EXCEPTION WHEN duplicate_column THEN RAISE; WHEN OTHERS THEN NULL;', ['rescue']], ['EXCEPTION WHEN duplicate_column THEN NULL; WHEN OTHERS THEN RAISE;', ['rescue']],
  ])('tells whether a handler catches: %s', (handler, guards) => {
    expect(block(`DROP TABLE x; ${handler}`)?.deeds[0]?.guards.map(({ kind }) => kind)).toEqual(guards);
  });

  it('reads blocks in blocks, labels, and what leaves them', () => {
    const deeds = block('<<outer>> LOOP BEGIN DROP TABLE a; EXCEPTION WHEN OTHERS THEN NULL; END; EXIT outer WHEN x; CONTINUE outer WHEN y; END LOOP outer; FOR i IN REVERSE 10..1 LOOP DROP TABLE b; END LOOP; WHILE a < 1 LOOP NULL; END LOOP; DROP TABLE c;')?.deeds;
    expect(deeds?.map(({ deed, guards, uncertain }) => [deed.kind === 'drop-table' && deed.table.name, guards.length, uncertain])).toEqual([['a', 1, true], ['b', 0, true], ['c', 0, false]]);
  });

  it('reads loops over key ranges as batches', () => {
    const deeds = block('FOR r IN SELECT id FROM t LOOP UPDATE t SET a = 1 WHERE id = r.id; UPDATE u SET a = 1 WHERE b; END LOOP;')?.deeds;
    expect(deeds).toMatchObject([
      { deed: { kind: 'read-rows' } }, { deed: { kind: 'update-rows', scope: 'bounded', mode: { by: 'batches' } }, uncertain: true }, { deed: { scope: 'filtered', mode: { by: 'statement' } } },
    ]);
  });

  it('reads a query that can stop the migration as a check', () => {
    expect(block('IF EXISTS (SELECT 1 FROM users WHERE email IS NULL) THEN RAISE EXCEPTION \'no\'; END IF;')?.deeds).toMatchObject([
      { deed: { kind: 'read-rows', tables: [name('users')], check: true } },
    ]);
    expect(block('SELECT count(*) INTO n FROM users; IF n > 0 THEN RAISE \'no\'; END IF;', 'DECLARE n int;')?.deeds).toMatchObject([{ deed: { kind: 'read-rows', check: true } }]);
    expect(block('SELECT count(*) INTO n FROM users; IF n > 0 THEN RAISE NOTICE \'no\'; END IF;', 'DECLARE n int;')?.deeds).toMatchObject([{ deed: { check: false } }]);
  });

  it('reads constant EXECUTE strings and leaves others opaque', () => {
    expect(deedsOf(read("DO $$ BEGIN EXECUTE 'ALTER TABLE t ADD a text DEFAULT ''x'''; EXECUTE format('DROP TABLE %I', n); END $$"))).toMatchObject([
      { kind: 'add-column', column: { default: { kind: 'constant', value: 'x' } } }, { kind: 'opaque' },
    ]);
  });

  it('takes assignments, RAISE and RETURN for no statements', () => {
    expect(deedsOf(read('DO $$ DECLARE a int := 1; BEGIN a := 2; a = 3; RAISE NOTICE \'DROP TABLE x\'; PERFORM pg_sleep(1); RETURN; END $$'))).toMatchObject([{ kind: 'other' }]);
  });

  it('reads blocks in quotes, and no other language', () => {
    expect(deedsOf(read("DO 'BEGIN DROP TABLE x; END'"))).toMatchObject([{ kind: 'drop-table' }]);
    expect(deedsOf(read('DO LANGUAGE plpython3u $$ pass $$'))).toMatchObject([{ kind: 'opaque' }]);
  });
});
