import { describe, expect, it } from 'vitest';
import { joinTableName } from '../../../src/parsers/rails/statements/names.ts';
import { lowered, tableOf, type Setting, type Written } from './lowered.ts';

function nameFrom(name: string, args: readonly Written[], options: Readonly<Record<string, Written>> = {}, setting: Setting = {}): unknown {
  const deeds = lowered(name, args, options, setting).deeds;
  const deed = deeds.find((each) => each.kind === 'create-index') ?? deeds[0];
  if (deed?.kind === 'create-index') return deed.index.name;
  if (deed?.kind === 'add-foreign-key') return deed.foreignKey.name;
  if (deed?.kind === 'add-check') return deed.check.name;
  return deed && 'name' in deed ? deed.name : null;
}

describe('names Active Record makes up', () => {
  const long = ['a'.repeat(20), 'b'.repeat(20), 'c'.repeat(20)].map((name) => `:${name}`);
  const rows: readonly (readonly [name: string, args: readonly Written[], options: Readonly<Record<string, Written>>, setting: Setting, expected: string])[] = [
    ['add_index', [':users', ':email'], {}, {}, 'index_users_on_email'],
    ['add_index', [':users', [':a', 'b']], {}, {}, 'index_users_on_a_and_b'],
    ['add_index', ['auth.users', ':a'], {}, {}, 'index_users_on_a'],
    ['add_index', [':users', 'lower(email), name'], {}, {}, 'index_users_on_lower_email_name'],
    // The three below are names that Rails's own tests and public schema files hold.
    ['add_index', [':testings', [':foo', ':bar', ':first_name', ':last_name', ':administrator']], {}, {}, 'idx_on_foo_bar_first_name_last_name_administrator_5939248142'],
    ['add_index', [':communities', [':resource_type', ':resource_id', ':seller_id', ':deleted_at']], {}, { version: [7, 1] }, 'idx_on_resource_type_resource_id_seller_id_deleted__23a67b41cb'],
    ['add_reference', [':organization_onboarding_invites', ':organization_onboarding'], {}, {}, 'idx_on_organization_onboarding_id_e5b08868fb'],
    ['add_index', [':things', long], {}, { version: [7, 0] }, `index_things_on_${long.map((name) => name.slice(1)).join('_and_')}`],
    ['add_reference', [':organization_onboarding_invites', ':organization_onboarding'], {}, { version: [7, 0], rails: [7, 1] }, 'idx_on_organization_onboarding_id_e5b08868fb'],
    ['add_reference', [':organization_onboarding_invites', ':organization_onboarding'], {}, { version: [7, 0], rails: [7, 0] }, 'index_organization_onboarding_invites_on_organization_onboarding_id'],
    ['add_reference', [':posts', ':owner'], { polymorphic: true }, {}, 'index_posts_on_owner'],
    ['add_reference', [':posts', ':owner'], { polymorphic: true }, { version: [6, 0] }, 'index_posts_on_owner_type_and_owner_id'],
    ['add_foreign_key', [':astronauts', ':rockets'], {}, {}, 'fk_rails_78146ddd2e'],
    ['add_foreign_key', [':astronauts', ':rockets'], { name: ':mine' }, {}, 'mine'],
    ['add_check_constraint', [':trades', 'quantity > 0'], {}, {}, 'chk_rails_2189e9f96c'],
    ['remove_check_constraint', [':trades', 'quantity > 0'], {}, {}, 'chk_rails_2189e9f96c'],
    ['add_exclusion_constraint', [':invoices', 'daterange(start_date, end_date) WITH &&'], { using: ':gist' }, {}, 'excl_rails_74c9160f55'],
    ['add_unique_constraint', [':sections', [':position']], {}, {}, 'uniq_rails_1e07660b77'],
    ['add_unique_constraint', [':sections'], { using_index: 'unique_index' }, {}, 'uniq_rails_79b901ffb4'],
  ];
  it.each(rows)('%s %j %j %j is %s', (name, args, options, setting, expected) => {
    expect(nameFrom(name, args, options, setting)).toBe(expected);
  });

  it('marks made-up names', () => {
    expect(lowered('add_index', [':users', ':a']).deeds).toMatchObject([{ index: { generatedName: true } }]);
    expect(lowered('add_index', [':users', ':a'], { name: 'x' }).deeds[0]).not.toHaveProperty('index.generatedName');
    expect(lowered('add_reference', [':posts', ':owner'], { polymorphic: true }).deeds[2]).toMatchObject({ index: { generatedName: true } });
  });

  it('joins table names', () => {
    expect(joinTableName('users', 'posts')).toBe('posts_users');
    expect(joinTableName('blog_posts', 'blog_tags')).toBe('blog_posts_tags');
    expect(joinTableName('blog_old_tags', 'blog_old_posts')).toBe('blog_old_posts_tags');
    expect(joinTableName('blog_', 'blog_tags')).toBe('blog__blog_tags');
    expect(joinTableName('app.users', 'app.posts')).toBe('app.posts_users');
    expect(tableOf('create_join_table', [':users', ':posts']).table.name).toBe('posts_users');
  });
});
