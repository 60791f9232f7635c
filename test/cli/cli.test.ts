import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { commit, git, indexMigration, indexedSchemaFile, repository, schemaFile, temporaryDirectory, write } from '../repository.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = join(temporaryDirectory(), 'build');
const cli = join(built, 'cli.js');

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build.mjs', 'cli', built], { cwd: root });
});

const bad = 'db/migrate/20260101081530_index_users.rb';
const app = (files: Readonly<Record<string, string | Buffer>> = {}) => {
  const directory = temporaryDirectory();
  write(directory, { 'db/schema.rb': schemaFile, [bad]: indexMigration('IndexUsers'), ...files });
  return directory;
};
const anzen = (cwd: string, args: readonly string[] = [], options: { input?: string; env?: Record<string, string> } = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8', input: options.input ?? '', env: { PATH: process.env['PATH'], HOME: cwd, ...options.env } });
  return { status, out: stdout, err: stderr };
};

describe('anzen', () => {
  it('exits 1 with findings, 0 without, and keeps standard error empty', () => {
    const directory = app();
    expect(anzen(directory)).toMatchObject({ status: 1, err: '', out: expect.stringContaining('blocking-index') });
    expect(anzen(directory, ['--rule', 'blocking-index: off'])).toMatchObject({ status: 0, err: '' });
  });

  it('lints what is new in git and says how many older ones it left out', () => {
    const directory = repository({ 'db/migrate/20250101000000_old.rb': indexMigration('Old'), 'db/schema.rb': schemaFile });
    expect(anzen(directory)).toMatchObject({ status: 0, out: expect.stringMatching(/1 older migration is on main already and left out/) });
    git(directory, 'checkout', '-q', '-b', 'topic');
    commit(directory, 'x', { [bad]: indexMigration('IndexUsers'), 'db/schema.rb': indexedSchemaFile });
    const run = anzen(directory, ['-f', 'unix']);
    expect(run.out.trimEnd().split('\n')).toHaveLength(1);
    expect(run.out).toMatch(/^db\/migrate\/20260101081530_index_users\.rb:3:5: error: .+ \[blocking-index\]\n$/);
    expect(anzen(directory, ['--all', '-f', 'unix']).out).toContain('20250101000000_old.rb');
    expect(anzen(directory, ['--base', 'nowhere'])).toMatchObject({ status: 2, err: expect.stringContaining('"nowhere" is not a commit') });
  });

  it.each([
    [['--fromat', 'json'], 'Did you mean "--format"?'],
    [['-f', 'jsno'], 'Did you mean "json"?'],
    [['--format'], '"--format" needs a value'],
    [['-x'], '"-x" is not a flag'],
    [['nowhere'], '"nowhere": no such file or directory'],
    [['--stdin', 'a.rb'], 'contradict each other'],
    [['--color', '--no-color'], 'contradict each other'],
    [['--stdin-filename', 'a.rb'], 'needs "--stdin"'],
    [['--rule', 'bloking-index: off'], 'Did you mean "blocking-index"?'],
    [['--rule', 'blocking-index: loud'], 'not a severity'],
    [['--rule', 'nonsense'], 'not of the form'],
    [['--engine', 'mysqll'], 'Did you mean "mysql"?'],
    [['--engine-version', 'new'], 'not a version'],
    [['--max-warnings', 'few'], 'not a number'],
    [['-c', 'nowhere.yml'], 'does not exist'],
    [['explain', 'rename-colum'], 'Did you mean "rename-column"?'],
    [['explain'], 'needs a rule'],
    [['operations', 'nowhere.rb'], 'no such file'],
    [['--base', 'main'], 'needs a git repository'],
  ])('refuses %j with a sentence and exit 2', (args, sentence) => {
    const run = anzen(app(), args as string[]);
    expect(run.status).toBe(2);
    expect(run.err).toContain(sentence);
    expect(run.err).not.toContain('    at ');
  });

  it('lints standard input under a name', () => {
    const run = anzen(app(), ['--stdin', '--stdin-filename', 'db/migrate/20260202000000_index_users.rb', '-f', 'json'], { input: indexMigration('IndexUsers') });
    const [file] = JSON.parse(run.out);
    expect(file.filePath).toMatch(/20260202000000_index_users\.rb$/);
    expect(file.messages.map((message: { ruleId: string }) => message.ruleId)).toContain('blocking-index');
  });

  it('writes to a file, counts warnings, and reports only errors when asked', () => {
    const directory = app({ 'db/migrate/20260102000000_drop_index.rb': 'class DropIndex < ActiveRecord::Migration[7.1]\n  def change\n    remove_index :users, :email\n  end\nend\n' });
    expect(anzen(directory, ['-o', 'out/report.txt', '-f', 'unix'])).toMatchObject({ status: 1, out: '' });
    expect(readFileSync(join(directory, 'out/report.txt'), 'utf8')).toContain('warning:');
    expect(anzen(directory, ['--quiet', '-f', 'unix']).out).not.toContain('warning:');
    expect(anzen(directory, ['--rule', 'blocking-index: warn']).status).toBe(0);
    expect(anzen(directory, ['--rule', 'blocking-index: warn', '--max-warnings', '0']).status).toBe(1);
  });

  it('ignores irrelevant paths when told to', () => {
    const directory = app({ 'README.md': '' });
    expect(anzen(directory, ['README.md']).status).toBe(2);
    expect(anzen(directory, ['--no-error-on-unmatched-pattern', 'README.md'])).toMatchObject({ status: 0, err: '' });
    expect(anzen(directory, ['--ignore-pattern', 'db/migrate/2026*']).status).toBe(0);
  });

  it('uses the configuration, and prints it', () => {
    const directory = app({ '.anzen.yml': 'rules:\n  blocking-index: off\n' });
    expect(anzen(directory).status).toBe(0);
    expect(anzen(directory, ['--no-config-lookup']).status).toBe(1);
    expect(JSON.parse(anzen(directory, ['--print-config']).out)).toMatchObject({ configFile: '.anzen.yml', rules: { 'blocking-index': 'off', 'rename-column': 'error' } });
    write(directory, { '.anzen.yml': 'rules:\n  bloking-index: off\n' });
    expect(anzen(directory)).toMatchObject({ status: 2, err: expect.stringContaining('.anzen.yml:2:3: "bloking-index" is not a rule. Did you mean "blocking-index"?') });
  });

  it('colours only when wanted', () => {
    const directory = app();
    expect(anzen(directory).out).not.toContain('\u001b');
    expect(anzen(directory, ['--color']).out).toContain('\u001b[');
    expect(anzen(directory, [], { env: { FORCE_COLOR: '1' } }).out).toContain('\u001b[');
    expect(anzen(directory, [], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).out).not.toContain('\u001b');
  });

  it('survives a closed pipe and an interrupt', async () => {
    const directory = app();
    const head = spawnSync('sh', ['-c', `"${process.execPath}" "${cli}" --help | head -n 1`], { cwd: directory, encoding: 'utf8' });
    expect(head).toMatchObject({ status: 0, stderr: '' });
    // A signal that comes before the program listens ends it the plain way; a busy machine needs longer to get there.
    const codes: unknown[] = [];
    for (const wait of [400, 2000, 8000]) {
      const child = spawn(process.execPath, [cli, '--stdin'], { cwd: directory, stdio: ['pipe', 'ignore', 'ignore'] });
      await new Promise((resolve) => setTimeout(resolve, wait));
      child.kill('SIGINT');
      codes.push(await new Promise((resolve) => child.on('exit', (code) => resolve(code))));
      if (codes.includes(130)) break;
    }
    expect(codes).toContain(130);
  });

  it('loses no other file to a broken one', () => {
    const directory = app({
      'db/migrate/20260103000000_binary.rb': Buffer.from([0, 1, 2, 255]),
      'db/migrate/20260104000000_empty.rb': '',
      'db/migrate/20260105000000_broken.rb': 'class Broken < ActiveRecord::Migration[7.1]\n  def change\n    add_index :users, :email\n  end\n',
      'db/migrate/20260106000000_latin.rb': Buffer.from('# caf\xe9\n', 'latin1'),
      'db/migrate/20260107000000_mark.rb': `\ufeff${indexMigration('Mark').replaceAll('\n', '\r\n')}`,
    });
    const run = anzen(directory, ['-f', 'unix']);
    expect(run.status).toBe(1);
    expect(run.err).toBe('');
    for (const name of ['index_users.rb:3:5', 'binary.rb:1:1', 'latin.rb:1:1', 'mark.rb:3:5']) expect(run.out).toContain(name);
    expect(run.out).toMatch(/broken\.rb:\d+:\d+: error: .*\[ruby-syntax\]/);
    expect(run.out).toMatch(/broken\.rb:3:5: error: .*\[blocking-index\]/);
  });

  it('prints rules, explanations and operations', () => {
    const directory = app();
    expect(anzen(directory, ['rules']).out).toMatch(/rename-column\s+error/);
    expect(anzen(directory, ['explain', 'rename-column']).out).toContain('rename-column');
    const operations = JSON.parse(anzen(directory, ['operations', bad]).out);
    expect(operations.operations[0]).toMatchObject({ kind: 'create-index', at: '3:5-3:29', index: { table: { name: 'users' } } });
    expect(anzen(directory, ['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('runs from its own directory alone', () => {
    expect(existsSync(join(built, 'tree-sitter-ruby.wasm'))).toBe(true);
    writeFileSync(join(built, 'package.json'), '{"type":"module"}');
    expect(anzen(app()).status).toBe(1);
  });
});
