import { chmodSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProjectOptions } from '../../src/project/project.ts';
import { UnknownBase, openProject } from '../../src/project/project.ts';
import { columnMigration, commit, git, repository, schemaFile, temporaryDirectory, write } from '../repository.ts';

const old = 'db/migrate/20250101000000_add_note.rb';
const open = (cwd: string, change: Partial<ProjectOptions> = {}) => openProject({ cwd, workspace: cwd, paths: [], all: false, base: null, directories: [], ignorePatterns: [], stdin: null, ...change });
const reported = async (cwd: string, change: Partial<ProjectOptions> = {}) => (await open(cwd, change)).sets.flatMap((set) => set.files.filter((file) => file.reported).map((file) => `${file.path} ${file.status}`));
const start = () => repository({ [old]: columnMigration('AddNote'), 'db/schema.rb': schemaFile });

describe('openProject in git', () => {
  it('reports committed, staged, unstaged and untracked migrations of a branch, and says how many it left out', async () => {
    const directory = start();
    git(directory, 'checkout', '-q', '-b', 'topic');
    commit(directory, 'one', { 'db/migrate/20260101000000_a.rb': columnMigration('A') });
    write(directory, { 'db/migrate/20260102000000_b.rb': columnMigration('B'), 'db/migrate/20260103000000_名前 x.rb': columnMigration('C') });
    git(directory, 'add', 'db/migrate/20260102000000_b.rb');
    expect(await reported(directory)).toEqual(['db/migrate/20260101000000_a.rb new', 'db/migrate/20260102000000_b.rb new', 'db/migrate/20260103000000_名前 x.rb new']);
    const project = await open(directory);
    expect(project.leftOut).toBe(1);
    expect(project.base?.name).toBe('main');
    expect(project.sets[0]?.dump).toMatchObject({ at: 'base', path: 'db/schema.rb' });
  });

  it('takes the dump of the base, not the one that the branch changed', async () => {
    const directory = start();
    git(directory, 'checkout', '-q', '-b', 'topic');
    commit(directory, 'one', { 'db/migrate/20260101000000_a.rb': columnMigration('A'), 'db/schema.rb': schemaFile.replace('email', 'changed') });
    expect((await open(directory)).sets[0]?.dump?.source.text).toBe(schemaFile);
  });

  it('tells an edited migration, and not one that only has other line ends', async () => {
    const directory = start();
    git(directory, 'checkout', '-q', '-b', 'topic');
    write(directory, { [old]: columnMigration('AddNote').replaceAll('\n', '\r\n') });
    expect(await reported(directory)).toEqual([]);
    write(directory, { [old]: columnMigration('AddNote', 'other') });
    expect(await reported(directory)).toEqual([`${old} edited`]);
  });

  it('works on a detached head, in a worktree and in a subdirectory', async () => {
    const directory = repository({ 'shop/db/migrate/20250101000000_add_note.rb': columnMigration('AddNote') });
    git(directory, 'checkout', '-q', '--detach');
    commit(directory, 'one', { 'shop/db/migrate/20260101000000_a.rb': columnMigration('A') });
    expect(await reported(join(directory, 'shop'))).toEqual(['db/migrate/20260101000000_a.rb new']);
    const worktree = join(temporaryDirectory(), 'tree');
    git(directory, 'worktree', 'add', '-q', worktree, 'HEAD');
    expect(await reported(worktree)).toEqual(['shop/db/migrate/20260101000000_a.rb new']);
  });

  it('works on a shallow clone of a merge commit, given its parent', async () => {
    const directory = start();
    git(directory, 'checkout', '-q', '-b', 'topic');
    commit(directory, 'one', { 'db/migrate/20260101000000_a.rb': columnMigration('A') });
    const clone = join(temporaryDirectory(), 'clone');
    git(directory, 'clone', '-q', '--depth', '1', '--branch', 'topic', `file://${directory}`, clone);
    git(clone, 'fetch', '-q', '--depth', '1', 'origin', 'main');
    expect(await reported(clone, { base: 'FETCH_HEAD' })).toEqual(['db/migrate/20260101000000_a.rb new']);
  });

  it('refuses a base that does not exist', async () => {
    const directory = start();
    await expect(open(directory, { base: 'nowhere' })).rejects.toThrow(UnknownBase);
    await expect(open(directory, { base: '--upload-pack=touch x' })).rejects.toThrow(UnknownBase);
  });

  it('runs nothing that the repository configures', async () => {
    const directory = start();
    const trap = join(directory, 'trap.sh');
    const sprung = join(directory, 'sprung');
    write(directory, { 'trap.sh': `#!/bin/sh\ntouch ${sprung}\ncat\n`, '.gitattributes': '*.rb filter=evil diff=evil\n', '.git/hooks/post-checkout': `#!/bin/sh\ntouch ${sprung}\n` });
    chmodSync(trap, 0o755);
    chmodSync(join(directory, '.git/hooks/post-checkout'), 0o755);
    for (const key of ['filter.evil.clean', 'filter.evil.smudge', 'diff.evil.textconv', 'diff.external', 'core.fsmonitor', 'core.pager', 'core.sshCommand']) git(directory, 'config', key, trap);
    write(directory, { [old]: columnMigration('AddNote', 'other'), 'db/migrate/20260101000000_a.rb': columnMigration('A') });
    expect(await reported(directory)).toHaveLength(2);
    expect(existsSync(sprung)).toBe(false);
  });
});

describe('openProject elsewhere', () => {
  it('lints everything without git and says so', async () => {
    const directory = temporaryDirectory();
    write(directory, { [old]: columnMigration('AddNote') });
    const project = await open(directory);
    expect(project.sets[0]?.files.map((file) => [file.reported, file.status])).toEqual([[true, 'unknown']]);
    expect(project.notes.join()).toMatch(/Not a git repository/);
  });

  it('keeps several databases, plugins and post-deployment folders apart or together as Rails does', async () => {
    const directory = temporaryDirectory();
    write(directory, {
      'db/migrate/1_a.rb': columnMigration('A'), 'db/post_migrate/2_b.rb': columnMigration('B'), 'db/animals_migrate/3_c.rb': columnMigration('C'), 'plugins/x/db/migrate/4_d.rb': columnMigration('D'),
      'node_modules/y/db/migrate/5_e.rb': columnMigration('E'),
    });
    const project = await open(directory);
    expect(project.sets.map((set) => `${set.root}: ${set.files.map((file) => file.version).join(' ')}`).sort()).toEqual(['db: 1 2', 'db: 3', 'plugins/x/db: 4']);
  });

  it('puts the folders that database.yml names to their databases', async () => {
    const directory = temporaryDirectory();
    write(directory, {
      'config/database.yml': 'production:\n  primary:\n    adapter: postgresql\n    migrations_paths: [db/migrate, db/later]\n  events:\n    adapter: mysql2\n    migrations_paths: db/events/changes\n  outside:\n    adapter: mysql2\n    migrations_paths: ../elsewhere\n',
      'db/migrate/1_a.rb': columnMigration('A'), 'db/later/2_b.rb': columnMigration('B'), 'db/events/changes/3_c.rb': columnMigration('C'), 'db/events_schema.rb': schemaFile, 'db/schema.rb': schemaFile,
    });
    const project = await open(directory);
    expect(project.sets.map((set) => `${set.database ?? '-'} ${set.root} ${set.dump?.path ?? '-'}: ${set.files.map((file) => file.version).join(' ')}`).sort()).toEqual(['- db db/schema.rb: 1 2', 'events db db/events_schema.rb: 3']);
    expect((await open(directory, { paths: ['db/events/changes/3_c.rb'] })).sets.map((set) => `${set.database ?? '-'} ${set.dump?.path ?? '-'}`)).toEqual(['events db/events_schema.rb']);
    expect((await open(directory, { paths: ['db/later'] })).sets.map((set) => `${set.database ?? '-'} ${set.files.map((file) => `${file.version ?? ''} ${file.reported}`).join()}`)).toEqual(['- 1 false,2 true']);
  });

  it('takes the dump that the application writes', async () => {
    const directory = temporaryDirectory();
    write(directory, { 'db/migrate/1_a.rb': columnMigration('A'), 'db/schema.rb': schemaFile, 'db/structure.sql': 'CREATE TABLE users (id bigint);\n', 'config/application.rb': '# config.active_record.schema_format = :sql\n' });
    expect((await open(directory)).sets[0]?.dump?.path).toBe('db/schema.rb');
    write(directory, { 'config/application.rb': 'module Shop\n  class Application < Rails::Application\n    config.active_record.schema_format = :sql\n  end\nend\n' });
    expect((await open(directory)).sets[0]?.dump?.path).toBe('db/structure.sql');
  });

  it('reports named files, with their older neighbours for the schema', async () => {
    const directory = temporaryDirectory();
    write(directory, { 'db/migrate/1_a.rb': columnMigration('A'), 'db/migrate/2_b.rb': columnMigration('B') });
    expect(await reported(directory, { paths: ['db/migrate/2_b.rb'] })).toEqual(['db/migrate/2_b.rb unknown']);
    expect((await open(directory, { paths: ['db/migrate/2_b.rb'] })).sets[0]?.files).toHaveLength(2);
    expect(await reported(directory, { paths: ['.'], ignorePatterns: ['db/migrate/1_*'] })).toEqual(['db/migrate/2_b.rb unknown']);
  });

  it('says why a named path holds nothing', async () => {
    const directory = temporaryDirectory();
    write(directory, { 'readme.md': '', 'empty/x': '' });
    const { unmatched } = await open(directory, { paths: ['nowhere', 'readme.md', 'empty'] });
    expect(unmatched.map(({ reason }) => reason)).toEqual(['no such file or directory', 'not a migration (".rb" or ".sql")', 'no migrations in it']);
  });

  it('does not follow a link out of the project', async () => {
    const directory = temporaryDirectory();
    const outside = temporaryDirectory();
    write(outside, { 'secret.rb': 'SECRET = 1\n' });
    write(directory, { 'db/migrate/1_a.rb': columnMigration('A') });
    symlinkSync(join(outside, 'secret.rb'), join(directory, 'db/migrate/2_b.rb'));
    const file = (await open(directory)).sets[0]?.files.find((candidate) => candidate.version === '2');
    expect(file?.read()).toEqual({ problem: expect.stringContaining('outside the project') });
  });
});
