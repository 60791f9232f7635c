import { describe, expect, it } from 'vitest';
import { parseDatabaseYml } from '../../src/config/database-yml.ts';
import { parseGemfileLock } from '../../src/config/gemfile-lock.ts';
import { parseConfig } from '../../src/config/load.ts';
import { railsEngine } from '../../src/config/rails-engine.ts';

const fails = (text: string) => {
  try {
    parseConfig(text, '.anzen.yml');
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

describe('parseConfig', () => {
  it('reads every setting', () => {
    const config = parseConfig('extends: strict\nengine: mysql\nengineVersion: 8.0\nrules:\n  drop-column: warn\n  rename-column: [error, {a: 1}]\npaths: [db/migrate]\nignorePatterns: ["db/migrate/2019*"]\nstartAfter: 20200101000000\ntables: {small: [settings], hot: [events]}\n', '.anzen.yml');
    expect(config.engine).toMatchObject({ name: 'mysql', version: [8] });
    expect(config.rules.get('drop-column')).toEqual({ severity: 'warn', options: {} });
    expect(config.rules.get('rename-column')).toEqual({ severity: 'error', options: { a: 1 } });
    expect(config.startAfter).toBe('20200101000000');
    expect([...config.tables]).toEqual([['settings', 'small'], ['events', 'hot']]);
  });

  it('reads JSON, and an empty file', () => {
    expect(parseConfig('{ "rules": { "drop-table": "off" } }', '.anzen.json').rules.get('drop-table')?.severity).toBe('off');
    expect(parseConfig('', '.anzen.yml').rules.size).toBe(0);
  });

  it.each([
    ['rulez:\n  a: off\n', '.anzen.yml:1:1: "rulez" is not a setting. Did you mean "rules"?'],
    ['engine: postgres\nrules:\n  drop-colum: off\n', '.anzen.yml:3:3: "drop-colum" is not a rule. Did you mean "drop-column"?'],
    ['rules:\n  drop-column: loud\n', '.anzen.yml:2:3: "rules.drop-column" has a wrong value. Expected a severity ("error", "warn", "notice" or "off") or a pair of a severity and options.'],
    ['engine: oracle\n', '.anzen.yml:1:1: "engine" has a wrong value. Expected "postgres", "mysql", "mariadb" or "sqlite".'],
    ['tables:\n  tiny: [a]\n', '.anzen.yml:2:3: "tiny" is not a setting. Known settings are small, large, hot, wide.'],
    ['- a\n', '.anzen.yml:1:1: expected settings, such as "engine: postgres".'],
    ['rules: [\n', /^\.anzen\.yml:\d+:\d+: /],
  ])('says where and what is wrong in %j', (text, message) => {
    if (typeof message === 'string') expect(fails(text)).toBe(message);
    else expect(fails(text)).toMatch(message);
  });
});

describe('what a Rails application says', () => {
  it('gets the engine from database.yml without running its ERB', () => {
    const entries = parseDatabaseYml('default: &d\n  adapter: <%= ENV["X"] || "pg" %>\n  pool: <%= 5 %>\n<% if foo %>\nproduction:\n  <<: *d\n  adapter: trilogy\n  variables:\n    lock_timeout: 5s\n');
    expect(entries).toMatchObject([{ name: 'primary', adapter: 'trilogy' }]);
    expect(railsEngine(entries, null, null, null)).toMatchObject({ name: 'mysql', from: 'config/database.yml' });
  });

  it('tells several databases apart', () => {
    const entries = parseDatabaseYml('production:\n  primary:\n    adapter: postgresql\n  animals:\n    adapter: mysql2\n    migrations_paths: db/animals_migrate\n');
    expect(railsEngine(entries, 'animals', null, null)?.name).toBe('mysql');
    expect(railsEngine(entries, null, null, null)?.name).toBe('postgres');
  });

  it('gets the release from structure.sql and the gems from the lock file', () => {
    expect(railsEngine([], null, '--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 15.4 (Debian)\n', null)).toMatchObject({ name: 'postgres', version: [15, 4] });
    const lock = parseGemfileLock('GEM\n  specs:\n    activerecord (7.1.3.2)\n      activemodel (= 7.1.3.2)\n    mysql2 (0.5.6)\n');
    expect(lock.railsVersion).toEqual([7, 1, 3, 2]);
    expect(railsEngine([], null, null, lock)?.name).toBe('mysql');
  });

  it('shrugs at what is not YAML', () => {
    expect(parseDatabaseYml('a: [')).toEqual([]);
    expect(parseDatabaseYml('just text')).toEqual([]);
  });
});
