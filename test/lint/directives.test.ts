import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { lint } from '../../src/lint.ts';
import { openProject } from '../../src/project/project.ts';
import { temporaryDirectory, write } from '../repository.ts';

const lintBody = async (body: string, options: { inlineConfig?: boolean; unused?: 'error' | 'warn' | 'off'; head?: string } = {}) => {
  const directory = temporaryDirectory();
  write(directory, { 'db/migrate/20260101000000_change_users.rb': `${options.head ?? ''}class ChangeUsers < ActiveRecord::Migration[7.1]\n  def change\n${body}\n  end\nend\n` });
  const project = await openProject({ cwd: directory, workspace: directory, paths: [], all: true, base: null, directories: [], ignorePatterns: [], stdin: null });
  const result = await lint(project, { config: { ...defaultConfig, engine: { name: 'postgres', version: [15], from: 'test' } }, directives: { inlineConfig: options.inlineConfig ?? true, unused: options.unused ?? 'warn', suggest: (id) => (id === 'bloking-index' ? 'blocking-index' : null) } });
  const all = result.files.flatMap((file) => file.diagnostics);
  return { found: all.map((diagnostic) => `${diagnostic.ruleId} ${diagnostic.severity}`), suppressed: result.counts.suppressed, messages: all.map((diagnostic) => diagnostic.message) };
};

describe('directives', () => {
  it('silence the whole statement that follows, with a reason', async () => {
    const { found, suppressed } = await lintBody('    # anzen-disable-next-line blocking-index -- the table is empty\n    # (really)\n    add_index :users,\n              :email');
    expect(found).toEqual([]);
    expect(suppressed).toBe(1);
  });

  it('work at the end of the statement, and for the file', async () => {
    expect((await lintBody('    add_index :users, :email # anzen-disable-line blocking-index -- tiny')).found).toEqual([]);
    expect((await lintBody('    add_index :users, :email\n    add_index :users, :name', { head: '# anzen-disable blocking-index -- tiny\n' })).found).not.toContain('blocking-index error');
  });

  it('silence only what they name, and only the next statement', async () => {
    const { found } = await lintBody('    # anzen-disable-next-line blocking-index -- tiny\n    add_index :users, :email\n    add_index :users, :name');
    expect(found).toEqual(['blocking-index error']);
  });

  it('have no effect without a reason', async () => {
    const { found, messages } = await lintBody('    # anzen-disable-next-line blocking-index\n    add_index :users, :email');
    expect(found.sort()).toEqual(['blocking-index error', 'directive error']);
    expect(messages.join()).toContain('no reason');
  });

  it('are reported when unused or unknown', async () => {
    expect((await lintBody('    # anzen-disable-next-line drop-table -- why\n    add_column :users, :a, :text')).found).toEqual(['directive warn']);
    expect((await lintBody('    # anzen-disable-next-line drop-table -- why\n    add_column :users, :a, :text', { unused: 'error' })).found).toEqual(['directive error']);
    expect((await lintBody('    # anzen-disable-next-line bloking-index -- why\n    add_index :users, :email')).found.sort()).toEqual(['blocking-index error', 'directive warn']);
  });

  it('can be switched off', async () => {
    expect((await lintBody('    # anzen-disable-next-line blocking-index -- tiny\n    add_index :users, :email', { inlineConfig: false })).found).toEqual(['blocking-index error']);
  });
});
