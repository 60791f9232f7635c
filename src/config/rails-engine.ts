import type { Engine, EngineName } from '../operations/index.ts';
import type { DatabaseEntry } from './database-yml.ts';
import type { GemfileLock } from './gemfile-lock.ts';

const adapters: Readonly<Record<string, EngineName>> = {
  postgresql: 'postgres', postgres: 'postgres', postgis: 'postgres', postgresql_makara: 'postgres', cockroachdb: 'postgres', mysql2: 'mysql', mysql: 'mysql', trilogy: 'mysql', mysql2_makara: 'mysql', sqlite3: 'sqlite',
};

const gemsOf: readonly (readonly [gem: string, engine: EngineName])[] = [['pg', 'postgres'], ['activerecord-postgis-adapter', 'postgres'], ['mysql2', 'mysql'], ['trilogy', 'mysql'], ['sqlite3', 'sqlite']];

/** What tells the engine of a Rails application, most certain first; null when nothing does. */
export function railsEngine(entries: readonly DatabaseEntry[], database: string | null, dump: string | null, lock: GemfileLock | null): Engine | null {
  const own = entries.find((entry) => entry.name === (database ?? 'primary')) ?? entries[0];
  const named = own?.adapter ? adapters[own.adapter] : undefined;
  const dumped = dump === null ? null : engineOfDump(dump);
  if (named && (!dumped || dumped.name === named || (named === 'mysql' && dumped.name === 'mariadb'))) {
    return dumped && dumped.version.length > 0 ? dumped : { name: dumped?.name === 'mariadb' ? 'mariadb' : named, version: [], from: 'config/database.yml' };
  }
  if (named) return { name: named, version: [], from: 'config/database.yml' };
  if (dumped) return dumped;
  const gem = gemsOf.find(([name]) => lock?.gems.has(name));
  return gem ? { name: gem[1], version: [], from: 'Gemfile.lock' } : null;
}

/** The engine that wrote a schema dump, with its release where the dump says it (structure.sql does). */
export function engineOfDump(text: string): Engine | null {
  const head = text.slice(0, 20_000);
  const postgres = /^-- Dumped from database version (\d+)(?:\.(\d+))?/m.exec(head);
  if (postgres) return { name: 'postgres', version: postgres[2] ? [Number(postgres[1]), Number(postgres[2])] : [Number(postgres[1])], from: 'structure.sql' };
  if (/PostgreSQL database dump/.test(head)) return { name: 'postgres', version: [], from: 'structure.sql' };
  if (/MariaDB dump/.test(head)) return { name: 'mariadb', version: [], from: 'structure.sql' };
  if (/MySQL dump|ENGINE=InnoDB/.test(head)) return { name: 'mysql', version: [], from: 'structure.sql' };
  if (/^\s*enable_extension\b|\bt\.(?:jsonb|uuid|timestamptz|inet|citext)\b|using: :(?:gin|gist)/m.test(text)) return { name: 'postgres', version: [], from: 'schema.rb' };
  if (/charset: "utf8|options: "ENGINE=|collation: "utf8/.test(text)) return { name: 'mysql', version: [], from: 'schema.rb' };
  return null;
}
