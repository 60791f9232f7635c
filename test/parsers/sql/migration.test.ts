import { describe, expect, it } from 'vitest';
import type { SqlTool } from '../../../src/operations/index.ts';
import { parseSqlMigration } from '../../../src/parsers/sql/migration.ts';
import { loadSqlParser } from '../../../src/parsers/sql/parser.ts';
import { createSource } from '../../../src/source/source.ts';

const sql = await loadSqlParser('postgres');

/** The kinds of what runs, with the text at its place and at the place it was reached through. */
function read(tool: SqlTool, text: string) {
  const situation = { version: [], inTransaction: null, mixed: false, sending: null };
  const { operations } = parseSqlMigration(createSource('1_é.sql', text), { engine: { name: 'postgres', version: [15], from: 'test' }, sql, tool, situation, version: '1', hasDownFile: false });
  return operations.map(({ kind, at, via }) => ({ kind, at: text.slice(at.start, at.end), via: via.map((place) => text.slice(place.start, place.end)) }));
}

describe('a routine that a file of SQL defines and calls', () => {
  const routine = 'CREATE FUNCTION tidy() RETURNS void AS $$ BEGIN DROP TABLE users; END $$ LANGUAGE plpgsql;';

  it('is read where it is called, with its place in the body', () => {
    expect(read('goose', `-- é 🎉\n-- +goose Up\n-- +goose StatementBegin\n${routine}\n-- +goose StatementEnd\nSELECT tidy();\n`).slice(1)).toEqual([{ kind: 'drop-table', at: 'SELECT tidy()', via: ['DROP TABLE users'] }]);
  });

  it('is known to later parts of the file', () => {
    const text = `--liquibase formatted sql\n--changeset a:1 splitStatements:false\n${routine}\n--changeset a:2\nSELECT tidy();\n`;
    expect(read('liquibase', text).slice(1).map(({ kind, at }) => [kind, at])).toEqual([['drop-table', 'SELECT tidy()']]);
  });
});
