import { describe, expect, it } from 'vitest';
import { camelize, classify, pluralize, singularize, tableize, underscore } from '../../../src/parsers/rails/inflector.ts';

const own = { acronyms: ['API', 'HTML'], irregular: [['cow', 'kine'], ['octopus', 'octopodes']], uncountable: ['sushi'] } as const;

describe('inflections', () => {
  it.each([
    ['user', 'users'], ['category', 'categories'], ['day', 'days'], ['status', 'statuses'], ['alias', 'aliases'], ['bus', 'buses'], ['person', 'people'], ['salesperson', 'salespeople'],
    ['child', 'children'], ['wife', 'wives'], ['half', 'halves'], ['hive', 'hives'], ['matrix', 'matrices'], ['vertex', 'vertices'], ['mouse', 'mice'], ['quiz', 'quizzes'], ['ox', 'oxen'],
    ['datum', 'data'], ['analysis', 'analyses'], ['axis', 'axes'], ['crisis', 'crises'], ['news', 'news'], ['buffalo', 'buffaloes'], ['photo', 'photos'], ['address', 'addresses'], ['box', 'boxes'],
    ['sheep', 'sheep'], ['series', 'series'], ['user_money', 'user_moneys'], ['move', 'moves'], ['database', 'databases'], ['virus', 'viri'], ['house', 'houses'], ['shoe', 'shoes'], ['movie', 'movies'],
  ])('%s and %s', (one, many) => {
    expect(pluralize(one)).toBe(many);
    expect(singularize(many)).toBe(one);
  });

  it('has the application\'s additions', () => {
    expect([pluralize('cow', own), singularize('kine', own), pluralize('octopus', own), pluralize('sushi', own)]).toEqual(['kine', 'cow', 'octopodes', 'sushi']);
    expect([camelize('add_api_key', own), camelize('html_page', own), underscore('HTMLPage', own), underscore('UserAPIKey', own)]).toEqual(['AddAPIKey', 'HTMLPage', 'html_page', 'user_api_key']);
  });

  it('turns names of classes, files and tables into each other', () => {
    expect([camelize('add_2fa_to_users'), camelize('admin/user'), underscore('Admin::UserProfile'), underscore('HTTPServer'), tableize('UserProfile'), classify('public.user_addresses')]).toEqual([
      'Add2faToUsers', 'Admin::User', 'admin/user_profile', 'http_server', 'user_profiles', 'UserAddress',
    ]);
  });
});
