import { describe, expect, it } from 'vitest';
import type { EngineName } from '../../../src/operations/index.ts';
import { lexiconOf } from '../../../src/parsers/sql/text/lexicon.ts';
import { unitAt } from '../../../src/parsers/sql/text/split.ts';

function split(text: string, engine: EngineName): string[] {
  const found: string[] = [];
  const lexicon = lexiconOf(engine);
  for (let unit = unitAt(text, 0, lexicon); unit; unit = unitAt(text, unit.next, lexicon, unit.delimiter)) found.push(text.slice(unit.start, unit.end));
  return found;
}

describe('splitting', () => {
  it.each<readonly [EngineName, string, string, readonly string[]]>([
    ['postgres', 'doubled quotes', "SELECT 'a;''b'; SELECT 2", ["SELECT 'a;''b'", 'SELECT 2']],
    ['postgres', 'a backslash is no escape', "SELECT 'a\\'; SELECT 2", ["SELECT 'a\\'", 'SELECT 2']],
    ['postgres', 'escape strings', "SELECT E'a\\';'; SELECT 2", ["SELECT E'a\\';'", 'SELECT 2']],
    ['postgres', 'quoted names', 'SELECT "a;""b"; SELECT 2', ['SELECT "a;""b"', 'SELECT 2']],
    ['postgres', 'dollar quotes', 'SELECT $a$ ; $b$ ; $a$; SELECT $1, a$b$; SELECT 3', ['SELECT $a$ ; $b$ ; $a$', 'SELECT $1, a$b$', 'SELECT 3']],
    ['postgres', 'nested comments', '/* a; /* b; */ c; */ SELECT 1; -- d;\nSELECT 2', ['SELECT 1', 'SELECT 2']],
    ['postgres', 'brackets', 'CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3', ['CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)', 'SELECT 3']],
    ['postgres', 'bodies', 'CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END; SELECT 3', ['CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END', 'SELECT 3']],
    ['postgres', 'transactions are no bodies', 'BEGIN; SELECT 1; END; SELECT 2', ['BEGIN', 'SELECT 1', 'END', 'SELECT 2']],
    ['postgres', 'psql lines', '\\restrict x;y\nSELECT 1 \\gexec\nSELECT 2;', ['\\restrict x;y', 'SELECT 1', 'SELECT 2']],
    ['postgres', 'copied rows', "COPY t (a) FROM stdin;\n1;\n'2\n\\.\nSELECT 2;", ['COPY t (a) FROM stdin', 'SELECT 2']],
    ['postgres', 'rows that only look like their end', "COPY t (a) FROM stdin;\n\\.x\n;\n\\.\nSELECT 2;", ['COPY t (a) FROM stdin', 'SELECT 2']],
    ['postgres', 'rows of the client', '\\copy t from stdin\n1;\n\\.\nSELECT 2', ['\\copy t from stdin', 'SELECT 2']],
    ['postgres', 'separators of the client', 'SELECT 1 \\; SELECT 2\\;SELECT 3;', ['SELECT 1', 'SELECT 2', 'SELECT 3']],
    ['postgres', 'continued escape strings', "SELECT E'a'\n  'b\\'; c'; SELECT 2", ["SELECT E'a'\n  'b\\'; c'", 'SELECT 2']],
    ['postgres', 'delimiters of script runners', 'delimiter d//\nSELECT $$;$$; SELECT 1\nd//\ndelimiter ;\nSELECT 2', ['SELECT $$;$$', 'SELECT 1', 'SELECT 2']],
    ['mysql', 'a delimiter line in an unfinished statement', 'SELECT 1\nDELIMITER //\nSELECT 2; SELECT 3//', ['SELECT 1', 'SELECT 2', 'SELECT 3']],
    ['mysql', 'several statements under a delimiter', 'DELIMITER $$\nDROP PROCEDURE p;\nCREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END$$\nBEGIN NOT ATOMIC SELECT 1; END$$\nSELECT 3$$', ['DROP PROCEDURE p', 'CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END', 'BEGIN NOT ATOMIC SELECT 1; END', 'SELECT 3']],
    ['mariadb', 'blocks', 'BEGIN NOT ATOMIC IF a THEN SELECT 1; END IF; END; BEGIN; SELECT 2', ['BEGIN NOT ATOMIC IF a THEN SELECT 1; END IF; END', 'BEGIN', 'SELECT 2']],
    ['mysql', 'a database of the client', 'use a\nSELECT 1; USE `b c`\r\nSELECT 2; use d; SELECT 3', ['use a', 'SELECT 1', 'USE `b c`', 'SELECT 2', 'use d', 'SELECT 3']],
    ['mysql', 'a column named delimiter', 'CREATE TABLE t (\ndelimiter varchar(1)\n); SELECT 2', ['CREATE TABLE t (\ndelimiter varchar(1)\n)', 'SELECT 2']],
    ['mysql', 'backslashes', "SELECT 'a\\';', \"b;\"; SELECT 2", ["SELECT 'a\\';', \"b;\"", 'SELECT 2']],
    ['mysql', 'backticks', 'SELECT `a;``b`; SELECT 2', ['SELECT `a;``b`', 'SELECT 2']],
    ['mysql', 'comments', '# a;\n-- b;\nSELECT 1--2; /* c; /* */ SELECT 3', ['SELECT 1--2', 'SELECT 3']],
    ['mysql', 'code in comments', '/*!50003 CREATE TABLE a (b int) */; SELECT 2', ['CREATE TABLE a (b int)', 'SELECT 2']],
    ['mysql', 'a mark that is no code', '/*M!999999\\- enable the sandbox mode */\nSELECT 1', ['SELECT 1']],
    ['mysql', 'delimiters', 'DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; END$$\ndelimiter ;\nSELECT 2;', ['CREATE PROCEDURE p() BEGIN SELECT 1; END', 'SELECT 2']],
    ['mysql', 'bodies', 'CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN IF a THEN SELECT 1; END IF; END; SELECT 2', ['CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN IF a THEN SELECT 1; END IF; END', 'SELECT 2']],
    ['sqlite', 'names in brackets', 'SELECT [a;b], `c;`; SELECT 2', ['SELECT [a;b], `c;`', 'SELECT 2']],
    ['sqlite', 'bodies', 'CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM u; END; SELECT 2', ['CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM u; END', 'SELECT 2']],
  ])('%s: %s', (engine, _, text, expected) => {
    expect(split(text, engine)).toEqual(expected);
  });
});
