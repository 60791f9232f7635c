import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commit, git, repository, temporaryDirectory, write } from '../repository.ts';
import { anzen, notesOf, openIn, projectOf, shown } from './open.ts';

const blocking = 'CREATE INDEX i ON users (email);\n';
const drop = 'DROP TABLE users;\n';
const postgres = { 'compose.yml': 'services:\n  db:\n    image: postgres:15\n' };
const pairs = { ...postgres, 'm/1_a.up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n', 'm/1_a.down.sql': drop, 'm/2_b.up.sql': blocking, 'm/2_b.down.sql': drop };
const directoryOf = (files: Readonly<Record<string, string>>) => {
  const directory = temporaryDirectory();
  write(directory, files);
  return directory;
};
const unix = async (cwd: string, args: readonly string[], stdin?: string) => {
  const { status, out, err } = await anzen(cwd, ['-f', 'unix', ...args], stdin);
  return { status, found: out.split('\n').filter((line) => /: (?:error|warning): /.test(line)).map((line) => line.replace(/: (?:error|warning): .*\[/, ' [')), err };
};

describe('paths on the command line', () => {
  it('lints one file against the ones before it', async () => {
    expect(await unix(directoryOf(pairs), ['m/2_b.up.sql'])).toEqual({ status: 1, found: ['m/2_b.up.sql:1:1 [blocking-index]'], err: '' });
  });

  it('takes a list of up and down files as it comes from a shell or a hook: ways back are told, and are no mistake', async () => {
    const directory = directoryOf(pairs);
    const all = ['m/1_a.up.sql', 'm/1_a.down.sql', 'm/2_b.up.sql', 'm/2_b.down.sql'];
    const found = ['m/2_b.up.sql:1:1 [blocking-index]'];
    expect(await unix(directory, all)).toEqual({ status: 1, found, err: '' });
    expect(await unix(directory, ['--no-error-on-unmatched-pattern', ...all, 'compose.yml'])).toEqual({ status: 1, found, err: '' });
    expect(await unix(directory, ['m/1_a.down.sql'])).toMatchObject({ status: 0, found: [], err: '' });
    expect((await anzen(directory, ['m/1_a.down.sql'])).out).toContain('"m/1_a.down.sql" is the way back of a migration; it is not linted.');
    expect((await anzen(directory, ['m/1_a.down.sql', 'm/2_b.down.sql'])).out).toContain('2 of the named files are not linted: each is the way back of a migration.');
    expect(await anzen(directory, ['operations', 'm/1_a.down.sql'])).toMatchObject({ status: 2, err: 'anzen: "m/1_a.down.sql" is the way back of a migration; it is not linted.\n' });
  });

  it('refuses what is no migration', async () => {
    const directory = directoryOf({ ...pairs, 'db/structure.sql': drop, 'db/schema.sql': drop });
    expect(await unix(directory, ['db/schema.sql', 'db/structure.sql', 'compose.yml', 'nowhere.sql'])).toMatchObject({
      status: 2, err: 'anzen: "db/schema.sql": a schema dump, not a migration.\nanzen: "db/structure.sql": a schema dump, not a migration.\nanzen: "compose.yml": not a migration (".rb" or ".sql").\nanzen: "nowhere.sql": no such file or directory.\n',
    });
  });

  it('takes a directory inside a layout, the layout, and one above several', async () => {
    const directory = directoryOf({
      ...postgres, 'a/prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n', 'a/prisma/migrations/20240101000000_a/migration.sql': blocking, 'a/prisma/migrations/20240102000000_b/migration.sql': blocking.replace('i', 'j'),
      'b/migrations/V1__a.sql': blocking, 'b/migrations/2024/V2__b.sql': blocking, 'b/migrations/U1__a.sql': drop,
    });
    const found = async (...args: string[]) => shown(await openIn(directory, { paths: args })).map((set) => set.replace(/: .*/, '')).concat((await unix(directory, args)).found.map((line) => line.replace(/ .*/, '')));
    expect(await found('a/prisma/migrations/20240102000000_b')).toEqual(['prisma a/prisma/migrations', 'a/prisma/migrations/20240102000000_b/migration.sql:1:1']);
    expect(await found('b/migrations/2024')).toEqual(['flyway b/migrations', 'b/migrations/2024/V2__b.sql:1:1']);
    expect(await found('b/migrations')).toEqual(['flyway b/migrations', 'b/migrations/V1__a.sql:1:1', 'b/migrations/2024/V2__b.sql:1:1']);
    expect(await found('.')).toHaveLength(2 + 4);
    expect(await found('a', 'b/migrations/V1__a.sql', 'b/migrations/V1__a.sql')).toHaveLength(2 + 3);
  });

  it('takes directories with nothing that a deploy runs for what they are', async () => {
    const directory = directoryOf({ 'sqitch.plan': '%project=x\n\na 2024-01-01T00:00:00Z A <a@b.c>\n', 'deploy/a.sql': blocking, 'revert/a.sql': drop, 'verify/a.sql': drop, 'docs/readme.md': '' });
    expect(await unix(directory, ['revert'])).toMatchObject({ status: 2, err: 'anzen: "revert": no migrations in it.\n' });
    expect(await unix(directory, ['deploy'])).toMatchObject({ status: 1, found: ['deploy/a.sql:1:1 [blocking-index]'] });
  });

  it('lints any file of SQL that is named, whole, and says so; a directory of such files in order', async () => {
    const directory = directoryOf({ ...postgres, 'scripts/2_b.sql': blocking, 'scripts/1_a.sql': 'CREATE TABLE users (id bigint);\n', 'scripts/1_a_rollback.sql': drop, 'scripts/schema.sql': drop });
    const project = await openIn(directory, { paths: ['scripts'] });
    expect(shown(project)).toEqual(['sql scripts: 1 scripts/1_a.sql, 2 scripts/2_b.sql']);
    expect(await notesOf(project)).toEqual([expect.stringContaining('it is not known which tool runs these files, so each is linted whole')]);
    expect((await unix(directory, ['scripts/2_b.sql'])).found).toEqual(['scripts/2_b.sql:1:1 [blocking-index]']);
    expect(shown(await openIn(directory))).toEqual([]);
  });

  it('applies the patterns to ignore to named files, to sets and to notes', async () => {
    const directory = directoryOf({ ...pairs, '.anzen.yml': 'ignorePatterns: ["m/2*", "d/"]\n', 'd/meta/_journal.json': '{"entries":[]}', 'd/0000_a.sql': blocking });
    const run = await anzen(directory, []);
    expect(run).toMatchObject({ status: 0 });
    expect(run.out).not.toContain('d/0000_a.sql');
    expect(await unix(directory, ['m'])).toMatchObject({ status: 0, found: [] });
    expect(await unix(directory, ['m/2_b.up.sql'])).toMatchObject({ status: 2, err: 'anzen: "m/2_b.up.sql": it is ignored.\n' });
  });

  it('keeps Rails and SQL apart when both are named', async () => {
    const ruby = 'class A < ActiveRecord::Migration[7.1]\n  def change\n    add_index :users, :email\n  end\nend\n';
    const directory = directoryOf({ ...postgres, 'db/migrate/20240101000000_a.rb': ruby, 'db/migrate/20240101000000_a.sql': blocking, 'warehouse/migrations/V1__a.sql': blocking });
    expect((await unix(directory, ['.'])).found).toEqual(['db/migrate/20240101000000_a.rb:3:5 [blocking-index]', 'warehouse/migrations/V1__a.sql:1:1 [blocking-index]']);
    expect((await unix(directory, ['db'])).found).toEqual(['db/migrate/20240101000000_a.rb:3:5 [blocking-index]']);
    expect((await unix(directory, ['db/migrate/20240101000000_a.sql'])).found).toEqual(['db/migrate/20240101000000_a.sql:1:1 [blocking-index]']);
  });

  it('looks up to the top of the repository from a directory below it', async () => {
    const directory = repository({ 'Cargo.toml': '[workspace.dependencies]\nsqlx = { version = "0.8", features = ["mysql"] }\n', 'api/migrations/1_a.sql': 'SELECT 1;\n' });
    expect(shown(await openIn(join(directory, 'api'), { all: true }))).toEqual(['sqlx migrations: 1 migrations/1_a.sql']);
  });
});

describe('standard input under the name of a file of SQL', () => {
  it('replaces a file that is there', async () => {
    expect(await unix(directoryOf(pairs), ['--stdin', '--stdin-filename', 'm/2_b.up.sql'], `\n${blocking}`)).toEqual({ status: 1, found: ['m/2_b.up.sql:2:1 [blocking-index]'], err: '' });
  });

  it('stands for a file that is not there yet, in a directory that is not there yet, as its tool runs it', async () => {
    const directory = directoryOf({ ...pairs, 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n' });
    expect((await unix(directory, ['--stdin', '--stdin-filename', 'm/3_c.up.sql'], blocking)).found).toEqual(['m/3_c.up.sql:1:1 [blocking-index]']);
    const stdin = { file: join(directory, 'prisma/migrations/20240101000000_a/migration.sql'), text: blocking };
    expect(shown(await openIn(directory, { stdin, paths: [stdin.file] }))).toEqual(['prisma prisma/migrations: 20240101000000 prisma/migrations/20240101000000_a/migration.sql']);
    const goose = { file: join(directory, 'goose/1_a.sql'), text: '-- +goose Up\nSELECT 1;\n' };
    expect(shown(await openIn(directory, { stdin: goose, paths: [goose.file] }))).toEqual(['goose goose: 1 goose/1_a.sql']);
  });

  it('says nothing of a way back', async () => {
    expect(await unix(directoryOf(pairs), ['--stdin', '--stdin-filename', 'm/2_b.down.sql'], drop)).toEqual({ status: 0, found: [], err: '' });
  });
});

describe('what git says of files of SQL', () => {
  it('reports new and edited ones, and counts those left out once', async () => {
    const directory = repository({ ...pairs, 'p/1_a.postgres.up.sql': 'SELECT 1;\n', 'p/1_a.mysql.up.sql': 'SELECT 1;\n', 'p/2_b.up.sql': 'SELECT 1;\n', 'd/meta/_journal.json': '{"entries":[]}', 'd/0001_old.sql': drop });
    git(directory, 'checkout', '-q', '-b', 'topic');
    commit(directory, 'one', { 'm/3_c.up.sql': 'CREATE INDEX j ON users (id);\n', 'm/3_c.down.sql': drop, 'm/2_b.up.sql': `-- Later.\n${blocking}CREATE INDEX k ON users (name);\n` });
    write(directory, { 'p/3_c.up.sql': 'SELECT 1;\n', 'd/0002_new.sql': drop });
    const project = await openIn(directory);
    expect(project.sets.flatMap(({ files }) => files.filter(({ reported }) => reported).map(({ path, status }) => `${path} ${status}`))).toEqual(['m/2_b.up.sql edited', 'm/3_c.up.sql new', 'p/3_c.up.sql new']);
    expect(project.leftOut).toBe(4);
    expect(project.notes).toEqual(['"d/0002_new.sql" is a file that "meta/_journal.json" does not list: Drizzle never runs it; it is not linted.']);
    const { status, found } = await unix(directory, []);
    expect({ status, found: found.filter((line) => line.startsWith('m/')) }).toEqual({ status: 1, found: ['m/2_b.up.sql:3:1 [blocking-index]', 'm/2_b.up.sql:3:1 [edited-migration]', 'm/3_c.up.sql:1:1 [blocking-index]'] });
  });

  it('says nothing of an unknown server that nothing is new for', async () => {
    const directory = repository({ 'db/oracle/V1__a.sql': drop });
    expect(await openIn(directory)).toMatchObject({ sets: [], notes: [] });
  });
});

describe('the configuration of SQL', () => {
  const found = async (files: Readonly<Record<string, string>>, config: string) => (await unix(directoryOf({ ...postgres, ...files, '.anzen.yml': config }), [])).found;
  const two = 'ALTER TABLE users ADD COLUMN note text;\nCREATE INDEX CONCURRENTLY i ON users (note);\n';

  it('names directories whose files of SQL are linted though no tool is known', async () => {
    const files = { 'ops/sql/1_a.sql': blocking, 'ops/sql/deeper/2_b.sql': blocking, 'ops/sql/1_a_undo.sql': drop };
    expect(await found(files, 'paths: [ops/sql]\n')).toEqual(['ops/sql/1_a.sql:1:1 [blocking-index]', 'ops/sql/deeper/2_b.sql:1:1 [blocking-index]']);
    expect(await found(files, 'engine: postgres\n')).toEqual([]);
  });

  it('names the tool and the transaction of files that no tool is known for', async () => {
    const goose = { 'migrations/1_a.sql': `-- +goose down\n${drop}-- +goose up\n${blocking}` };
    expect(await found(goose, 'sql: { tool: goose }\n')).toEqual(['migrations/1_a.sql:4:1 [blocking-index]']);
    expect(await found({ 'migrations/1_a.sql': two }, 'sql: { transaction: wrapped }\n')).toContain('migrations/1_a.sql:2:1 [concurrent-in-transaction]');
    expect(await found({ 'migrations/1_a.sql': two }, 'sql: { transaction: statements }\n')).not.toContain('migrations/1_a.sql:2:1 [concurrent-in-transaction]');
    expect(await found({ 'm/1_a.up.sql': two, 'go.mod': 'require github.com/uptrace/bun v1\n' }, 'sql: { tool: golang-migrate }\n')).toContain('m/1_a.up.sql:2:1 [concurrent-in-transaction]');
  });

  it('says when a setting cannot matter', async () => {
    const out = (await anzen(directoryOf({ ...postgres, 'm/1_a.sql': `-- +goose Up\n${blocking}`, '.anzen.yml': 'sql: { transaction: wrapped }\n' }), [])).out;
    expect(out).toContain('"m": "sql: { transaction: wrapped }" has no effect here, because the files of goose and its settings say it themselves.');
  });

  it.each([
    ['sql: { tool: gosse }', '.anzen.yml:1:8: "sql.tool" has a wrong value. Expected one of flyway, golang-migrate, goose,'],
    ['sql: { transaction: none }', '.anzen.yml:1:8: "sql.transaction" has a wrong value. Expected "wrapped", "statements" or "whole".'],
    ['sql: { tol: goose }', '.anzen.yml:1:8: "tol" is not a setting. Did you mean "tool"?'],
    ['sql: goose', '.anzen.yml:1:1: "sql" has a wrong value. Expected "tool" or "transaction".'],
    ['startAfter: V12', '.anzen.yml:1:1: "startAfter" has a wrong value. Expected a migration version'],
  ])('refuses %s', async (config, message) => {
    const run = await anzen(directoryOf({ '.anzen.yml': `${config}\n` }), []);
    expect(run.status).toBe(2);
    expect(run.err).toContain(message);
  });
});

describe('startAfter', () => {
  const versions = async (startAfter: string, files: Readonly<Record<string, string>>) => {
    const directory = directoryOf({ ...postgres, ...files, '.anzen.yml': `startAfter: ${startAfter}\n` });
    return (await unix(directory, [])).found.map((line) => line.replace(/:.*/, ''));
  };
  const journal = '{"entries":[{"idx":0,"tag":"0009_a"},{"idx":1,"tag":"0010_b"},{"idx":2,"tag":"0011_c"}]}';
  it.each([
    ['"1.9"', ['V1_9__a.sql', 'V1.9.1__b.sql', 'V1_10__c.sql', 'V2__d.sql'], ['V1.9.1__b.sql', 'V1_10__c.sql', 'V2__d.sql']],
    ['10', ['9_a.up.sql', '000010_b.up.sql', '11_c.up.sql'], ['11_c.up.sql']],
    ['20240101120000', ['2023-12-31-000000_a/up.sql', '2024-01-01-120000_b/up.sql', '2024-01-01-120001_c/up.sql'], ['2024-01-01-120001_c/up.sql']],
    ['1690000000001', ['1690000000001_a/up.sql', '1690000000002_b/up.sql'], ['1690000000002_b/up.sql']],
    ['20240101000000', ['0001_a.sql', '0002_b.sql'], ['0001_a.sql', '0002_b.sql']],
    ['20240101000000', ['0001_a.sql', '20240101000000_b.sql', '20240102000000_c.sql'], ['20240102000000_c.sql']],
  ])('%s', async (startAfter, files, left) => {
    const index = (at: number) => `CREATE INDEX i${at} ON t${at} (a);\n`;
    expect(await versions(startAfter, Object.fromEntries(files.map((file, at) => [`migrations/${file}`, index(at)])))).toEqual(left.map((file) => `migrations/${file}`));
  });
  it('counts by the version of Drizzle\'s files', async () => {
    expect(await versions('10', { 'd/meta/_journal.json': journal, 'd/0009_a.sql': blocking, 'd/0010_b.sql': blocking, 'd/0011_c.sql': blocking })).toEqual(['d/0011_c.sql']);
  });
});

describe('a hostile repository', () => {
  it('is not followed out of its top, and does not block', { timeout: 20_000 }, async () => {
    const outside = directoryOf({ 'secret.sql': '-- +goose Up\nDROP TABLE secrets;\n', 'deploy/a.sql': drop, '1_a.sql': '-- +goose Up\nDROP TABLE secrets;\n' });
    const directory = repository({ 'm/2_b.sql': '-- +goose Up\nSELECT 1;\n' });
    symlinkSync(join(outside, 'secret.sql'), join(directory, 'm/1_a.sql'));
    symlinkSync(outside, join(directory, 'migrations'));
    symlinkSync('/dev/zero', join(directory, 'm/3_c.sql'));
    symlinkSync(join(directory, 'm'), join(directory, 'm/loop'));
    execFileSync('mkfifo', [join(directory, 'm/4_d.sql')]);
    symlinkSync(join(directory, 'm/4_d.sql'), join(directory, 'm/5_e.sql'));
    mkdirSync(join(directory, 's'));
    symlinkSync(outside, join(directory, 's/out'));
    write(directory, { 's/sqitch.conf': '[core]\n\ttop_dir = out\n', 's/sqitch.plan': 'a 2024-01-01T00:00:00Z A <a@b.c>\n', 't/sqitch.conf': '[core]\n\ttop_dir = ../../../..\n\tplan_file = ../../../../etc/passwd\n' });
    const project = await openIn(directory, { all: true });
    expect(shown(project)).toEqual(['goose m: 2 m/2_b.sql']);
    const run = await anzen(directory, ['-f', 'unix', 'm/1_a.sql', 'm/3_c.sql', 'm/4_d.sql', 'm/5_e.sql', 'migrations/1_a.sql']);
    expect(run.out).not.toContain('secrets');
    expect(run.out.split('\n').filter((line) => line.includes('[unreadable-file]')).map((line) => line.replace(/:1:1: error: (.*) \[.*/, ' $1')).sort()).toEqual([
      'm/4_d.sql It is not a regular file.', 'migrations/1_a.sql The file is a symbolic link to a place outside the project; it is not read.',
    ]);
  });

  it.each([
    ['no JSON', '{'], ['a number', '1'], ['null', 'null'], ['no list', '{"entries":{"0":{"tag":"0000_a"}}}'], ['odd entries', '{"entries":[null,1,{"tag":["x"]},{"idx":"x","tag":"../../etc/passwd"},{"tag":"0000_a"}]}'], ['a prototype', '{"__proto__":{"entries":[]},"dialect":"constructor"}'],
  ])('may break a journal: %s', async (_, text) => {
    const project = await projectOf({ 'd/meta/_journal.json': text, 'd/0000_a.sql': 'SELECT 1;\n' });
    expect([[], ['drizzle d: 0000 d/0000_a.sql']]).toContainEqual(shown(project));
  });

  it('may break settings', async () => {
    const broken = '\u0000{[=\nprovider = \nmixed: {{\n';
    const project = await projectOf({ 'flyway.toml': broken, 'Cargo.toml': broken, 'go.mod': broken, 'package.json': broken, 'diesel.toml': broken, 'p/migration_lock.toml': broken, 'p/20240101000000_a/migration.sql': 'SELECT 1;\n', 'd/2024_a/up.sql': 'SELECT 1;\n', 'd/2024_a/metadata.toml': broken, 'f/V1__a.sql': 'SELECT 1;\n', 'f/V1__a.sql.conf': broken, 's/sqitch.plan': broken, 'm/atlas.sum': broken });
    expect(shown(project)).toEqual(['diesel d: 2024 d/2024_a/up.sql', 'flyway f: 1 f/V1__a.sql', 'atlas m: ', 'prisma p: 20240101000000 p/20240101000000_a/migration.sql'].filter((set) => set !== 'atlas m: '));
    expect(await notesOf(project)).toHaveLength(3);
  });
});
