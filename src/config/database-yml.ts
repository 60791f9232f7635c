import { parse } from 'yaml';

/** The databases that a Rails `config/database.yml` names for production (or the first environment that says). */
export interface DatabaseEntry {
  /** `primary` when there is only one. */
  readonly name: string;
  readonly adapter: string | null;
  readonly migrationsPaths: readonly string[];
  /** `variables:` sent at connect, lower-case names: `lock_timeout`, `statement_timeout`, `sql_mode`. */
  readonly variables: ReadonlyMap<string, string>;
}

/** Reads database.yml. ERB tags are blanked out, never run. A file that is not YAML gives nothing. */
export function parseDatabaseYml(text: string): readonly DatabaseEntry[] {
  let document: unknown;
  try {
    document = parse(withoutErb(text), { merge: true, maxAliasCount: 100, logLevel: 'silent' });
  } catch {
    return [];
  }
  if (!isRecord(document)) return [];
  for (const environment of ['production', 'staging', 'development', 'default', 'test', ...Object.keys(document)]) {
    const section = document[environment];
    if (!isRecord(section)) continue;
    if ('adapter' in section || 'url' in section) return [entry('primary', section)];
    const entries = Object.entries(section).flatMap(([name, value]) => (isRecord(value) && ('adapter' in value || 'url' in value) ? [entry(name, value)] : []));
    if (entries.length > 0) return entries;
  }
  return [];
}

function withoutErb(text: string): string {
  return text.replace(/<%=[\s\S]*?%>/g, 'erb').replace(/^[^\n]*<%[\s\S]*?%>[^\n]*$/gm, '');
}

function entry(name: string, section: Record<string, unknown>): DatabaseEntry {
  const url = typeof section['url'] === 'string' ? /^(\w+):/.exec(section['url'])?.[1] : undefined;
  const adapter = typeof section['adapter'] === 'string' && section['adapter'] !== 'erb' ? section['adapter'] : (url ?? null);
  const paths = section['migrations_paths'];
  const variables = isRecord(section['variables']) ? section['variables'] : {};
  return {
    name,
    adapter,
    migrationsPaths: typeof paths === 'string' ? [paths] : Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [],
    variables: new Map(Object.entries(variables).map(([key, value]) => [key.toLowerCase(), String(value)])),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
