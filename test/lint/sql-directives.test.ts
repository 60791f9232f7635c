import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { lint } from '../../src/lint.ts';
import { openProject } from '../../src/project/project.ts';
import { temporaryDirectory, write } from '../repository.ts';

/** `line rule` of each finding; `(by)` behind those that are assured. */
async function found(sql: string, inlineConfig = true): Promise<string[]> {
  const cwd = temporaryDirectory();
  write(cwd, { 'migrations/001_change.sql': sql });
  const project = await openProject({ cwd, workspace: cwd, paths: [], all: true, base: null, directories: [], ignorePatterns: [], stdin: null });
  const result = await lint(project, { config: { ...defaultConfig, engine: { name: 'postgres', version: [15], from: 'test' } }, directives: { inlineConfig, unused: 'warn', suggest: () => null } });
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
    expect(await found('-- atlas:nolint\nDROP TABLE posts;\nDROP TABLE tags;\n')).toEqual(['2 drop-table (atlas:nolint)', '3 drop-table']);
    expect(await found('-- atlas:nolint DS102\n\nDROP TABLE posts;\nDROP TABLE tags;\n')).toEqual(['3 drop-table (atlas:nolint)', '4 drop-table (atlas:nolint)']);
  });
});
