import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { columnMigration, commit, git, indexMigration, indexedSchemaFile, repository, schemaFile, temporaryDirectory, write } from '../repository.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bundle = join(temporaryDirectory(), 'dist');
const old = 'db/migrate/20250101000000_add_note.rb';

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build.mjs', 'action', bundle], { cwd: root });
});

interface Run { readonly status: number | null; readonly log: string; readonly stderr: string; readonly summary: string; readonly outputs: Record<string, string> }

/** Runs the bundle as the runner does: in the workspace, with inputs, event and files in the environment. */
function runAction(workspace: string, event: string, payload: object, inputs: Readonly<Record<string, string>> = {}): Run {
  const files = temporaryDirectory();
  const [eventPath, summaryPath, outputPath] = ['event.json', 'summary.md', 'output'].map((name) => join(files, name)) as [string, string, string];
  writeFileSync(eventPath, JSON.stringify(payload));
  writeFileSync(summaryPath, '');
  writeFileSync(outputPath, '');
  const defaults = { all: 'false', 'working-directory': '.', 'fail-on': 'error', 'show-assured': 'false', annotations: 'true', summary: 'true' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(bundle, 'index.js')], {
    cwd: workspace, encoding: 'utf8',
    env: {
      PATH: process.env['PATH'], HOME: files, CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: eventPath, GITHUB_STEP_SUMMARY: summaryPath, GITHUB_OUTPUT: outputPath,
      ...Object.fromEntries(Object.entries({ ...defaults, ...inputs }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    },
  });
  const outputs = Object.fromEntries(readFileSync(outputPath, 'utf8').trim().split('\n').map((line) => line.split('=') as [string, string]));
  return { status, log: stdout, stderr, summary: readFileSync(summaryPath, 'utf8'), outputs };
}

/** What actions/checkout leaves for a pull request: a depth-1 clone of the test merge, made from a bare remote. */
function shallowMerge(): { workspace: string; base: string } {
  const work = repository({ [old]: columnMigration('AddNote'), 'db/schema.rb': schemaFile, 'Gemfile.lock': 'GEM\n  specs:\n    activerecord (7.1.0)\n    pg (1.5.0)\n' });
  git(work, 'checkout', '-q', '-b', 'topic');
  commit(work, 'topic', { 'db/migrate/20260101081530_index_users.rb': indexMigration('IndexUsers'), 'db/schema.rb': indexedSchemaFile });
  git(work, 'checkout', '-q', 'main');
  const base = commit(work, 'meanwhile', { 'db/migrate/20250601000000_other.rb': indexMigration('Other') });
  git(work, 'merge', '-q', '--no-ff', '-m', 'merge', 'topic');
  const bare = join(temporaryDirectory(), 'remote.git');
  git(work, 'update-ref', 'refs/pull/7/merge', 'HEAD');
  git(work, 'reset', '-q', '--hard', base);
  git(work, 'clone', '-q', '--bare', work, bare);
  git(bare, 'fetch', '-q', work, 'refs/pull/7/merge:refs/pull/7/merge');
  const workspace = temporaryDirectory();
  git(workspace, 'init', '-q');
  git(workspace, 'remote', 'add', 'origin', `file://${bare}`);
  git(workspace, 'fetch', '-q', '--no-tags', '--depth=1', 'origin', '+refs/pull/7/merge:refs/remotes/pull/7/merge');
  git(workspace, 'checkout', '-q', '--force', 'refs/remotes/pull/7/merge');
  return { workspace, base };
}

describe('the action', () => {
  it('lints what a pull request adds on the default shallow checkout', () => {
    const { workspace, base } = shallowMerge();
    const run = runAction(workspace, 'pull_request', { pull_request: { base: { sha: base, ref: 'main' } }, repository: { default_branch: 'main' } });
    expect(run.stderr).toBe('');
    expect(run.outputs).toMatchObject({ errors: '1', migrations: '1' });
    expect(run.log).toMatch(/^::error file=db\/migrate\/20260101081530_index_users\.rb,line=3,/m);
    expect(run.log).not.toContain('20250601000000_other');
    expect(run.summary).toContain('blocking-index');
    expect(run.status).toBe(1);
  });

  it('stops the runner from reading commands in its log', () => {
    const { workspace, base } = shallowMerge();
    const { log } = runAction(workspace, 'pull_request', { pull_request: { base: { sha: base, ref: 'main' } } });
    const token = /^::stop-commands::(\S+)$/m.exec(log)?.[1];
    expect(token).toBeTruthy();
    expect(log).toContain(`\n::${token}::\n`);
  });

  it('passes when told not to fail', () => {
    const { workspace, base } = shallowMerge();
    expect(runAction(workspace, 'pull_request', { pull_request: { base: { sha: base, ref: 'main' } } }, { 'fail-on': 'never' }).status).toBe(0);
  });

  it('reads a push, a merge queue and a head checkout', () => {
    const work = repository({ [old]: columnMigration('AddNote'), 'db/schema.rb': schemaFile });
    const before = git(work, 'rev-parse', 'HEAD').trim();
    git(work, 'checkout', '-q', '-b', 'topic');
    commit(work, 'topic', { 'db/migrate/20260101081530_index_users.rb': indexMigration('IndexUsers'), 'db/schema.rb': indexedSchemaFile });
    for (const [event, payload] of [
      ['push', { before, repository: { default_branch: 'main' } }],
      ['merge_group', { merge_group: { base_sha: before } }],
      ['pull_request', { pull_request: { base: { sha: before, ref: 'main' } } }],
    ] as const) expect(runAction(work, event, payload).outputs['migrations']).toBe('1');
  });

  it('lints everything and says why when the base cannot be had', () => {
    const work = repository({ [old]: indexMigration('AddNote') });
    const run = runAction(work, 'push', { before: '1'.repeat(40) });
    expect(run.summary).toContain('cannot be fetched');
    expect(run.outputs['migrations']).toBe('1');
  });

  it('says what is wrong with an input or a configuration, with exit code 2', () => {
    const work = repository({ [old]: columnMigration('AddNote') });
    expect(runAction(work, 'push', {}, { 'fail-on': 'always' })).toMatchObject({ status: 2, log: expect.stringMatching(/^::error title=anzen::The input "fail-on" is "always"/) });
    write(work, { '.anzen.yml': 'rulez: {}\n' });
    expect(runAction(work, 'push', {})).toMatchObject({ status: 2, log: expect.stringContaining('Did you mean "rules"?') });
  });
});
