import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type { World } from '../../src/cli/run.ts';
import { runFromCommands } from '../../src/application/ridgepole-run.ts';
import { releaseOf } from '../../src/parsers/ridgepole/release.ts';
import { commit, git, repository, temporaryDirectory, write } from '../repository.ts';

async function anzen(cwd: string, ...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let out = '';
  let error = '';
  const world: World = { cwd, env: {}, version: '0.0.0', outIsTerminal: false, errorIsTerminal: false, out: (text) => void (out += text), error: (text) => void (error += text), readStdin: async () => new Uint8Array(), writeFile: () => undefined };
  return { code: await run(args, world), out, error };
}

const users = 'create_table "users", force: :cascade do |t|\n  t.string "email", null: false\n  t.string "nickname"\n  t.index ["email"], name: "index_users_on_email"\nend\n';
const events = 'create_table "events", force: :cascade do |t|\n  t.bigint "user_id"\n  t.string "action"\n  t.index ["user_id"], name: "index_events_on_user_id"\nend\n\nadd_foreign_key "events", "users"\n';
const script = '#!/bin/sh\nbundle exec ridgepole -c config/database.yml --apply --drop-table -f db/Schemafile\n';

/** A repository with a Schemafile on `main`, and another one on the branch. */
function changed(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>, removed: readonly string[] = []): string {
  const directory = repository(before);
  git(directory, 'checkout', '-q', '-b', 'topic');
  for (const path of removed) git(directory, 'rm', '-q', path);
  commit(directory, 'change', after);
  return directory;
}

describe('schema-diff', () => {
  it('prints the calls in the order that Ridgepole runs them', async () => {
    const directory = changed(
      { 'db/Schemafile': `${users}\n${events}`, 'bin/migrate': script },
      { 'db/Schemafile': `${users.replace('  t.string "nickname"\n', '  t.text "nickname"\n  t.string "locale", null: false, default: "en"\n')}\ncreate_table "teams", force: :cascade do |t|\n  t.references :user, foreign_key: true\nend\n` },
    );
    const { out, code } = await anzen(directory, 'schema-diff', 'main');
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.replace(/^( *\w[\w.]*\("[^"]*"(?:, "[^"]*")?).*/, '$1'))).toEqual([
      'remove_foreign_key("events", "users"', 'create_table("teams"', '  t.column("user_id"', 'end', 'add_index("teams"', 'add_column("users", "locale"', 'change_column("users", "nickname"', 'drop_table("events"', 'add_foreign_key("teams", "users"', '',
    ]);
  });

  it('compares two commits, whatever lies here', async () => {
    const directory = changed({ 'Schemafile': users }, { 'Schemafile': users.replace('"nickname"', '"handle", renamed_from: "nickname"') });
    git(directory, 'checkout', '-q', 'main');
    expect((await anzen(directory, 'schema-diff', 'main', 'topic')).out).toBe('rename_column("users", "nickname", "handle")\n');
    expect((await anzen(directory, 'schema-diff', 'main')).out).toBe('# No change\n');
    expect(JSON.parse((await anzen(directory, 'schema-diff', 'main', 'topic', '-f', 'json')).out)).toMatchObject([{ path: 'Schemafile', operations: [{ kind: 'rename-column', at: 'Schemafile:3:3' }] }]);
    expect((await anzen(directory, 'schema-diff', 'nowhere')).error).toContain('"nowhere" is not a commit');
  });
});

describe('a changed Schemafile', () => {
  it('is silent about a split into files, options from a method, other quotes and another order', async () => {
    const directory = changed({ 'db/Schemafile': `${users}\n${events}` }, {
      'db/Schemafile': 'def options\n  { force: :cascade }\nend\n\nDir.glob(File.join(__dir__, "tables", "*.rb")).sort.each { |file| require file }\nrequire_relative "keys"\n',
      'db/tables/events.rb': 'create_table :events, options do |t|\n  t.string :action\n  t.references :user\nend\n',
      'db/tables/users.rb': "create_table 'users', **options do |t|\n  t.string 'nickname'\n  t.string 'email', null: false\n  t.index :email\nend\n",
      'db/keys.rb': 'add_foreign_key :events, :users\n',
    });
    const { out, code } = await anzen(directory, '--base', 'main', '-f', 'unix');
    expect(out).toBe('');
    expect(code).toBe(0);
  });

  it('points at the file that is concerned, whichever is required', async () => {
    const directory = changed({ 'db/Schemafile': 'require "tables/users"\nrequire "tables/events"\n', 'db/tables/users.rb': users, 'db/tables/events.rb': events.split('\n\n')[0] ?? '' }, { 'db/tables/events.rb': events.split('\n\n')[0]?.replace('  t.string "action"\n', '') ?? '' });
    expect((await anzen(directory, '--base', 'main', '-f', 'unix')).out).toMatch(/^db\/tables\/events\.rb:1:1: .*\[schemafile-drop-column\]$/m);
  });

  it('is allowed what a person allows, in this run only', async () => {
    const directory = changed({ 'db/Schemafile': `${events.split('\n\n')[0]}\n\n${users}`, 'bin/migrate': script }, { 'db/Schemafile': users });
    expect((await anzen(directory, '--base', 'main', '-f', 'unix')).out).toContain('[schemafile-drop-table]');
    const allowed = await anzen(directory, '--base', 'main', '-f', 'unix', '--allow', 'drop-table:events');
    expect(allowed).toMatchObject({ code: 0, out: '' });
    expect((await anzen(directory, '--base', 'main', '--allow', 'drop-table:events', '--show-assured')).out).toContain('--allow drop-table:events');
    expect((await anzen(directory, '--allow', 'drop-tabel:events')).error).toContain('Did you mean "drop-table"?');
    expect((await anzen(directory, '--allow', 'events')).error).toContain('is not of the form "KIND:OBJECT"');
  });

  it('binds a comment of one file to that file alone', async () => {
    const two = { 'Schemafile': 'require "users"\nrequire "events"\n', 'users.rb': users, 'events.rb': events };
    const directory = changed(two, {
      'users.rb': `# anzen-disable schemafile-drop-column -- nobody reads it\n${users.replace('  t.string "nickname"\n', '')}`,
      'events.rb': events.replace('  t.string "action"\n', ''),
    });
    const { out } = await anzen(directory, '--base', 'main', '-f', 'unix');
    expect(out).not.toContain('users.rb');
    expect(out).toMatch(/^events\.rb:1:1: .*\[schemafile-drop-column\]$/m);
  });

  it('says what it cannot judge without a base', async () => {
    const directory = temporaryDirectory();
    write(directory, { 'Schemafile': users });
    expect((await anzen(directory)).out).toContain('cannot be told without a base');
  });

  it('reads parts that a condition decides as not judged', async () => {
    const directory = changed({ 'Schemafile': users }, { 'Schemafile': users.replace('  t.string "nickname"\n', '  t.string "nickname" if ENV["NICKNAMES"]\n') });
    expect((await anzen(directory, '--base', 'main', '-f', 'unix')).out).toContain('[not-judged]');
  });
});

describe('how Ridgepole is run', () => {
  it.each([
    ['ridgepole -c config.yml --apply', { dropTable: null, merge: false }],
    ['ridgepole -c config.yml --apply --drop-table --allow-pk-change', { dropTable: true, allowPrimaryKeyChange: true }],
    ['ridgepole -c config.yml -a --skip-drop-table', { dropTable: false }],
    ['ridgepole -c config.yml --merge -f Schemafile --bulk-change', { merge: true, bulkChange: true }],
    ['%w[ridgepole --apply --drop-table -t users,events]', { dropTable: true, tables: ['users', 'events'] }],
    ['ridgepole -a --alter-extra "ALGORITHM=INPLACE,LOCK=NONE" --pre-query "SET lock_timeout = 5000"', { alterExtra: 'ALGORITHM=INPLACE,LOCK=NONE', preQuery: 'SET lock_timeout = 5000' }],
  ])('%s', (text, wanted) => {
    expect(runFromCommands([{ path: 'bin/migrate', text }])).toMatchObject({ ...wanted, from: 'bin/migrate' });
  });
});

it('knows what releases of Ridgepole do', () => {
  expect(releaseOf([0, 7, 0])).toMatchObject({ railsReferences: false, foreignKeysFirst: true, keepsTables: false });
  expect(releaseOf([1, 0, 0])).toMatchObject({ railsReferences: true, keepsTables: true, conventionalColumn: false });
  expect(releaseOf(null)).toMatchObject({ constraintsFirst: true, validates: true });
});
