import { describe, expect, it } from 'vitest';
import { migrationName, shorten, snakeCase } from '../../src/remedies/naming.ts';
import { batchedBackfill, renameColumnInThreeDeployments, renderRemedy, shorterIdentifier } from '../../src/remedies/index.ts';
import { rubyString, rubySymbol } from '../../src/remedies/ruby/literal.ts';
import { readAssignments } from '../../src/remedies/sql/assignment.ts';
import { mentions, replaceName } from '../../src/remedies/sql/mention.ts';
import { column, createTable, name } from '../schema/deeds.ts';
import { at, context, engine } from './scene.ts';

describe('names', () => {
  it('are cut within the limit in bytes, and stay different', () => {
    const long = 'ä'.repeat(40);
    expect(Buffer.byteLength(shorten(long, 63))).toBeLessThanOrEqual(63);
    expect(shorten(long, 63)).not.toBe(shorten(`${long}x`, 63));
    expect(shorten('short', 63)).toBe('short');
    expect(shorterIdentifier(long, 63, context([])).advice).toContain(shorten(long, 63));
  });

  it('of migrations hold what Rails accepts in a file name', () => {
    expect(migrationName('add größe x 2fa to "日本 users"')).toBe('AddGrosseX2faToUsers');
    expect(snakeCase('AddGrosseXToUsers')).toBe('add_grosse_x_to_users');
    expect(migrationName('日本')).toBe('Change');
  });
});

describe('Ruby literals', () => {
  it.each([['plain', '"plain"'], ['say "x"', `'say "x"'`], [`it's "x"`, `"it's \\"x\\""`], ['#{a} #@b \\ \n', '"\\#{a} \\#@b \\\\ \\n"'], ['\u0001', '"\\u0001"']])('%j', (text, ruby) => expect(rubyString(text)).toBe(ruby));
  it.each([['größe', ':größe'], ['two words', ':"two words"'], ['a"b', ':"a\\"b"']])('symbol %j', (text, ruby) => expect(rubySymbol(text)).toBe(ruby));
});

describe('SQL text', () => {
  it('finds and replaces names, not what strings hold', () => {
    expect(mentions(`"name" <> 'x'`, 'name')).toBe(true);
    expect(mentions(`full_name <> 'name'`, 'name')).toBe(false);
    expect(replaceName(`lower(name) <> 'name' AND "name" > t.name`, 'name', '"x y"')).toBe(`lower("x y") <> 'name' AND "x y" > t."x y"`);
  });

  it('takes an UPDATE apart, or leaves it', () => {
    expect(readAssignments(`UPDATE users SET a = f(1, ','), b = 'WHERE x' WHERE c = 1`)).toEqual({ a: `f(1, ',')`, b: `'WHERE x'` });
    expect(readAssignments('UPDATE users SET a = t.a FROM t')).toBeNull();
    expect(readAssignments('UPDATE users SET (a, b) = (1, 2)')).toBeNull();
    expect(readAssignments(`UPDATE users SET a = 'open`)).toBeNull();
  });
});

describe('the triggers of MySQL', () => {
  it('copy in both directions without a compound statement', () => {
    const users = createTable('users', [column('id', 'bigint', [], { nullable: false }), column('name', 'varchar', [80])], { primaryKey: ['id'] });
    const c = context([users], { engine: engine('mysql', 8, 0) });
    const [expand] = renderRemedy(renameColumnInThreeDeployments(at({ kind: 'rename-column', table: name('users'), column: 'name', to: 'title' }), c), c).steps;
    expect(expand?.code).toContain('FOR EACH ROW SET NEW.`title` = COALESCE(NEW.`title`, NEW.`name`), NEW.`name` = NEW.`title`');
    expect(expand?.code).toContain('CASE WHEN NOT (CAST(NEW.`title` AS BINARY) <=> CAST(OLD.`title` AS BINARY)) THEN NEW.`title`');
  });

  it('compare numbers as such', () => {
    const users = createTable('users', [column('id', 'bigint', [], { nullable: false }), column('age', 'integer')], { primaryKey: ['id'] });
    const c = context([users], { engine: engine('mysql', 8, 0) });
    const [expand] = renderRemedy(renameColumnInThreeDeployments(at({ kind: 'rename-column', table: name('users'), column: 'age', to: 'years' }), c), c).steps;
    expect(expand?.code).toContain('CASE WHEN NOT (NEW.`years` <=> OLD.`years`) THEN NEW.`years`');
  });
});

describe('a data change in Ruby', () => {
  const users = createTable('users', [column('id', 'bigint', [], { nullable: false }), column('type', 'varchar')], { primaryKey: ['id'] });
  const remedy = (text: string) => {
    const c = context([users], { text });
    const operation = at({ kind: 'update-rows', table: name('users'), columns: ['a'], scope: 'filtered', where: null, mode: { by: 'statement', batchedRead: false, model: null } }, text, text);
    return renderRemedy(batchedBackfill(operation, c), c).steps[0]?.code ?? null;
  };

  it('goes through batches when its text stands alone', () => {
    expect(remedy(`User.where(a: nil, b: "x's").where.not(c: 1).update_all("a = 'y'")`)).toContain(`User.where(a: nil, b: "x's").where.not(c: 1).in_batches(of: 1_000).update_all("a = 'y'")`);
    expect(remedy('Admin::User.unscoped.update_all(a: Time.zone.now)')).toContain('    User.unscoped.in_batches(of: 1_000).update_all(a: Time.zone.now)');
  });

  it.each(['User.where(id: ids).update_all(a: 1)', 'User.active.update_all(a: 1)', 'User.where(a: "#{x}").update_all(a: 1)', 'User.where(a: OTHER).update_all(a: 1)', 'users.update_all(a: 1)', 'Person.update_all(a: 1)', 'User.limit(5).update_all(a: 1)'])('is left alone otherwise: %s', (text) => {
    expect(remedy(text)).toBeNull();
  });
});
