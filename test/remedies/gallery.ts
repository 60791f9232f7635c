import type { Deed, Engine, Migration, Operation } from '../../src/operations/index.ts';
import { columnType } from '../../src/operations/index.ts';
import { quoteName } from '../../src/remedies/sql/name.ts';
import * as remedies from '../../src/remedies/index.ts';
import type { Remedy, RemedyContext } from '../../src/remedies/index.ts';
import { column, createIndex, createTable, foreignKey, index, name } from '../schema/deeds.ts';
import { at, context } from './scene.ts';

/** One remedy with what it was made in. */
export interface Exhibit {
  readonly label: string;
  readonly remedy: Remedy;
  readonly c: RemedyContext;
  /** What makes the schema it is for; the type `mood` comes on top. */
  readonly before: readonly Operation[];
}

/** Every remedy for a table and a column of the given names, on an engine, for a migration like `like`. */
export function gallery(engine: Engine, table: string, title: string, like: Partial<Migration> & { text?: string } = {}): Exhibit[] {
  const mysql = engine.name === 'mysql';
  const users = name(table);
  const key = foreignKey(['team_id'], 'teams', { referencedColumns: ['id'], onDelete: 'cascade' });
  const before: Operation[] = [
    createTable('teams', [column('id', 'bigint', [], { nullable: false })], { primaryKey: ['id'] }),
    createTable(table, [
      column('id', 'bigint', [], { nullable: false }), column('type', 'varchar', [255]), column(title, 'varchar', [80], { nullable: false, default: { kind: 'constant', value: 'a "b" \\ #{c} \'' } }),
      column('team_id', 'bigint'), column('mood', 'mood'), column('price', 'numeric', [10, 2]),
    ], { primaryKey: ['id'] }),
    createIndex(index(table, [title], { name: `index_${users.name}_on_${title}`, unique: true, where: 'price > 0' })),
    createIndex(index(table, [title, 'team_id'], { name: 'two', keys: [{ column: title, expression: null, order: 'desc' }, { column: 'team_id', expression: null }] })),
    at({ kind: 'add-foreign-key', table: users, foreignKey: key, ifNotExists: false }),
    at({ kind: 'add-check', table: users, check: { name: 'check', expression: 'price > 0', validated: true }, ifNotExists: false }),
  ];
  const text = like.text ?? 'class Change < ActiveRecord::Migration[7.1]\n  def change\n    add_column :users, :slug, :string\n    add_index :users, :slug, unique: true\n  end\nend\n';
  const build = at({ kind: 'create-index', index: index(table, [title, 'price'], { name: `index_${mysql ? table : users.name}_on_${title}_and_price`, generatedName: true, unique: true, where: "price > 1 AND 'a' <> '\\'" }), concurrently: false, ifNotExists: false, only: false, algorithm: null, lock: null }, 'add_index :users, :slug, unique: true', text);
  const expressions = at({ ...bare(build), index: index(table, [], { name: 'by_expression', keys: [{ column: null, expression: 'lower(type)' }, { column: title, expression: null, opclass: 'text_pattern_ops' }] }) });
  const add = (definition: ReturnType<typeof column>) => at({ kind: 'add-column', table: users, column: definition, ifNotExists: false }, 'add_column :users, :slug, :string', text);
  const plain = add(column('slug', 'varchar', [255]));
  const c = context(before, { engine, ...like, text, operations: [plain, build] });
  const unique = at({ kind: 'add-unique', table: users, name: null, columns: [title, 'team_id'], usingIndex: null, deferrable: true, nullsNotDistinct: true });
  const alter = at({ kind: 'alter-column-type', table: users, column: title, type: columnType('text'), collation: null, using: `upper(${quoteName(title, engine)})`, restated: null });
  const rows = (source: string, language: 'ruby' | 'sql') => {
    const around = context(before, { engine, ...like, text: source });
    return { remedy: remedies.batchedBackfill({ ...at({ kind: 'update-rows', table: users, columns: [title], scope: 'filtered', where: 'price > 3', mode: { by: 'statement', batchedRead: false, model: null } }, source, source), language }, around), c: around };
  };
  const concurrent = { ...build, concurrently: true };
  const mixed = context(before, { engine, ...like, text, operations: [plain, concurrent] });
  const shown: [string, Remedy, RemedyContext?][] = [
    ['concurrentIndex', remedies.concurrentIndex(build, c)],
    ['concurrentIndex, expressions', remedies.concurrentIndex(expressions, c)],
    ['concurrentIndexRemoval', remedies.concurrentIndexRemoval(at({ kind: 'drop-index', table: users, name: name('two'), columns: [], concurrently: false, ifExists: false, cascade: false, algorithm: null, lock: null }), c)],
    ['uniqueIndexAlone', remedies.uniqueIndexAlone(build, c)],
    ['uniqueConstraintUsingIndex', remedies.uniqueConstraintUsingIndex(unique, c)],
    ['foreignKeyInTwoSteps', remedies.foreignKeyInTwoSteps(users, key, c)],
    ['checkInTwoSteps', remedies.checkInTwoSteps(users, { name: null, expression: "price > 0 AND 'a' <> '\\'", validated: true }, c)],
    ['validateLater', remedies.validateLater(at({ kind: 'validate-constraint', table: users, name: 'check', constraint: 'check', columns: [], references: null }), c)],
    ['notNullInSteps', remedies.notNullInSteps(users, title, c)],
    ['notNullColumnInSteps', remedies.notNullColumnInSteps(add(column('neue_größe', 'integer', [], { nullable: false, references: key })), c)],
    ['renameColumnInThreeDeployments', remedies.renameColumnInThreeDeployments(at({ kind: 'rename-column', table: users, column: title, to: 'Ende' }), c)],
    ['renameColumnInThreeDeployments, unknown', remedies.renameColumnInThreeDeployments(at({ kind: 'rename-column', table: name('x.unbekannt'), column: title, to: 'Ende' }), c)],
    ['renameTableWithView', remedies.renameTableWithView(at({ kind: 'rename-table', table: users, to: name('people') }), c)],
    ['dropColumnAfterIgnoring', remedies.dropColumnAfterIgnoring(at({ kind: 'drop-column', table: users, column: title, ifExists: true, cascade: false }), c)],
    ['dropTableAfterCode', remedies.dropTableAfterCode(at({ kind: 'drop-table', table: users, ifExists: true, cascade: false }), c)],
    ['changeTypeInSteps', remedies.changeTypeInSteps(alter, c)],
    ['restateAttributes', remedies.restateAttributes(alter, ['NOT NULL'], c)],
    ['volatileDefaultInSteps', remedies.volatileDefaultInSteps(add(column('token', mysql ? 'varchar' : 'uuid', mysql ? [36] : [], { nullable: false, unique: true, default: { kind: 'expression', sql: mysql ? 'uuid()' : 'gen_random_uuid()', functions: [] } })), c)],
    ['rewritingColumnInSteps, stored', remedies.rewritingColumnInSteps(add(column('low', 'text', [], { generated: { expression: `lower(type) || '\\'`, stored: true } })), c)],
    ['rewritingColumnInSteps, identity', remedies.rewritingColumnInSteps(add(column('number', 'bigint', [], { identity: 'by default' })), c)],
    ['modelInMigration', remedies.modelInMigration('Admin::User', table, c)],
    ['batchedBackfill, Ruby', ...pair(rows('User.where(price: 3).update_all("price = 4")', 'ruby'))],
    ['batchedBackfill, SQL', ...pair(rows(`UPDATE users SET price = 4, type = coalesce(type, 'a,"b') WHERE price > 3`, 'sql'))],
    ['withoutTransaction', remedies.withoutTransaction(mixed), mixed],
    ['enumValueExpand', remedies.enumValueExpand(at({ kind: 'rename-enum-value', type: name('mood'), value: "it's", to: '#{blue}' }), c)],
    ['jsonbColumn', remedies.jsonbColumn(add(column('data', 'json')), c)],
  ];
  return shown.map(([label, remedy, own]) => ({ label, remedy, c: own ?? c, before }));
}

function pair(shown: { remedy: Remedy; c: RemedyContext }): [Remedy, RemedyContext] {
  return [shown.remedy, shown.c];
}

function bare(operation: ReturnType<typeof at<'create-index'>>): Deed<'create-index'> {
  const { index: definition, concurrently, ifNotExists, only, algorithm, lock } = operation;
  return { kind: 'create-index', index: definition, concurrently, ifNotExists, only, algorithm, lock };
}
