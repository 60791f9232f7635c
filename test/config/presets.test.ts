import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/load.ts';
import { toolPresets } from '../../src/config/presets/preset-setting.ts';
import { rules } from '../../src/rules/index.ts';
import { temporaryDirectory, write } from '../repository.ts';
import { tryFixture } from '../want.ts';

const schemas = fileURLToPath(new URL('../../fixtures/rules', import.meta.url));

/** What a preset finds in a migration of the shop of `fixtures/rules`, on Postgres 15: `severity rule`. */
async function found(preset: string, text: string): Promise<string[]> {
  const directory = temporaryDirectory();
  const isRuby = text.startsWith('class');
  const name = isRuby ? '20260101000000_change.rb' : '20260101000000_change.sql';
  write(directory, { [name]: text });
  const { diagnostics } = await tryFixture({ name, path: join(directory, name), application: false }, schemas, parseConfig(`extends: ${preset}`, '.anzen.yml'));
  return [...new Set(diagnostics.map(({ severity, ruleId }) => `${severity} ${ruleId}`))].sort();
}

const ruby = (body: string, head = '') => `class Change < ActiveRecord::Migration[7.1]\n${head}  def change\n    ${body}\n  end\nend\n`;
const alone = '  disable_ddl_transaction!\n';

/** Changes with what strong_migrations 2.8 and online_migrations 0.36 do in their default configuration: true where they raise. */
const gems: readonly (readonly [change: string, strong: boolean, online: boolean])[] = [
  [ruby('add_index :orders, :number'), true, true],
  [ruby('add_index :orders, :number, algorithm: :concurrently', alone), false, false],
  [ruby('create_table(:pages) { |t| t.string :path; t.index :path }'), false, false],
  [ruby('add_index :orders, [:user_id, :state, :placed_at, :total], algorithm: :concurrently', alone), true, false],
  [ruby('add_index :orders, [:user_id, :state, :placed_at, :total], unique: true, algorithm: :concurrently', alone), false, false],
  [ruby('remove_index :orders, name: "index_orders_on_user_id"'), false, true],
  [ruby('add_reference :orders, :coupon'), true, true],
  [ruby('add_reference :orders, :coupon, index: false'), false, false],
  [ruby('add_foreign_key :sessions, :users'), true, true],
  [ruby('add_foreign_key :sessions, :users, validate: false'), false, false],
  [ruby('add_check_constraint :orders, "total >= 0", name: "total"'), true, true],
  [ruby('add_check_constraint :orders, "total >= 0", name: "total", validate: false'), false, false],
  [ruby('add_check_constraint :orders, "total >= 0", name: "total", validate: false\n    validate_check_constraint :orders, name: "total"'), true, true],
  [ruby('add_unique_constraint :orders, [:number]'), true, true],
  [ruby('add_column :orders, :coupon, :string'), false, false],
  [ruby('add_column :orders, :coupon, :string, default: "none"'), false, false],
  [ruby('add_column :orders, :token, :uuid, default: "gen_random_uuid()"'), true, true],
  [ruby('add_column :orders, :extras, :json'), true, true],
  [ruby('add_column :orders, :extras, :jsonb'), false, false],
  [ruby('add_column :orders, :total_cents, :virtual, type: :bigint, as: "total * 100", stored: true'), true, true],
  [ruby('add_column :orders, :coupon, :string, null: false'), false, false],
  [ruby('change_column :users, :age, :bigint', ''), true, true],
  [ruby('change_column :users, :name, :string, limit: 200'), false, false],
  [ruby('change_column :users, :name, :text'), false, false],
  [ruby('change_column_null :users, :email, false'), true, true],
  [ruby('change_column_null :sessions, :expires_at, false'), false, false],
  [ruby('create_table(:users, force: true) { |t| t.string :name }'), true, true],
  [ruby('remove_column :users, :nickname, :string'), true, true],
  [ruby('rename_column :users, :nickname, :handle'), true, true],
  [ruby('rename_table :users, :people'), true, true],
  [ruby('drop_table(:products) { |t| t.string :sku }'), false, false],
  [ruby('create_table(:notes, id: :integer) { |t| t.string :text }'), false, true],
  [ruby('add_column :accounts, :type, :string, default: "Account"'), false, true],
  [ruby('add_column :sessions, :customer_id, :bigint'), false, true],
  [ruby('add_foreign_key :sessions, :users, validate: false\n    add_foreign_key :orders, :accounts, column: :customer_id, validate: false'), false, true],
  [ruby('add_column :users, :phone, :string\n    add_column :orders, :phone, :string'), false, false],
];

/** Statements with what squawk 2.66 says of them by default, all timeouts set and every statement guarded where it can be: the rule, or null. */
const statements: readonly (readonly [sql: string, squawk: string | null])[] = [
  ['CREATE INDEX IF NOT EXISTS orders_number ON orders (number);', 'require-concurrent-index-creation'],
  ['DROP INDEX IF EXISTS index_orders_on_user_id;', 'require-concurrent-index-deletion'],
  ['REINDEX TABLE orders;', 'require-concurrent-reindex'],
  ['ALTER TABLE orders ADD CONSTRAINT total CHECK (total >= 0);', 'constraint-missing-not-valid'],
  ['ALTER TABLE sessions ADD CONSTRAINT user_fk FOREIGN KEY (user_id) REFERENCES users (id);', 'adding-foreign-key-constraint'],
  ['ALTER TABLE orders ADD COLUMN IF NOT EXISTS token uuid DEFAULT gen_random_uuid();', 'adding-field-with-default'],
  ['ALTER TABLE orders ADD COLUMN IF NOT EXISTS coupon text DEFAULT \'none\';', null],
  ['ALTER TABLE orders ADD COLUMN IF NOT EXISTS coupon text NOT NULL;', 'adding-required-field'],
  ['ALTER TABLE users ALTER COLUMN email SET NOT NULL;', 'adding-not-nullable-field'],
  ['ALTER TABLE orders ADD CONSTRAINT number UNIQUE (number);', 'disallowed-unique-constraint'],
  ['ALTER TABLE users ALTER COLUMN age TYPE bigint;', 'changing-column-type'],
  ['ALTER TABLE users RENAME COLUMN nickname TO handle;', 'renaming-column'],
  ['ALTER TABLE users RENAME TO people;', 'renaming-table'],
  ['ALTER TABLE users DROP COLUMN IF EXISTS nickname;', 'ban-drop-column'],
  ['DROP TABLE IF EXISTS products;', 'ban-drop-table'],
  ['ALTER TABLE users ALTER COLUMN role DROP NOT NULL;', 'ban-drop-not-null'],
  ['TRUNCATE users CASCADE;', 'ban-truncate-cascade'],
  ['TRUNCATE sessions;', null],
  ['UPDATE users SET role = \'guest\' WHERE role IS NULL;', null],
  ['CREATE TABLE IF NOT EXISTS tags (id bigint PRIMARY KEY, name char(3));', 'ban-char-field'],
  ['CREATE TABLE IF NOT EXISTS tags (id bigint PRIMARY KEY, name varchar(3));', 'prefer-text-field'],
  ['CREATE TABLE IF NOT EXISTS tags (id bigint PRIMARY KEY, made timestamp);', 'prefer-timestamp-tz'],
  ['CREATE TABLE IF NOT EXISTS tags (id bigserial PRIMARY KEY);', 'prefer-identity'],
  ['CREATE TABLE IF NOT EXISTS tags (id int PRIMARY KEY);', 'prefer-bigint-over-int'],
  ['CREATE TABLE IF NOT EXISTS tags (id bigint PRIMARY KEY, rank smallint);', 'prefer-bigint-over-smallint'],
  ['CREATE TABLE tags (id bigint PRIMARY KEY);', 'prefer-robust-stmts'],
  ['CREATE TABLE IF NOT EXISTS tags (id bigint PRIMARY KEY, name text);', null],
  ['BEGIN;\nALTER TABLE users ADD COLUMN locale text;', 'ban-uncommitted-transaction'],
  ['CREATE DOMAIN email_address AS text CHECK (VALUE LIKE \'%@%\');', 'ban-create-domain-with-constraint'],
  ['CREATE DOMAIN email_address AS text;', null],
  ['DROP DATABASE reports;', 'ban-drop-database'],
  ['ALTER TYPE order_state ADD VALUE IF NOT EXISTS \'refunded\';', 'require-enum-value-ordering'],
  ['ALTER TYPE order_state ADD VALUE IF NOT EXISTS \'packed\' BEFORE \'shipped\';', null],
  ['CREATE TABLE IF NOT EXISTS tags (id bigint PRIMARY KEY, name text, name text);', 'ban-duplicate-column-assignments'],
];

describe('the presets of other tools', () => {
  for (const [change, strong, online] of gems) {
    const title = change.split('\n').slice(1, -3).map((line) => line.trim()).join(' ');
    it(`strong-migrations: ${title}`, async () => expect((await found('strong-migrations', change)).filter(isVerdict).length > 0).toBe(strong));
    it(`online-migrations: ${title}`, async () => expect((await found('online-migrations', change)).filter(isVerdict).length > 0).toBe(online));
  }

  for (const [sql, verdict] of statements) {
    it(`squawk: ${sql}`, async () => {
      const said = await found('squawk', `SET lock_timeout = '1s';\nSET statement_timeout = '5s';\n${sql}\n`);
      const counterparts = rules.filter(({ replaces }) => replaces.includes(`squawk/${verdict ?? ''}`)).map(({ id }) => `warn ${id}`);
      if (verdict === null) expect(said).toEqual([]);
      else expect(counterparts.filter((one) => said.includes(one))).not.toEqual([]);
    });
  }

  it('squawk: asks for both timeouts, of whatever length', async () => {
    expect(await found('squawk', 'ALTER TABLE users ADD COLUMN IF NOT EXISTS locale text;\n')).toEqual(['warn missing-lock-timeout', 'warn statement-timeout']);
    expect(await found('squawk', "SET lock_timeout = '1h';\nSET statement_timeout = '1d';\nALTER TABLE users ADD COLUMN IF NOT EXISTS locale text;\n")).toEqual([]);
  });

  it('are made of rules that stand for one of the tool\'s', () => {
    const helpers = ['drop-and-add-rename', 'narrowing-type-change'];
    for (const [preset, { rules: on }] of Object.entries(toolPresets)) {
      const tool = preset.replace('-', '_');
      const strangers = Object.keys(on).filter((id) => !helpers.includes(id) && !rules.find((rule) => rule.id === id)?.replaces.some((name) => name.startsWith(`${tool}/`)));
      expect({ preset, strangers }).toEqual({ preset, strangers: [] });
    }
  });

  it('leave out only what docs/presets.md names', () => {
    const left = (preset: keyof typeof toolPresets) => rules.filter(({ id, replaces }) => !toolPresets[preset]?.rules[id] && replaces.some((name) => name.startsWith(`${preset.replace('-', '_')}/`))).map(({ id }) => id).sort();
    expect(left('squawk')).toEqual(['non-transactional-steps', 'parent-table-lock', 'sql-syntax', 'table-rewrite', 'unqualified-name']);
    expect(left('strong-migrations')).toEqual(['blocking-index-removal', 'dependent-object', 'not-judged', 'unbatched-backfill']);
    expect(left('online-migrations')).toEqual(['unexplained-safety-assured']);
  });

  it('say all the same what could not be read', async () => expect(await found('strong-migrations', 'class Change < ActiveRecord::Migration[7.1]\n  def change\n    add_column :users,\n  end\n')).toContain('error ruby-syntax'));
});

describe('the preset "advice"', () => {
  const setting = (extended: string, id: string) => parseConfig(`extends: ${extended}`, '.anzen.yml').rules.get(id)?.severity;

  it('turns the advice on as warnings and leaves the rest as it is', () => {
    expect(setting('advice', 'prefer-text')).toBe('warn');
    expect(setting('advice', 'drop-column')).toBeUndefined();
    expect(setting('advice', 'drop-not-null')).toBeUndefined();
  });

  it('adds to another one', () => {
    expect(setting('[strong-migrations, advice]', 'prefer-text')).toBe('warn');
    expect(setting('[strong-migrations, advice]', 'drop-table')).toBe('off');
    expect(setting('[strong-migrations, advice]', 'drop-column')).toBe('error');
  });
});

/** A warning of a rule that raises there is a verdict, too: what our rule is less sure of. */
function isVerdict(finding: string): boolean {
  return !finding.startsWith('notice');
}
