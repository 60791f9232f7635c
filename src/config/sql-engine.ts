import type { EngineName } from '../operations/index.ts';

const signs: readonly (readonly [engine: EngineName, form: RegExp])[] = [
  ['mysql', /`\w+`|\bENGINE\s*=|\bAUTO_INCREMENT\b|^\s*DELIMITER\s|\bUNSIGNED\b|\bTINYINT\b|\bLONGTEXT\b|\bMEDIUMTEXT\b|\bON\s+UPDATE\s+CURRENT_TIMESTAMP|\bCHARACTER\s+SET\b|\b(?:MODIFY|CHANGE)\s+COLUMN\b|\bDATETIME\b/gim],
  ['postgres', /\$\w*\$|\w::\w|\bCONCURRENTLY\b|\b(?:BIG|SMALL)?SERIAL\b|\bTIMESTAMPTZ\b|\bJSONB\b|\bUSING\s+(?:btree|gin|gist|brin)\b|\bCREATE\s+(?:EXTENSION|SEQUENCE|DOMAIN)\b|\bCREATE\s+TYPE\b|\bALTER\s+COLUMN\s+\S+\s+(?:SET|DROP|TYPE)\b|\bNOT\s+VALID\b|\bBYTEA\b|\bplpgsql\b|\bgen_random_uuid\b|\bALTER\s+TABLE\s+ONLY\b|\bTEXT\[\]|\bTIMESTAMP\(\d\)\s+(?:NOT|WITH)/gim],
  ['sqlite', /\bAUTOINCREMENT\b|\bPRAGMA\b|\bWITHOUT\s+ROWID\b|\bsqlite_\w+/gim],
];

/** The engine that texts of SQL are written for, by words that only one of them knows; null when they are silent or evenly divided. */
export function engineByWords(texts: readonly string[]): EngineName | null {
  const votes = new Map<EngineName, number>();
  for (const text of texts) {
    // Comments say little about the dialect and much about other servers.
    const code = text.slice(0, 50_000).replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ').replace(/'[^'\n]*'/g, "''");
    for (const [engine, form] of signs) votes.set(engine, (votes.get(engine) ?? 0) + Math.min(code.match(form)?.length ?? 0, 20));
  }
  // SQLite understands backticks, too, and Drizzle writes them.
  if ((votes.get('sqlite') ?? 0) > 0 && (votes.get('postgres') ?? 0) === 0) return 'sqlite';
  const [first, second] = [...votes].sort((a, b) => b[1] - a[1]);
  if (!first || first[1] === 0) return null;
  return first[1] > 2 * (second?.[1] ?? 0) ? first[0] : null;
}

const urls: readonly (readonly [engine: EngineName, form: RegExp])[] = [
  ['postgres', /\bpostgres(?:ql)?:\/\/|jdbc:postgresql:|\bimage:\s*["']?(?:[\w./-]*\/)?(?:postgres|postgis|pgvector)\b|^\s*(?:provider|dialect|driver|engine)\s*[:=]\s*["'`]?(?:postgres(?:ql)?|pg)\b|"pg"\s*:|\blib\/pq\b|\bjackc\/pgx\b|features\s*=\s*\[[^\]]*"postgres"/m],
  ['mysql', /\bmysql:\/\/|jdbc:mysql:|\bimage:\s*["']?(?:[\w./-]*\/)?mysql\b|^\s*(?:provider|dialect|driver|engine)\s*[:=]\s*["'`]?mysql\b|"mysql2"\s*:|\bgo-sql-driver\/mysql\b|features\s*=\s*\[[^\]]*"mysql"/m],
  ['mariadb', /\bmariadb:\/\/|jdbc:mariadb:|\bimage:\s*["']?(?:[\w./-]*\/)?mariadb\b/m],
  ['sqlite', /\bsqlite:(?:\/\/)?|jdbc:sqlite:|^\s*(?:provider|dialect|driver|engine)\s*[:=]\s*["'`]?sqlite\b|"better-sqlite3"\s*:|\bgo-sqlite3\b|\bmodernc\.org\/sqlite\b|features\s*=\s*\[[^\]]*"sqlite"/m],
];

/** The engine that a settings or manifest file speaks of; null when it speaks of none or of several. */
export function engineBySettings(text: string): EngineName | null {
  const found = urls.filter(([, form]) => form.test(text)).map(([engine]) => engine);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Names of files that say which server a project has, most telling first. */
export const engineFiles: readonly string[] = [
  'schema.prisma', 'drizzle.config.ts', 'drizzle.config.js', 'flyway.conf', 'flyway.toml', 'atlas.hcl', 'dbconfig.yml', 'diesel.toml', '.env', '.env.example', '.env.sample', 'docker-compose.yml', 'docker-compose.yaml', 'compose.yaml', 'compose.yml',
  'Cargo.toml', 'go.mod', 'package.json',
];
