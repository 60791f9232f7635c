import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { camelize } from '../../src/parsers/rails/inflector.ts';
import { loadRubyParser } from '../../src/parsers/ruby/parser.ts';
import { concurrentIndex, foreignKeyInTwoSteps, renderRemedy, uniqueIndexAlone } from '../../src/remedies/index.ts';
import { createSource } from '../../src/source/source.ts';
import { column, createTable, foreignKey, index, name } from '../schema/deeds.ts';
import { gallery } from './gallery.ts';
import { at, context, engine } from './scene.ts';

const engines = [engine('postgres', 15), engine('postgres', 10), engine('mysql', 8, 0)];
const places = [['users', 'name'], ['auth.users', 'order'], ['Übersichten', 'größe'], ['two words', 'a"b'], ['users', '日本']] as const;
const versions = [{ frameworkVersion: '7.1' }, { frameworkVersion: '5.0' }, { frameworkVersion: null, text: 'class Change < ActiveRecord::Migration\n  def change\n    add_column :users, :slug, :string\n    add_index :users, :slug, unique: true\n  end\nend\n' }];

describe('remedies in Ruby', async () => {
  const parser = await loadRubyParser();

  describe.each(engines)('$name $version', (chosen) => {
    it.each(places)('are valid Ruby for "%s"."%s"', (table, title) => {
      for (const like of versions) {
        for (const { label, remedy, c } of gallery(chosen, table, title, like)) {
          for (const step of renderRemedy(remedy, c).steps.filter((each) => each.language === 'ruby')) {
            const tree = parser.parse(createSource('x.rb', step.code ?? ''));
            expect(tree.errors, `${label}\n${step.code}`).toEqual([]);
            if (!step.fileName?.includes('YYYY')) continue;
            const type = /^class (\S+) /.exec(step.code ?? '')?.[1];
            expect(camelize(basename(step.fileName, '.rb').replace('YYYYMMDDHHMMSS_', ''))).toBe(type);
            expect(step.fileName).toMatch(/^db\/migrate\/YYYYMMDDHHMMSS_[a-z0-9_]+\.rb$/);
          }
        }
      }
    });
  });

  it.each([...engines, engine('mariadb', 10, 11), engine('sqlite', 3)])('leave nothing unwritten where the user writes SQL: $name $version', (chosen) => {
    // What only rules for Postgres ask for, and what is made of Ruby text.
    const others = chosen.name === 'postgres' ? /Ruby$/ : /Ruby$|^(validateLater|enumValueExpand|withoutTransaction)/;
    for (const { label, remedy, c } of gallery(chosen, 'auth.users', 'order', { framework: 'sql', language: 'sql' }).filter((exhibit) => !others.test(exhibit.label))) {
      for (const step of renderRemedy(remedy, c).steps) expect([label, step.language === 'ruby', /To be written by hand/.test(step.code ?? '')], step.code ?? '').toEqual([label, false, false]);
    }
  });
});

const users = createTable('users', [column('id', 'bigint', [], { nullable: false }), column('email', 'text')], { primaryKey: ['id'] });
const build = (source = '', more: Parameters<typeof index>[2] = {}) =>
  at({ kind: 'create-index', index: index('users', ['email'], { name: 'index_users_on_email', generatedName: true, ...more }), concurrently: false, ifNotExists: false, only: false, algorithm: null, lock: null }, 'add_index :users, :email, unique: true', source);

describe('the text of a remedy', () => {
  it('is a whole migration of the same Rails version', () => {
    const c = context([users], { frameworkVersion: '6.1' });
    expect(renderRemedy(concurrentIndex(build('', { unique: true }), c), c).steps).toEqual([{
      title: 'Build the index without blocking writes.',
      fileName: 'db/migrate/YYYYMMDDHHMMSS_add_unique_index_to_users_on_email.rb',
      language: 'ruby',
      code: `class AddUniqueIndexToUsersOnEmail < ActiveRecord::Migration[6.1]
  disable_ddl_transaction!

  def change
    add_index :users, :email, unique: true, algorithm: :concurrently
  end
end
`,
    }]);
  });

  it('has no version where the migration has none', () => {
    const c = context([users], { frameworkVersion: null, text: 'class Change < ActiveRecord::Migration\n  def change\n  end\nend\n' });
    expect(renderRemedy(concurrentIndex(build(), c), c).steps[0]?.code).toContain('class AddIndexToUsersOnEmail < ActiveRecord::Migration\n');
  });

  it('cuts the statement out of the file, and what undoes it', () => {
    const text = `class Change < ActiveRecord::Migration[7.1]
  def up
    add_column :users, :email, :string

    add_index :users, :email, unique: true
  end

  def down
    remove_index :users, :email
    remove_column :users, :email
  end
end
`;
    const drop = { ...at({ kind: 'drop-index', table: name('users'), name: null, columns: ['email'], concurrently: false, ifExists: false, cascade: false, algorithm: null, lock: null }, 'remove_index :users, :email', text), direction: 'down' as const };
    const add = at({ kind: 'add-column', table: name('users'), column: column('email', 'varchar'), ifNotExists: false }, 'add_column :users, :email, :string', text);
    const operation = build(text, { unique: true });
    const c = context([users], { text, operations: [add, operation], down: { kind: 'written', operations: [drop] } });
    const [first, query, second] = renderRemedy(uniqueIndexAlone(operation, c), c).steps;
    expect(first).toMatchObject({ fileName: 'db/migrate/20240101000000_change.rb', code: text.replace('\n    add_index :users, :email, unique: true\n', '').replace('    remove_index :users, :email\n', '') });
    expect(query?.code).toContain('HAVING count(*) > 1');
    expect(second?.code).toContain('remove_index :users, name: "index_users_on_email", if_exists: true, algorithm: :concurrently\n    add_index :users, :email, unique: true, algorithm: :concurrently');
  });

  it('writes the columns anew when one statement makes both', () => {
    const text = 'class Change < ActiveRecord::Migration[7.1]\n  def change\n    add_reference :users, :team, index: { unique: true }\n  end\nend\n';
    const line = 'add_reference :users, :team, index: { unique: true }';
    const add = at({ kind: 'add-column', table: name('users'), column: column('team_id', 'bigint'), ifNotExists: false }, line, text);
    const operation = at({ kind: 'create-index', index: index('users', ['team_id'], { name: 'index_users_on_team_id', generatedName: true, unique: true }), concurrently: false, ifNotExists: false, only: false, algorithm: null, lock: null }, line, text);
    const c = context([users], { text, operations: [add, operation] });
    expect(renderRemedy(uniqueIndexAlone(operation, c), c).steps[0]?.code).toBe('class Change < ActiveRecord::Migration[7.1]\n  def change\n    add_column :users, :team_id, :bigint\n  end\nend\n');
  });

  it('uses SQL where this Rails has no word', () => {
    const c = context([users], { frameworkVersion: '5.0' });
    const steps = renderRemedy(foreignKeyInTwoSteps(name('users'), foreignKey(['email'], 'auth.keys', { name: 'k' }), c), c).steps;
    expect(steps[1]?.code).toContain('execute "ALTER TABLE users ADD CONSTRAINT k FOREIGN KEY (email) REFERENCES auth.keys NOT VALID"');
    expect(steps[1]?.code).toContain('remove_foreign_key :users, name: "k"');
    expect(steps[2]?.code).toContain('execute "ALTER TABLE users VALIDATE CONSTRAINT k"');
  });
});
