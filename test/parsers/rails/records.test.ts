import { describe, expect, it } from 'vitest';
import { readUp, summary, up } from './read.ts';

const user = "class User < ActiveRecord::Base\nself.table_name = 'people'\nhas_many :posts\nend";

describe('rows changed through models', () => {
  const cases: readonly [what: string, body: string, wanted: readonly string[]][] = [
    ['update_all', "User.update_all(a: 1)\nUser.where(a: nil).update_all('a = 1, b = coalesce(c, 2)')\nUser.where(id: 3).update_all(a: 1)", ['update-rows people all statement (a)', 'update-rows people filtered statement (a,b)', 'update-rows people bounded statement (a)']],
    ['delete_all and destroy_all', 'User.delete_all\nUser.where(a: 1).destroy_all\nUser.limit(5).delete_all\nUser.unscoped.delete_all', ['delete-rows people all statement', 'delete-rows people filtered records', 'delete-rows people bounded statement', 'delete-rows people all statement']],
    ['find_each', "User.where(a: nil).find_each { |u| u.update!(a: 1) }\nUser.find_each(&:touch)", ['update-rows people filtered records batched (a)', 'update-rows people all records batched (updated_at)']],
    ['each with attributes', 'User.all.each do |u|\n  u.a = 1\n  u[:b] = 2\n  u.save!\nend', ['update-rows people all records (a,b)']],
    ['a variable that holds a relation', 'users = User.where(a: 1)\nusers = users.where(b: 2)\nusers.each { |u| u.update_columns(a: 2) }', ['update-rows people filtered records (a)']],
    ['in_batches', 'User.in_batches.update_all(a: 1)\nUser.where(a: 1).in_batches(of: 100) { |batch| batch.update_all(a: 2) }\nUser.in_batches.each_record(&:destroy)\nUser.in_batches.delete_all', ['update-rows people all batches batched (a)', 'update-rows people filtered batches batched (a)', 'delete-rows people all records batched', 'delete-rows people all batches batched']],
    ['find_in_batches', 'User.find_in_batches { |users| users.each { |u| u.update_column(:a, 1) } }', ['update-rows people all records batched (a)']],
    ['one record', "User.find(1).update!(a: 1)\nUser.find_by(email: 'x')&.destroy\nUser.first.update_attribute(:a, 1)\nuser = User.last\nuser.a = 2\nuser.save", ['update-rows people bounded records (a)', 'delete-rows people bounded records', 'update-rows people bounded records (a)', 'update-rows people bounded records (a)']],
    ['new rows', "User.create!(a: 1)\nUser.create([{ a: 1 }, { a: 2 }])\nUser.insert_all(rows)\nu = User.new(a: 1)\nu.b = 2\nu.save!\nUser.find_or_create_by!(a: 1)", ['insert-rows people 1', 'insert-rows people 2', expect.stringContaining('opaque "rows"') as unknown as string, 'insert-rows people null', 'insert-rows people 1', 'insert-rows people 1']],
    ['slices of keys', 'User.pluck(:id).each_slice(100) { |ids| User.where(id: ids).update_all(a: 1) }', ['read-rows people', 'update-rows people bounded batches (a)']],
    ['key ranges', '(0..User.maximum(:id)).step(1000) { |n| User.where(id: n..n + 999).update_all(a: 1) }', ['read-rows people', 'update-rows people bounded batches (a)']],
    ['SQL for each record', 'User.find_each { |u| execute "UPDATE posts SET a = 1 WHERE user_id = #{u.id}" }', ['update-rows posts filtered records batched']],
    ['associations', 'User.find_each { |u| u.posts.update_all(a: 1); u.profile.update!(b: 2) }', ['update-rows posts filtered records batched (a)', 'update-rows profiles bounded records batched (b)']],
    ['counters', "User.reset_counters(1, :posts)\nUser.increment_counter(:a, 1)", ['update-rows people bounded statement (posts_count)', 'update-rows people bounded statement (a)']],
    ['only read', 'User.find_each { |u| puts u.name }\nUser.count', ['read-rows people', 'read-rows people']],
    ['a query that can stop the migration', "raise 'no' if User.group(:a).having('count(*) > 1').exists?\ndups = User.where(a: 1).pluck(:id)\nabort 'no' if dups.any?", ['read-rows people check', 'read-rows people check']],
    ['a condition inside a walk', 'User.find_each do |u|\n  next if u.a\n  u.update!(a: 1)\nend', ['update-rows people all records batched (a) [maybe; condition !u.a]']],
    ['own methods of the model', 'User.find_each(&:fix)\nUser.fix_all', ['update-rows people all records batched (a)', 'update-rows people all statement (b)']],
    ['a class without a name', "klass = Class.new(ActiveRecord::Base) { self.table_name = 'things' }\nklass.update_all(a: 1)", ['update-rows things all statement (a)']],
    ['several models', '[User, Post].each { |m| m.reset_column_information; m.update_all(a: 1) }', ['reset-column-information people', 'update-rows people all statement (a)', 'reset-column-information posts', 'update-rows posts all statement (a)']],
    ['nobody knows whose', 'ENV["M"].constantize.update_all(a: 1)', [expect.stringMatching(/^opaque it is not known whose rows these are/) as unknown as string]],
    ['a constant made from text', "'User'.constantize.update_all(a: 1)", ['update-rows people all statement (a)']],
  ];
  it.each(cases)('%s', (_what, body, wanted) => {
    expect(up(body, user.replace('\nend', "\ndef fix\n  update!(a: 1)\nend\ndef self.fix_all\n  update_all(b: 1)\nend\nend"))).toEqual(wanted);
  });

  it('writes conditions as SQL', () => {
    const [operation] = readUp("User.where(a: nil, b: 'x').where.not(c: [1, 2]).where('d > ?', 3).update_all(e: 1)").operations.filter(({ kind }) => kind === 'update-rows');
    expect(operation?.kind === 'update-rows' && operation.where).toBe("a IS NULL AND b = 'x' AND c NOT IN (1, 2) AND d > 3");
  });

  it('pins what a walk does to its statement', () => {
    const { operations, source } = readUp('    User.find_each do |u|\n      u.update!(a: 1)\n    end');
    const update = operations.find(({ kind }) => kind === 'update-rows');
    expect(update && source.text.slice(update.at.start, update.at.end)).toBe('u.update!(a: 1)');
    expect(update && source.text.slice(update.statement.start, update.statement.end)).toMatch(/^User\.find_each do/);
  });
});

describe('uses of constants', () => {
  const uses = (body: string, classBody = '', files: Record<string, string> = {}): string[] => summary(readUp(body, classBody, { files, gems: ['sidekiq-scheduler', 'special_gem'] }).operations.filter(({ kind }) => kind === 'use-model'));

  it('tells the application from what the file declares and from frameworks', () => {
    expect(uses("User.count\nUser.where(a: 1).each { |u| User.find(u.id) }\nPost.first\nSettings.reload!\nFooJob.perform_later\nRails.cache\nTime.now\nSpecialGem::Thing.go\nActiveRecord::Base.connection\nJSON.parse('{}')\nraise FooError if foo?", user)).toEqual([
      'use-model User declared count people', 'use-model User declared where people', 'use-model Post application first posts', 'use-model Settings application reload!', 'use-model FooJob application perform_later',
    ]);
  });

  it('finds tables of the application\'s models', () => {
    const files = { 'Admin::User': "module Admin\n  class User < ApplicationRecord\n    self.table_name = 'admins'\n  end\nend", Fetcher: 'class Fetcher\nend' };
    expect(uses('Admin::User.count\nFetcher.new.call\nReport::Line.update_all(a: 1)\nx = [Person]', '', files)).toEqual([
      'use-model Admin::User application count admins', 'use-model Fetcher application new', 'use-model Report::Line application update_all lines', 'use-model Person application',
    ]);
  });

  it('knows tables of models that inherit from others', () => {
    const models = "class Animal < ActiveRecord::Base\nend\nclass Dog < Animal\nend\nmodule Blog\n  def self.table_name_prefix\n    'blog_'\n  end\n  class Post < ActiveRecord::Base\n  end\nend";
    expect(up('Dog.delete_all\nBlog::Post.delete_all', models)).toEqual(['delete-rows animals all statement', 'delete-rows blog_posts all statement']);
  });

  it('reads a constant of the application', () => {
    const files = { User: 'class User < ApplicationRecord\n  ROLES = { admin: 3 }.freeze\nend' };
    const { operations } = readUp('add_column :users, :role, :integer, default: User::ROLES[:admin]', '', { files });
    expect(operations).toMatchObject([{ kind: 'use-model', constant: 'User::ROLES' }, { kind: 'add-column', column: { default: { kind: 'constant', value: 3 } } }]);
  });
});
