import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import type { Config } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/load.ts';
import { lint } from '../../src/lint.ts';
import { indexMigration, schemaFile } from '../repository.ts';
import { anzen, frontEnds, migrationOf, projectOf, transactionsOf } from './open.ts';

const goose = (...statements: string[]) => `-- +goose Up\nSET lock_timeout = '2s';\n${statements.map((statement) => `${statement};\n`).join('')}`;

/** What is found in a folder of goose migrations beside a `.squawk.toml`: rule and line; and the notes. */
async function found(toml: string, statements: readonly string[], more: Readonly<Record<string, string>> = {}, config: Config = defaultConfig) {
  const project = await projectOf({ '.squawk.toml': toml, 'db/0002_change.sql': goose(...statements), ...more }, { all: true });
  const result = await lint(project, { config, directives: { inlineConfig: true, unused: 'warn', suggest: () => null } });
  return { rules: result.files.flatMap((file) => file.diagnostics.map(({ ruleId, start }) => `${ruleId} ${start.line}`)), notes: result.notes, files: result.files.map(({ path }) => path), counts: result.counts };
}
const excluding = (...names: string[]) => `excluded_rules = [\n${names.map((name) => `  "${name}", # not here\n`).join('')}]\n`;

const index = 'CREATE INDEX users_email ON users (email)';
const check = 'ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17)';
const key = 'ALTER TABLE users ADD CONSTRAINT users_org FOREIGN KEY (org_id) REFERENCES orgs (id)';
const keyInColumn = 'ALTER TABLE users ADD COLUMN team_id bigint DEFAULT 1 REFERENCES teams (id)';
const domain = 'ALTER DOMAIN email_address ADD CONSTRAINT at CHECK (VALUE LIKE \'%@%\')';

describe('excluded_rules of squawk', () => {
  it('switch off what stands for the rule, and say so', async () => {
    expect((await found('', [index])).rules).toEqual(['blocking-index 3']);
    const { rules, notes } = await found(excluding('require-concurrent-index-creation'), [index]);
    expect(rules).toEqual([]);
    expect(notes.join('\n')).toContain('.squawk.toml excludes "require-concurrent-index-creation": what squawk reports by it is not reported here either.');
  });

  it('take a finding away only when every rule is excluded that squawk would report it by', async () => {
    expect((await found('', [check, key])).rules).toEqual(expect.arrayContaining(['blocking-check 3', 'blocking-foreign-key 4']));
    const { rules } = await found(excluding('constraint-missing-not-valid'), [check, key]);
    expect(rules.filter((one) => one.startsWith('blocking'))).toEqual(['blocking-foreign-key 4']);
    expect((await found(excluding('adding-foreign-key-constraint'), [key])).rules).toEqual(['blocking-foreign-key 3']);
    expect((await found(excluding('adding-foreign-key-constraint', 'constraint-missing-not-valid'), [key])).rules).toEqual([]);
    expect((await found('', [keyInColumn])).rules).toEqual(['blocking-foreign-key 3']);
    expect((await found(excluding('adding-foreign-key-constraint'), [keyInColumn])).rules).toEqual([]);
  });

  it('leave alone what the rule of squawk does not mean', async () => {
    expect((await found(excluding('ban-truncate-cascade'), ['TRUNCATE orders'])).rules).toEqual(['truncate 3']);
    expect((await found(excluding('ban-truncate-cascade'), ['TRUNCATE orders CASCADE'])).rules).toEqual([]);
    expect((await found(excluding('ban-concurrent-index-creation-in-transaction'), ['DROP INDEX CONCURRENTLY users_email'])).rules).toEqual(['concurrent-in-transaction 3']);
    expect((await found(excluding('prefer-repack'), ['ALTER TABLE users SET LOGGED'])).rules).toEqual(['table-rewrite 3']);
    expect((await found(excluding('changing-column-type'), ['ALTER TABLE users ALTER COLUMN age TYPE smallint'], { 'db/0001_users.sql': '-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY, age integer);\nINSERT INTO users VALUES (1, 1);\n' })).rules).toContain('narrowing-type-change 3');
    expect((await found(excluding('ban-alter-domain-with-add-constraint'), [check])).rules).toEqual(['blocking-check 3']);
    expect((await found(excluding('ban-drop-column'), ['DROP TABLE orders'])).rules).toContain('drop-table 3');
  });

  it('tell a constraint of a domain from one of a table', async () => {
    const users = { 'db/0001_users.sql': '-- +goose Up\nCREATE DOMAIN email_address AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, email email_address);\nINSERT INTO users VALUES (1, \'a\');\n' };
    expect((await found('', [domain], users)).rules).toContain('blocking-check 3');
    expect((await found(excluding('constraint-missing-not-valid'), [domain], users)).rules).toContain('blocking-check 3');
    expect((await found(excluding('ban-alter-domain-with-add-constraint'), [domain], users)).rules).not.toContain('blocking-check 3');
  });

  it('know aliases, and tell what is no rule', async () => {
    const on = parseConfig('rules:\n  prefer-timestamptz: [warn, { always: true }]\n', '.anzen.yml');
    const column = 'ALTER TABLE users ADD COLUMN seen_at timestamp';
    expect((await found(excluding('prefer-timestamptz'), [column], {}, parseConfig('extends: squawk\n', '.anzen.yml'))).rules.filter((one) => one.startsWith('prefer'))).toEqual([]);
    expect((await found(excluding('prefer-timestamptz'), [column], {}, on)).rules).toContain('prefer-timestamptz 3');
    const { notes, rules } = await found(excluding('ban-drop-columns'), ['ALTER TABLE users DROP COLUMN age']);
    expect(notes).toContain('.squawk.toml: "ban-drop-columns" is no rule of squawk 2.66 and has no effect here. Did you mean "ban-drop-column"?');
    expect(rules).toEqual(['drop-column 3']);
  });

  it('give way to the user\'s own rules, not to presets', async () => {
    const toml = excluding('require-concurrent-index-creation');
    expect((await found(toml, [index], {}, parseConfig('rules:\n  blocking-index: warn\n', '.anzen.yml'))).rules).toEqual(['blocking-index 3']);
    expect((await found(toml, [index], {}, parseConfig('extends: strict\n', '.anzen.yml'))).rules).toEqual([]);
  });

  it('hold for Rails on Postgres, and not for MySQL', async () => {
    const application = (adapter: string) => projectOf({ '.squawk.toml': excluding('require-concurrent-index-creation'), 'db/schema.rb': schemaFile, 'db/migrate/20260101000000_index_users.rb': indexMigration('IndexUsers'), 'config/database.yml': `production:\n  adapter: ${adapter}\n` });
    expect([...(await frontEnds(await application('postgresql')))[0]!.tools.squawk.excluded]).toEqual(['require-concurrent-index-creation']);
    expect((await frontEnds(await application('mysql2')))[0]!.tools.squawk.excluded.size).toBe(0);
  });
});

describe('the other settings of squawk', () => {
  it('included_rules ask for rules that are off, unless they are excluded, too', async () => {
    const statement = 'ALTER TABLE users ADD COLUMN nick text';
    expect((await found('', [statement])).rules).toEqual([]);
    const { rules, notes } = await found('included_rules = ["require-table-schema"]', [statement]);
    expect(rules).toEqual(['unqualified-name 3']);
    expect(notes.join('\n')).toContain('.squawk.toml includes "require-table-schema"');
    expect((await found('included_rules = ["require-table-schema"]\nexcluded_rules = ["require-table-schema"]', [statement])).rules).toEqual([]);
    expect((await found('included_rules = ["require-table-schema"]', [statement], {}, parseConfig('rules:\n  unqualified-name: off\n', '.anzen.yml'))).rules).toEqual([]);
  });

  it('pg_version is the server\'s where the user names none', async () => {
    const project = await projectOf({ '.squawk.toml': 'pg_version = "12.4"\n', 'db/0001_a.sql': goose('SELECT 1') });
    const [frontEnd] = await frontEnds(project);
    expect(frontEnd?.engine).toMatchObject({ name: 'postgres', version: [12, 4] });
    expect(frontEnd?.tools.notes.join('\n')).toContain('.squawk.toml says "pg_version": Postgres 12.4 is assumed.');
    const [named] = await frontEnds(project, parseConfig('engine: postgres\nengineVersion: 15\n', '.anzen.yml'));
    expect(named?.engine.version).toEqual([15]);
    expect(named?.tools.notes.join('\n')).not.toContain('pg_version');
    expect((await frontEnds(project, parseConfig('engine: mysql\n', '.anzen.yml')))[0]?.engine.version).toEqual([]);
  });

  it('assume_in_transaction holds for files of which nobody knows who runs them', async () => {
    const two = 'CREATE TABLE a (id bigint);\nCREATE TABLE b (id bigint);\n';
    const project = await projectOf({
      '.squawk.toml': 'assume_in_transaction = true\n', 'changes/0001_a.sql': two, 'changes/0002_b.sql': `-- squawk-disable-assume-in-transaction\n${two}`, 'changes/0003_c.sql': `${two}-- down\nDROP TABLE a;\n`, 'goose/0001_a.sql': `-- +goose NO TRANSACTION\n-- +goose Up\n${two}`,
    }, { paths: ['changes', 'goose'] });
    const transactions = async (path: string, config?: Config) => transactionsOf(await migrationOf(project, path, config));
    expect(await transactions('changes/0001_a.sql')).toEqual(['create-table framework1', 'create-table framework1']);
    expect(await transactions('changes/0002_b.sql')).toEqual(['create-table -', 'create-table -']);
    expect((await transactions('changes/0003_c.sql')).slice(0, 2)).toEqual(['create-table framework1', 'create-table framework1']);
    expect(await transactions('goose/0001_a.sql')).toEqual(['create-table -', 'create-table -']);
    expect(await transactions('changes/0001_a.sql', parseConfig('sql: { transaction: statements }\n', '.anzen.yml'))).toEqual(['create-table -', 'create-table -']);
    const notes = (await frontEnds(project)).flatMap(({ tools }) => tools.notes);
    expect(notes.join('\n')).toContain('"changes": .squawk.toml says "assume_in_transaction", so each file is linted as if it ran in one transaction.');
    expect(notes.join('\n')).not.toContain('it is not known which tool runs');
  });

  it.each([
    ['*_skip.sql', ['db/0002_change.sql']],
    ['db/0001*', ['db/0002_change.sql']],
    ['0001_skip.sql', ['db/0002_change.sql']],
    ['skip.sql', ['db/0001_skip.sql', 'db/0002_change.sql']],
    ['*', []],
    ['db/000[!2]_*', ['db/0002_change.sql']],
  ])('excluded_paths leaves out %s', async (glob, left) => {
    const { files, notes } = await found(`excluded_paths = ["${glob}"]`, [index], { 'db/0001_skip.sql': goose(index.replace('email ', 'age ')) });
    expect(files).toEqual(left);
    const out = 2 - left.length;
    expect(notes.join('\n').includes('left out by "excluded_paths" of .squawk.toml.')).toBe(out > 0);
  });

  it('the nearest file upwards counts', async () => {
    const { rules } = await found(excluding('require-concurrent-index-creation'), [index], { 'db/.squawk.toml': 'pg_version = "15"\n' });
    expect(rules).toEqual(['blocking-index 3']);
  });
});

describe('a .squawk.toml that is broken', () => {
  it.each([
    ['excluded_rules = [\n  "ban-drop-column"\n  "ban-drop-table"\n]\n', '3:3', 'the file is no TOML: '],
    ['pg_version = "16"\nexcluded_rules = "ban-drop-column"\n', '2:1', '"excluded_rules" is not a list of rules.'],
    ['pg_version = 16\n', '1:1', '"pg_version" is not a version in quotes, such as "16.2".'],
    ['assume_in_transaction = "yes"\n', '1:1', '"assume_in_transaction" is not true or false.'],
  ])('is an error with its place, beside the findings: %j', async (toml, place, cause) => {
    const project = await projectOf({ '.squawk.toml': toml, 'db/0001_a.sql': goose(index), 'other/0001_a.sql': goose('SELECT 1') });
    const { status, out } = await anzen(project.workspace, ['--all', '--format', 'unix']);
    const lines = out.split('\n');
    expect(lines.filter((line) => line.startsWith('.squawk.toml'))).toHaveLength(1);
    expect(lines.find((line) => line.startsWith(`.squawk.toml:${place}`))).toContain(cause);
    expect(out).toContain('blocking-index');
    expect(status).toBe(1);
  });

  it('counts as no migration', async () => {
    const { counts, rules } = await found('a = ', [index]);
    expect(counts.migrations).toBe(1);
    expect(rules).toEqual(['unreadable-settings 1', 'blocking-index 3']);
  });
});
