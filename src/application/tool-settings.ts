import type { LockTimeout } from '../operations/index.ts';
import { parseDuration } from '../operations/index.ts';
import type { GemSettings } from '../config/tool-settings.ts';
import type { TablePolicy } from '../rules/rule.ts';
import type { LiteralValue } from '../parsers/ruby/literal-value.ts';
import type { RubySetting } from './ruby-settings.ts';

const tools: Readonly<Record<string, string>> = { StrongMigrations: 'strong_migrations', OnlineMigrations: 'online_migrations', 'OnlineMigrations.config': 'online_migrations', SafePgMigrations: 'safe-pg-migrations' };

/** Reads what the initializers of strong_migrations and online_migrations set; `libraries` are the gems of the lock file. */
export function toolSettings(settings: readonly RubySetting[], libraries: ReadonlySet<string>): GemSettings {
  const own = settings.flatMap((setting) => {
    const tool = tools[setting.on.replace(/^::/, '')];
    return tool ? [{ ...setting, tool }] : [];
  });
  const last = (name: string) => own.findLast((setting) => setting.name === name)?.values[0];
  const startAfter = last('start_after');
  const target = last('target_version') ?? last('target_postgresql_version') ?? last('target_mysql_version') ?? last('target_mariadb_version');
  const disabled = own.filter((setting) => setting.name === 'disable_check').flatMap((setting) => (typeof setting.values[0] === 'string' ? [`${setting.tool}/${setting.values[0]}`] : []));
  const byDefault = last('safe_by_default') === true;
  const rewriter = libraries.has('safe-pg-migrations');
  const tables = new Map<string, TablePolicy>(flat(last('small_tables')).map((table) => [table, 'small']));
  const notes: string[] = [];
  if (typeof startAfter === 'number' || typeof startAfter === 'string') notes.push(`"start_after" is ${startAfter}: migrations up to that version are not reported.`);
  if (byDefault) notes.push('strong_migrations runs with "safe_by_default": indexes, foreign keys, check constraints and NOT NULL are made safe by the gem and not reported as blocking.');
  if (rewriter) notes.push('safe-pg-migrations is in Gemfile.lock: indexes, foreign keys, check constraints and NOT NULL are made safe by the gem and not reported as blocking.');
  return {
    startAfter: typeof startAfter === 'number' || typeof startAfter === 'string' ? String(startAfter) : null,
    engineVersion: version(target),
    disabled,
    rewrites: [
      ...(byDefault || rewriter ? ['index', 'index-removal', 'foreign-key', 'check', 'not-null'] as const : []),
      // These drop an invalid index of the same name before they build one.
      ...(rewriter || libraries.has('online_migrations') || last('remove_invalid_indexes') === true ? ['invalid-index'] as const : []),
    ],
    lockTimeout: lockTimeoutOf(settings, libraries),
    tables,
    notes,
  };
}

/** Who sets a lock timeout before every migration, the first that does: with the gem alone, or only once its setting is given. */
const lockTimeouts: readonly { readonly gem: string; readonly setting: RegExp; readonly unit: number; readonly byDefault: number | null }[] = [
  { gem: 'safe-pg-migrations', setting: /^SafePgMigrations\.config\.(?:lock|safe)_timeout$/, unit: 1_000, byDefault: 5_000 },
  { gem: 'online_migrations', setting: /^OnlineMigrations(?:\.config)?\.lock_retrier$/, unit: 1_000, byDefault: 200 },
  { gem: 'activerecord-safer_migrations', setting: /^ActiveRecord::SaferMigrations\.default_lock_timeout$/, unit: 1, byDefault: 750 },
  { gem: 'strong_migrations', setting: /^StrongMigrations\.lock_timeout$/, unit: 1_000, byDefault: null },
  { gem: 'migration-lock-timeout', setting: /^MigrationLockTimeout\.default_timeout$/, unit: 1_000, byDefault: null },
  { gem: 'migration_timeouts', setting: /^MigrationTimeouts\.default_lock_timeout$/, unit: 1_000, byDefault: null },
];

function lockTimeoutOf(settings: readonly RubySetting[], libraries: ReadonlySet<string>): LockTimeout | null {
  for (const { gem, setting, unit, byDefault } of lockTimeouts) {
    const given = settings.findLast(({ on, name }) => setting.test(`${on.replace(/^::/, '')}.${name}`))?.values;
    if (given && given[0] !== null) return { milliseconds: typeof given[0] === 'number' || typeof given[0] === 'string' ? parseDuration(String(given[0]), unit) : null, by: gem };
    if (byDefault !== null && libraries.has(gem)) return { milliseconds: byDefault, by: gem };
  }
  return null;
}

function version(value: LiteralValue): readonly number[] {
  if (typeof value !== 'number' && typeof value !== 'string') return [];
  return String(value).split('.').map(Number).filter(Number.isInteger);
}

function flat(value: LiteralValue): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
