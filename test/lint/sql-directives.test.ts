import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { lint } from '../../src/lint.ts';
import type { EngineName } from '../../src/operations/index.ts';
import { openProject } from '../../src/project/project.ts';
import { temporaryDirectory, write } from '../repository.ts';

/** `line rule` of each finding; `(by)` behind those that are assured. */
async function found(text: string, inlineConfig = true, path = 'migrations/001_change.sql', engine: EngineName = 'postgres'): Promise<string[]> {
  const cwd = temporaryDirectory();
  write(cwd, { [path]: text });
  const project = await openProject({ cwd, workspace: cwd, paths: [], all: true, base: null, directories: [], ignorePatterns: [], stdin: null });
  const result = await lint(project, { config: { ...defaultConfig, engine: { name: engine, version: engine === 'postgres' ? [15] : [8, 0], from: 'test' } }, directives: { inlineConfig, unused: 'warn', suggest: () => null } });
  return result.files.flatMap((file) => file.diagnostics.map(({ start, ruleId, assured }) => `${start.line} ${ruleId}${assured ? ` (${assured.by}${assured.reason ? `: ${assured.reason}` : ''})` : ''}`));
}

describe('anzen-disable in SQL', () => {
  it('binds to the statement, whatever its lines', async () => {
    expect(await found('-- anzen-disable-next-line blocking-index -- 40 rows\nCREATE INDEX i\n  ON users\n  (email);\nCREATE INDEX j ON users (name);\n')).toEqual(['5 blocking-index']);
  });

  it('is read in block comments, behind the statement, and past other comments', async () => {
    expect(await found('/* anzen-disable-next-line blocking-index -- 40 rows */\n-- by mail\nCREATE INDEX i ON users (email);\n')).toEqual([]);
    expect(await found('CREATE INDEX i ON users (email); -- anzen-disable-line blocking-index -- 40 rows\nCREATE INDEX j ON users (name);\n')).toEqual(['2 blocking-index']);
    expect(await found('-- anzen-disable blocking-index -- a table of 40 rows\n\nCREATE INDEX i ON users (email);\nCREATE INDEX j ON users (name);\n')).toEqual([]);
  });

  it('is no directive inside a string, and needs a reason', async () => {
    expect(await found("COMMENT ON TABLE users IS '-- anzen-disable blocking-index -- no';\nCREATE INDEX i ON users (email);\n")).toEqual(['2 blocking-index']);
    expect(await found('-- anzen-disable-next-line blocking-index\nCREATE INDEX i ON users (email);\n')).toEqual(['1 directive', '2 blocking-index']);
  });

  it('speaks of the statement in a DO block that it stands at', async () => {
    const block = (first: string, second = '') => `DO $$\nBEGIN\n  ${first}\n  CREATE INDEX i\n    ON users (email);${second}\n  CREATE INDEX j ON users (name);\nEND;\n$$;\n`;
    expect(await found(block('-- by mail'))).toEqual(['4 blocking-index', '6 blocking-index']);
    expect(await found(block('-- anzen-disable-next-line blocking-index -- 40 rows'))).toEqual(['6 blocking-index']);
    expect(await found(block('/* anzen-disable-next-line blocking-index -- 40 rows */'))).toEqual(['6 blocking-index']);
    expect(await found(block('-- by mail', ' -- anzen-disable-line blocking-index -- 40 rows'))).toEqual(['6 blocking-index']);
    expect(await found(`-- anzen-disable-next-line blocking-index -- 40 rows\n${block('-- by mail')}`)).toEqual([]);
    expect(await found(block('-- squawk-ignore require-concurrent-index-creation'))).toEqual(['4 blocking-index (squawk-ignore)', '6 blocking-index']);
  });

  it('speaks of all parts of a statement', async () => {
    const alter = 'ALTER TABLE users\n  DROP COLUMN name,\n  DROP COLUMN email;\nALTER TABLE posts DROP COLUMN title;\n';
    expect(await found(alter)).toEqual(['2 drop-column', '3 drop-column', '4 drop-column']);
    expect(await found(`-- anzen-disable-next-line drop-column -- unused since May\n${alter}`)).toEqual(['5 drop-column']);
    expect(await found(`DO $$ BEGIN\n-- anzen-disable-next-line drop-column -- unused since May\n${alter}END $$;\n`)).toEqual(['6 drop-column']);
    expect(await found(alter.replace('email;', 'email; -- anzen-disable-line drop-column -- unused since May'))).toEqual(['4 drop-column']);
  });

  it('is read past the markers of a tool, and before them', async () => {
    const goose = (between: string) => `-- +goose Up\n-- anzen-disable-next-line blocking-index -- 40 rows\n${between}CREATE INDEX i ON users (email);\n-- +goose StatementEnd\nCREATE INDEX j ON users (name);\n\n-- +goose Down\nDROP INDEX j;\n`;
    expect(await found(goose('-- +goose StatementBegin\n'))).toEqual(['6 blocking-index']);
    expect(await found('-- anzen-disable blocking-index -- 40 rows\n-- migrate:up\nCREATE INDEX i ON users (email);\n-- migrate:down\nDROP INDEX i;\n')).toEqual([]);
  });

  it('is read in files with Windows line ends, and after # on MySQL', async () => {
    expect(await found('-- anzen-disable-next-line blocking-index -- 40 rows\r\nCREATE INDEX i\r\n  ON users (email);\r\nCREATE INDEX j ON users (name); -- anzen-disable-line blocking-index -- 40 rows\r\nCREATE INDEX k ON users (bio);\r\n')).toEqual(['5 blocking-index']);
    expect(await found('# anzen-disable-next-line drop-table -- unused\nDROP TABLE posts;\nDROP TABLE tags;\n', true, 'migrations/001_change.sql', 'mysql')).toEqual(['3 drop-table']);
  });

  it('is read in the SQL of a Rails migration', async () => {
    const rails = (sql: string) => found(`class Change < ActiveRecord::Migration[7.1]\n  def up\n    execute <<~SQL\n${sql}    SQL\n  end\n\n  def down; end\nend\n`, true, 'db/migrate/20260101000000_change.rb');
    expect(await rails('      -- anzen-disable-next-line blocking-index -- 40 rows\n      CREATE INDEX i ON users (email);\n      CREATE INDEX j ON users (name);\n')).toEqual(['6 blocking-index']);
    expect(await rails('      CREATE INDEX i ON users (email); -- squawk-ignore require-concurrent-index-creation\n      CREATE INDEX j ON users (name);\n')).toEqual(['4 blocking-index (squawk-ignore)', '5 blocking-index']);
    expect(await rails('      DO $$ BEGIN\n        -- anzen-disable-next-line blocking-index -- 40 rows\n        CREATE INDEX i ON users (email);\n        CREATE INDEX j ON users (name);\n      END $$;\n')).toEqual(['7 blocking-index']);
  });

  it('says when it silences nothing', async () => {
    expect(await found('-- anzen-disable-next-line drop-table -- gone\nALTER TABLE users ADD COLUMN a int;\n')).toEqual(['1 directive']);
  });

  it('has no effect with --no-inline-config', async () => {
    expect(await found('-- anzen-disable-next-line blocking-index -- 40 rows\n-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX i ON users (email);\n', false)).toEqual(['3 blocking-index']);
  });
});

describe('directives of other checkers', () => {
  it('squawk-ignore assures what the rule of that name finds, and nothing else', async () => {
    expect(await found('-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX i ON users (email);\n')).toEqual(['2 blocking-index (squawk-ignore)']);
    expect(await found('-- squawk-ignore ban-drop-table\nCREATE INDEX i ON users (email);\nDROP TABLE posts; -- squawk-ignore ban-drop-table -- unused since May\n')).toEqual(['2 blocking-index', '3 drop-table (squawk-ignore: unused since May)']);
  });

  it('squawk-ignore-file holds for the file', async () => {
    expect(await found('-- squawk-ignore-file require-concurrent-index-creation, ban-drop-column\nCREATE INDEX i ON users (email);\nALTER TABLE users DROP COLUMN name;\nDROP TABLE posts;\n')).toEqual(['2 blocking-index (squawk-ignore)', '3 drop-column (squawk-ignore)', '4 drop-table']);
  });

  it('atlas:nolint knows codes, their letters, everything, and the head of a file', async () => {
    expect(await found('-- atlas:nolint DS102\nDROP TABLE posts;\nDROP TABLE tags;\n')).toEqual(['2 drop-table (atlas:nolint)', '3 drop-table']);
    expect(await found('-- atlas:nolint DS\nDROP TABLE posts;\n')).toEqual(['2 drop-table (atlas:nolint)']);
    expect(await found('-- atlas:nolint destructive incompatible\nDROP TABLE posts;\n')).toEqual(['2 drop-table (atlas:nolint)']);
    expect(await found('-- atlas:nolint data_depend\nDROP TABLE posts;\n')).toEqual(['2 drop-table']);
    expect(await found('/* atlas:nolint DS102 */\nDROP TABLE posts;\n')).toEqual(['2 drop-table (atlas:nolint)']);
    expect(await found('-- atlas:nolint\nDROP TABLE posts;\nDROP TABLE tags;\n')).toEqual(['2 drop-table (atlas:nolint)', '3 drop-table']);
    expect(await found('-- atlas:nolint DS102\n\nDROP TABLE posts;\nDROP TABLE tags;\n')).toEqual(['3 drop-table (atlas:nolint)', '4 drop-table (atlas:nolint)']);
  });
});
