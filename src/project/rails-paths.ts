import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isInside } from './directory.ts';
import { databaseOf, nearest, setRoot } from './discover.ts';
import { readText } from './read.ts';

/** What a directory of Rails migrations belongs to. */
export interface RailsPlace {
  /** The directory that names the set and holds its dump, absolute: the application's `db`. */
  readonly root: string;
  /** The database's name in `config/database.yml`; null for the primary one. */
  readonly database: string | null;
  /** The directories that are run together with it by the settings; null where it is left to the names of directories. */
  readonly together: readonly string[] | null;
}

/** Tells where directories of migrations belong: by `migrations_paths` of `config/database.yml`, else by their names. */
export interface RailsPaths {
  placeOf(directory: string): RailsPlace;
  /** The directories that the settings name and that are there, absolute. */
  readonly named: readonly string[];
}

/** Reads the settings of the applications (absolute paths of their roots) whose database.yml names paths. Nothing outside of `top` is read. */
export async function railsPaths(applications: readonly string[], top: string): Promise<RailsPaths> {
  const places = new Map<string, RailsPlace>();
  for (const application of new Set(applications)) {
    const file = join(application, 'config', 'database.yml');
    const text = existsSync(file) ? readText(file, file, top) : null;
    // Most name none, and a reader of YAML takes its time.
    if (!text || !('source' in text) || !text.source.text.includes('migrations_paths')) continue;
    const { parseDatabaseYml } = await import('../config/database-yml.ts');
    for (const { name, migrationsPaths } of parseDatabaseYml(text.source.text)) {
      const together = migrationsPaths.map((path) => resolve(application, path)).filter((path) => isInside(path, top));
      const database = name === 'primary' ? null : name;
      for (const path of together) if (!places.has(path)) places.set(path, { root: join(application, 'db'), database, together });
    }
  }
  const ofPath = (directory: string): RailsPlace | undefined => {
    for (let at = directory; ; at = dirname(at)) {
      const place = places.get(at);
      if (place ?? dirname(at) === at) return place;
    }
  };
  return {
    placeOf: (directory) => (places.size > 0 ? ofPath(directory) : undefined) ?? { root: setRoot(directory), database: databaseOf(directory), together: null },
    named: [...places.keys()].filter((path) => existsSync(path)),
  };
}

/** The applications that directories (absolute) lie in: the nearest ones with a `config/database.yml`. Nothing above `top` is looked at. */
export function applicationsOf(directories: readonly string[], top: string): readonly string[] {
  return [...new Set(directories)].flatMap((directory) => nearest(directory, top, (at) => existsSync(join(at, 'config', 'database.yml'))) ?? []);
}
