import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';

const directory = mkdtempSync(join(tmpdir(), 'anzen-mild-'));
afterAll(() => { rmSync(directory, { recursive: true, force: true }); });

/** The severities (ESLint's numbers) of the findings of one rule on the lines of a migration. */
async function severities(rule: string, lines: readonly string[]): Promise<number[]> {
  mkdirSync(join(directory, 'db/migrate'), { recursive: true });
  writeFileSync(join(directory, 'db/migrate/20260101000000_change_orders.rb'), `class ChangeOrders < ActiveRecord::Migration[7.0]\n  def up\n${lines.map((line) => `    ${line}\n`).join('')}  end\n\n  def down; end\nend\n`);
  let out = '';
  await run(['--all', '--engine', 'postgres', '--format', 'json'], {
    cwd: directory, env: {}, version: '0', outIsTerminal: false, errorIsTerminal: false,
    out: (text) => { out += text; }, error: () => undefined, readStdin: () => Promise.resolve(new Uint8Array()), writeFile: () => undefined,
  });
  const files = JSON.parse(out) as { messages: { ruleId: string; severity: number }[] }[];
  return files.flatMap(({ messages }) => messages.filter((message) => message.ruleId === rule).map((message) => message.severity));
}

describe('an option without effect', () => {
  it.each([
    ['asks for what holds anyway', 'add_column :orders, :note, :text, nullable: true', 1],
    ['asks for NOT NULL', 'add_column :orders, :note, :text, nullable: false', 2],
    ['asks for a length', 'add_column :orders, :note, :text, length: 250', 1],
    ['asks for an index', 'add_column :orders, :note, :text, index: true', 2],
    ['is a slip', 'add_column :orders, :note, :text, nul: false', 2],
    ['means nothing that is known', 'add_column :orders, :note, :text, description: "x"', 1],
  ])('that %s', async (_, line, severity) => expect(await severities('ignored-option', [line])).toEqual([severity]));
});

describe('a model of the application', () => {
  it.each([
    ['whose rows are changed', 'Order.update_all(note: nil)', 2],
    ['that lends its connection', 'database = Order.connection.current_database\n    say database', 1],
    ['that forgets its columns', 'Order.reset_column_information', 1],
  ])('%s', async (_, line, severity) => expect(await severities('app-model-in-migration', [line])).toEqual([severity]));
});
