import { describe, expect, it } from 'vitest';
import { loadSqlParser } from '../../../src/parsers/sql/parser.ts';
import { createMemory } from '../../../src/parsers/sql/text/memory.ts';
import { deedsOf, name, readerOf } from './reading.ts';

const postgres = await readerOf('postgres');
const mysql = await readerOf('mysql');
const block = (body: string, declare = '') => postgres(`DO $$ ${declare} BEGIN ${body} END $$`).flatMap(({ deeds }) => deeds);
const put = 'the statement is put together while it runs';

describe('EXECUTE in PL/pgSQL', () => {
  it.each<readonly [string, string, string, readonly object[]]>([
    ['of a concatenation', "EXECUTE 'DROP TABLE ' || 'a' || '_b'", '', [{ kind: 'drop-table', table: name('a_b') }]],
    ['of format with constants', "EXECUTE format('ALTER TABLE %I ADD COLUMN %I text DEFAULT %L', 'Users', 'a b', 'it''s')", '', [{ kind: 'add-column', table: name('Users'), column: { name: 'a b', default: { kind: 'constant', value: "it's" } } }]],
    ['of format with positions', "EXECUTE format('DROP TABLE %2$s, %1$s', 'a', 'b')", '', [{ kind: 'drop-table', table: name('b') }, { kind: 'drop-table', table: name('a') }]],
    ['of a variable that holds a constant', 'EXECUTE sql', "DECLARE sql text := 'DROP TABLE a';", [{ kind: 'drop-table', table: name('a') }]],
    ['of an assigned variable', "sql := 'DROP ' || kind; EXECUTE sql || 'a'; sql := 'DROP TABLE b'; EXECUTE sql", "DECLARE kind text := 'TABLE '; sql text;", [{ kind: 'drop-table', table: name('a') }, { kind: 'drop-table', table: name('b') }]],
    ['of quoted names', "EXECUTE 'DROP TABLE ' || quote_ident('A')", '', [{ kind: 'drop-table', table: name('A') }]],
    ['over a list', "FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP EXECUTE format('DROP TABLE %I', t); END LOOP", 'DECLARE t text;', [{ kind: 'drop-table', table: name('a') }, { kind: 'drop-table', table: name('b') }]],
    ['over a list in a variable', "FOREACH t IN ARRAY list LOOP EXECUTE 'DROP TABLE ' || t; END LOOP", "DECLARE t text; list text[] := '{a, b}';", [{ kind: 'drop-table', table: name('a') }, { kind: 'drop-table', table: name('b') }]],
    ['over what a list unfolds to', "FOR t IN SELECT unnest(ARRAY['a', 'b']) LOOP EXECUTE 'DROP TABLE ' || t; END LOOP", 'DECLARE t text;', [{ kind: 'other' }, { kind: 'drop-table', table: name('a') }, { kind: 'drop-table', table: name('b') }]],
    ['of a literal in dollars', "EXECUTE $q$ALTER TABLE t ADD a text DEFAULT 'x'$q$", '', [{ kind: 'add-column', column: { default: { value: 'x' } } }]],
    ['with what it returns and takes', "EXECUTE 'UPDATE t SET a = $1 WHERE b' INTO x USING y", '', [{ kind: 'update-rows', table: name('t'), columns: ['a'] }]],
    ['of a row of a query', "FOR r IN SELECT n FROM x LOOP EXECUTE 'DROP TABLE ' || r.n; END LOOP", '', [{ kind: 'read-rows' }, { kind: 'opaque', reason: put }]],
    ['of an unknown argument', "EXECUTE format('DROP TABLE %I', n)", '', [{ kind: 'opaque', reason: put }]],
    ['of a format with widths', "EXECUTE format('DROP TABLE %-10s', 'a')", '', [{ kind: 'opaque', reason: put }]],
    ['of what another branch may have changed', "IF c THEN sql := 'DROP TABLE b'; END IF; EXECUTE sql", "DECLARE sql text := 'DROP TABLE a';", [{ kind: 'opaque', reason: put }]],
    ['of what each branch sets', "IF c THEN sql := 'DROP TABLE b'; EXECUTE sql; ELSE EXECUTE sql; END IF", "DECLARE sql text := 'DROP TABLE a';", [{ kind: 'drop-table', table: name('b') }, { kind: 'drop-table', table: name('a') }]],
    ['of what the loop before changes', "LOOP EXECUTE sql; sql := f(); END LOOP", "DECLARE sql text := 'DROP TABLE a';", [{ kind: 'opaque', reason: put }]],
  ])('%s', (_, body, declare, wanted) => {
    expect(block(`${body};`, declare).map(({ deed }) => deed)).toMatchObject(wanted);
  });

  it('stands at its own place when the text is one literal, else at the statement', () => {
    const sql = "DO $$ BEGIN EXECUTE 'DROP TABLE a; DROP TABLE b'; EXECUTE 'DROP TABLE ' || 'c'; END $$";
    expect(postgres(sql)[0]?.deeds.map(({ at }) => sql.slice(at.start, at.end))).toEqual(['DROP TABLE a', 'DROP TABLE b', "EXECUTE 'DROP TABLE ' || 'c'"]);
  });
});

describe('functions that are called at once', () => {
  const definition = "CREATE FUNCTION change(t text, n int DEFAULT 1) RETURNS void LANGUAGE plpgsql AS $f$\nBEGIN\n  UPDATE users SET a = n;\n  IF n > 1 THEN\n    EXECUTE format('DROP TABLE %I', t);\n  END IF;\nEND $f$;";

  it('are read where they are called, and say where it is written', () => {
    const sql = `${definition}\nSELECT change('old');\nDROP FUNCTION change(text, int);`;
    const statements = postgres(sql);
    expect(deedsOf(statements)).toMatchObject([{ kind: 'create-function' }, { kind: 'update-rows', scope: 'all' }, { kind: 'drop-table', table: name('old') }, { kind: 'drop-function' }]);
    const called = statements[1]?.deeds ?? [];
    expect(called.map(({ at }) => sql.slice(at.start, at.end))).toEqual(["SELECT change('old')", "SELECT change('old')"]);
    expect(called.map(({ via }) => via && sql.slice(via.start, via.end))).toEqual(['UPDATE users SET a = n', "EXECUTE format('DROP TABLE %I', t)"]);
    expect(called.map(({ uncertain }) => uncertain)).toEqual([false, true]);
  });

  it.each<readonly [string, string, readonly object[]]>([
    ['by PERFORM', "DO $$ BEGIN PERFORM change('x', 2); END $$", [{ kind: 'update-rows' }, { kind: 'drop-table', table: name('x') }]],
    ['in FROM', "SELECT * FROM change('x')", [{ kind: 'update-rows' }, { kind: 'drop-table' }]],
    ['for each row', 'SELECT change(name) FROM tables', [{ kind: 'read-rows', tables: [name('tables')] }, { kind: 'update-rows' }, { kind: 'opaque', reason: put }]],
    ['not at all', 'SELECT other()', [{ kind: 'opaque', reason: 'what "other" does is not read' }]],
  ])('%s', (_, call, wanted) => {
    expect(deedsOf(postgres(`${definition}\n${call}`)).slice(1)).toMatchObject(wanted);
  });

  it('also in SQL, and as procedures', () => {
    expect(deedsOf(postgres("CREATE PROCEDURE p() LANGUAGE sql AS 'DROP TABLE a; DROP TABLE b'; CALL p()"))).toMatchObject([{ kind: 'create-function' }, { kind: 'drop-table' }, { kind: 'drop-table' }]);
  });

  it('that call themselves or each other end', () => {
    const sql = "CREATE FUNCTION a() RETURNS void LANGUAGE sql AS 'SELECT b(); DROP TABLE x'; CREATE FUNCTION b() RETURNS void LANGUAGE sql AS 'SELECT a()'; SELECT a()";
    expect(deedsOf(postgres(sql)).slice(2)).toMatchObject([{ kind: 'opaque', reason: 'what "a" does is not read' }, { kind: 'drop-table' }]);
  });

  it('are forgotten with the text, unless a memory is kept', async () => {
    const parser = await loadSqlParser('postgres');
    parser.parse(definition);
    expect(deedsOf(parser.parse("SELECT change('x')"))).toMatchObject([{ kind: 'opaque' }]);
    const memory = createMemory();
    parser.parse(definition, [], memory);
    const [statement] = parser.parse("SELECT change('x')", [], memory);
    expect(statement?.deeds.map(({ deed, via }) => [deed.kind, via])).toEqual([['update-rows', undefined], ['drop-table', undefined]]);
  });
});

describe('routines of MySQL', () => {
  const define = (body: string, list = '') => `DELIMITER //\nCREATE PROCEDURE p(${list})\nBEGIN\n${body}\nEND //\nDELIMITER ;\n`;
  const called = (body: string, list = '', values = '') => mysql(`${define(body, list)}CALL p(${values});\nDROP PROCEDURE p;`)[1]?.deeds ?? [];

  it('are read where they are called', () => {
    const sql = `${define("  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE column_name = 'a') THEN\n    ALTER TABLE t ADD a INT;\n  ELSE\n    DROP TABLE u;\n  END IF;")}CALL p();`;
    const deeds = mysql(sql)[1]?.deeds ?? [];
    expect(deeds).toMatchObject([
      { deed: { kind: 'add-column' }, guards: [{ kind: 'not-exists' }], uncertain: true }, { deed: { kind: 'drop-table' }, guards: [{ kind: 'condition' }], uncertain: true },
    ]);
    expect(deeds.map(({ at, via }) => [sql.slice(at.start, at.end), via && sql.slice(via.start, via.end)])).toEqual([['CALL p()', 'ADD a INT'], ['CALL p()', 'DROP TABLE u']]);
  });

  const bodies: readonly (readonly [string, readonly object[], string, string?, string?])[] = [
    ['loops', [{ deed: { kind: 'delete-rows', mode: { by: 'batches' } }, uncertain: true }], 'WHILE n > 0 DO DELETE FROM t WHERE a LIMIT 100; END WHILE;'],
    ['repeats', [{ deed: { kind: 'drop-table' }, uncertain: true }], 'REPEAT DROP TABLE t; UNTIL n END REPEAT;'],
    ['labels', [{ deed: { kind: 'drop-table' }, uncertain: true }], 'again: LOOP DROP TABLE t; LEAVE again; END LOOP again;'],
    ['cases', [{ deed: { kind: 'drop-table' }, uncertain: true }, { deed: { kind: 'truncate' }, uncertain: true }], 'CASE n WHEN 1 THEN DROP TABLE t; ELSE TRUNCATE t; END CASE;'],
    ['handlers', [{ deed: { kind: 'drop-table' }, guards: [{ kind: 'rescue' }], uncertain: false }], 'DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; END; DROP TABLE t;'],
    ['handlers that fail again', [{ deed: { kind: 'drop-table' }, guards: [] }], 'DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END; DROP TABLE t;'],
    ['the end of a cursor', [{ deed: { kind: 'drop-table' }, guards: [] }], 'DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = TRUE; DROP TABLE t;'],
    ['checks', [{ deed: { kind: 'read-rows', check: true } }], "SELECT COUNT(*) INTO n FROM t; IF n > 0 THEN SIGNAL SQLSTATE '45000'; END IF;"],
    ['prepared statements', [{ deed: { kind: 'other' } }, { deed: { kind: 'other' } }, { deed: { kind: 'add-column', table: name('t') } }], "SET @s = CONCAT('ALTER TABLE ', 't', ' ADD a INT'); PREPARE x FROM @s; EXECUTE x;"],
    ['arguments', [{ deed: { kind: 'other' } }, { deed: { kind: 'other' } }, { deed: { kind: 'drop-constraint', table: name('t'), name: 'fk' } }], "SET @s = CONCAT('ALTER TABLE ', tbl, ' DROP FOREIGN KEY ', fk); PREPARE x FROM @s; EXECUTE x;", 'IN tbl VARCHAR(64), fk VARCHAR(64)', "'t', 'fk'"],
    ['what is not known', [{ deed: { kind: 'other' } }, { deed: { kind: 'other' } }, { deed: { kind: 'opaque', reason: put } }], "SET @s = CONCAT('DROP TABLE ', tbl); PREPARE x FROM @s; EXECUTE x;", 'tbl VARCHAR(64)', 'f()'],
  ];
  it.each(bodies.map(([what, wanted, body, list = '', values = '']) => ({ what, wanted, body, list, values })))('with $what', ({ wanted, body, list, values }) => {
    expect(called(body, list, values)).toMatchObject(wanted);
  });

  it('are opaque when they are defined elsewhere', () => {
    expect(deedsOf(mysql('CALL p()'))).toMatchObject([{ kind: 'opaque', reason: 'what the procedure does is not read' }]);
  });
});

describe('prepared statements of MySQL', () => {
  it('are read where they are executed, with the condition that chose them', () => {
    const statements = mysql("SET @n = (SELECT COUNT(*) FROM x);\nSET @ddl = IF(@n = 0, 'ALTER TABLE t ADD a INT', 'SELECT 1');\nPREPARE s FROM @ddl;\nEXECUTE s;\nDEALLOCATE PREPARE s;");
    expect(statements[3]?.deeds).toMatchObject([
      { deed: { kind: 'add-column' }, guards: [{ kind: 'condition', text: '@n = 0' }], uncertain: true }, { deed: { kind: 'other' }, guards: [{ text: 'NOT (@n = 0)' }] },
    ]);
  });

  it.each<readonly [string, string, readonly object[]]>([
    ['of a literal', "PREPARE s FROM 'DROP TABLE a'; EXECUTE s", [{ kind: 'other' }, { kind: 'drop-table' }]],
    ['of a variable that was changed since', "SET @s = 'DROP TABLE a'; SET @s = f(); PREPARE s FROM @s; EXECUTE s", [{ kind: 'other' }, { kind: 'other' }, { kind: 'other' }, { kind: 'opaque', reason: put }]],
    ['that are not known', 'EXECUTE s', [{ kind: 'opaque', reason: put }]],
  ])('%s', (_, sql, wanted) => {
    expect(deedsOf(mysql(sql))).toMatchObject(wanted);
  });

  it('and blocks of MariaDB', async () => {
    const mariadb = await readerOf('mariadb');
    expect(deedsOf(mariadb("EXECUTE IMMEDIATE 'DROP TABLE a'"))).toMatchObject([{ kind: 'drop-table' }]);
    expect(deedsOf(mariadb('DELIMITER //\nBEGIN NOT ATOMIC IF a THEN DROP TABLE x; END IF; END //'))).toMatchObject([{ kind: 'drop-table' }]);
  });
});
