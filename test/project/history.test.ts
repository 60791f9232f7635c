import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MigrationFile } from '../../src/project/migration-file.ts';
import { columnMigration, commit, git, repository, schemaFile, temporaryDirectory, write } from '../repository.ts';
import { openIn } from '../frameworks/open.ts';

const users = 'db/migrate/20250101000000_add_note.rb';
const teams = 'db/migrate/20250201101112_add_teams.rb';
const base = () => repository({ [users]: columnMigration('AddNote'), [teams]: columnMigration('AddTeams', 'team'), 'db/schema.rb': schemaFile });
const short = ({ path, status, was }: MigrationFile) => `${path} ${status}${was ? ` was ${was.path}` : ''}`;
const changed = async (cwd: string, change: Parameters<typeof openIn>[1] = {}) => (await openIn(cwd, change)).sets.flatMap((set) => [...set.files.filter(({ status }) => status !== 'merged').map(short), ...set.deleted.map(({ path }) => `${path} deleted`)]);
const topic = (directory: string) => git(directory, 'checkout', '-q', '-b', 'topic');

describe('what git tells of a set', () => {
  it('tells new, edited, renamed and deleted migrations, committed, staged or not, whatever their names', async () => {
    const directory = base();
    topic(directory);
    renameSync(join(directory, users), join(directory, 'db/migrate/20250101000000_add note to 使用者.rb'));
    rmSync(join(directory, teams));
    write(directory, { 'db/migrate/20250301101112_ü x.rb': columnMigration('X') });
    const expected = ['db/migrate/20250101000000_add note to 使用者.rb renamed was db/migrate/20250101000000_add_note.rb', 'db/migrate/20250301101112_ü x.rb new', 'db/migrate/20250201101112_add_teams.rb deleted'];
    expect(await changed(directory)).toEqual(expected);
    git(directory, 'add', '-A');
    expect(await changed(directory)).toEqual(expected);
    git(directory, 'commit', '-q', '-m', 'all');
    expect(await changed(directory)).toEqual(expected);
  });

  it('pairs a file that was renumbered and edited by its name, and one that was renamed and edited by its version', async () => {
    const directory = base();
    topic(directory);
    rmSync(join(directory, users));
    rmSync(join(directory, teams));
    write(directory, { 'db/migrate/20250401101112_add_note.rb': columnMigration('AddNote', 'memo'), 'db/migrate/20250201101112_add_groups.rb': columnMigration('AddGroups', 'group') });
    expect(await changed(directory)).toEqual([`db/migrate/20250201101112_add_groups.rb edited was ${teams}`, `db/migrate/20250401101112_add_note.rb edited was ${users}`]);
  });

  it('tells a set of which nothing is left, and none of what the user did not name', async () => {
    const directory = base();
    topic(directory);
    rmSync(join(directory, 'db/migrate'), { recursive: true });
    expect(await changed(directory)).toEqual([`${users} deleted`, `${teams} deleted`]);
    mkdirSync(join(directory, 'db/migrate'));
    write(directory, { 'db/migrate/20250301101112_x.rb': columnMigration('X') });
    expect(await changed(directory, { paths: ['db/migrate/20250301101112_x.rb'] })).toEqual(['db/migrate/20250301101112_x.rb new']);
  });

  it('gives the texts of the base in one go, and what the base branch holds by now', async () => {
    const directory = base();
    topic(directory);
    write(directory, { [users]: columnMigration('AddNote', 'memo') });
    commit(directory, 'edit');
    git(directory, 'checkout', '-q', 'main');
    commit(directory, 'later', { 'db/migrate/20250501101112_later.rb': columnMigration('Later') });
    git(directory, 'checkout', '-q', 'topic');
    const [set] = (await openIn(directory, { base: 'main' })).sets;
    expect(set?.onBase.map(({ version }) => version)).toEqual(['20250101000000', '20250201101112', '20250501101112']);
    expect(set?.merged?.has(join(directory, 'db/migrate/20250501101112_later.rb'))).toBe(false);
    const texts = await set?.merged?.read([join(directory, users), join(directory, teams), join(directory, 'nowhere.rb')]);
    expect([...(texts ?? [])].map(([, { path, text }]) => `${path} ${text.includes(':note')}`)).toEqual([`${users} true`, `${teams} false`]);
    expect((await set?.branch?.read([join(directory, 'db/migrate/20250501101112_later.rb')]))?.size).toBe(1);
    expect(set?.merged?.isSame(join(directory, teams))).toBe(true);
    expect(set?.merged?.isSame(join(directory, users))).toBe(false);
  });

  it('keeps deletions of other tools apart from their ways back', async () => {
    const files = { 'migrations/000001_a.up.sql': 'SELECT 1;\n', 'migrations/000001_a.down.sql': 'SELECT 1;\n', 'migrations/000002_b.up.sql': 'SELECT 1;\n', 'migrations/000002_b.down.sql': 'SELECT 1;\n', 'migrations/readme.sql': 'SELECT 1;\n' };
    const directory = repository(files);
    topic(directory);
    rmSync(join(directory, 'migrations/000002_b.up.sql'));
    rmSync(join(directory, 'migrations/000002_b.down.sql'));
    rmSync(join(directory, 'migrations/readme.sql'));
    expect(await changed(directory)).toEqual(['migrations/000002_b.up.sql deleted']);
  });

  it('does not take a migration that moves to another set for a new one', async () => {
    const directory = base();
    topic(directory);
    mkdirSync(join(directory, 'engines/billing/db/migrate'), { recursive: true });
    renameSync(join(directory, teams), join(directory, 'engines/billing', teams));
    expect(await changed(directory)).toEqual([`engines/billing/${teams} renamed was ${teams}`]);
  });
});

describe('where git tells it', () => {
  const added = 'db/migrate/20260101101112_x.rb';
  const withTopic = () => {
    const directory = base();
    topic(directory);
    commit(directory, 'x', { [added]: columnMigration('X') });
    return directory;
  };

  it('in a clone of a bare remote, with the default branch it names', async () => {
    const directory = withTopic();
    git(directory, 'branch', '-m', 'main', 'production');
    const bare = join(temporaryDirectory(), 'bare.git');
    git(directory, 'clone', '-q', '--bare', '.', bare);
    git(bare, 'symbolic-ref', 'HEAD', 'refs/heads/production');
    const clone = join(temporaryDirectory(), 'clone');
    git(directory, 'clone', '-q', bare, clone);
    git(clone, 'checkout', '-q', '-b', 'topic', 'origin/topic');
    const project = await openIn(clone);
    expect(project.base?.name).toBe('origin/production');
    expect(await changed(clone)).toEqual([`${added} new`]);
  });

  it('on a fork that lags behind, against the upstream branch that it was made from', async () => {
    const upstream = base();
    const fork = join(temporaryDirectory(), 'fork');
    git(upstream, 'clone', '-q', '.', fork);
    commit(upstream, 'upstream goes on', { 'db/migrate/20251231101112_y.rb': columnMigration('Y') });
    git(fork, 'checkout', '-q', '-b', 'topic');
    commit(fork, 'x', { [added]: columnMigration('X') });
    git(fork, 'remote', 'add', 'upstream', upstream);
    git(fork, 'fetch', '-q', 'upstream');
    expect(await changed(fork, { base: 'upstream/main' })).toEqual([`${added} new`]);
    expect((await openIn(fork, { base: 'upstream/main' })).sets[0]?.onBase.map(({ version }) => version)).toContain('20251231101112');
  });

  it('on the shallow checkout of a test merge, and of a merge queue', async () => {
    const directory = withTopic();
    git(directory, 'checkout', '-q', 'main');
    commit(directory, 'main goes on', { 'db/migrate/20251231101112_y.rb': columnMigration('Y') });
    git(directory, 'checkout', '-q', '-b', 'merge');
    git(directory, 'merge', '-q', '--no-ff', '-m', 'merge', 'topic');
    const clone = join(temporaryDirectory(), 'shallow');
    git(directory, 'clone', '-q', '--depth', '2', '--branch', 'merge', `file://${directory}`, clone);
    git(clone, 'checkout', '-q', '--detach');
    expect(await changed(clone, { base: 'HEAD^1' })).toEqual([`${added} new`]);
  });

  it('without a remote, in a worktree, and in a submodule of its own', async () => {
    const directory = withTopic();
    const outer = repository({ 'readme.md': '' });
    git(outer, 'submodule', 'add', '-q', directory, 'shop');
    git(join(outer, 'shop'), 'checkout', '-q', '-b', 'more', 'origin/topic');
    expect(await changed(join(outer, 'shop'), { base: 'origin/main' })).toEqual([`${added} new`]);
    const tree = join(temporaryDirectory(), 'tree');
    git(directory, 'worktree', 'add', '-q', tree, '-b', 'second', 'topic');
    rmSync(join(tree, users));
    expect(await changed(tree)).toEqual([`${added} new`, `${users} deleted`]);
  });

  it('of an application below the repository\'s top, and nothing of its neighbours', async () => {
    const directory = repository({ [`shop/${users}`]: columnMigration('AddNote'), [`other/${teams}`]: columnMigration('AddTeams') });
    topic(directory);
    rmSync(join(directory, 'shop', users));
    rmSync(join(directory, 'other', teams));
    expect(await changed(join(directory, 'shop'))).toEqual([`${users} deleted`]);
    expect((await changed(directory)).sort()).toEqual([`other/${teams} deleted`, `shop/${users} deleted`]);
  });
});
