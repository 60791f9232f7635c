import { join } from 'node:path';
import type { EngineName, SqlTool } from '../../operations/index.ts';
import type { Directory } from '../directory.ts';
import { findAbove } from '../directory.ts';
import { layout } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { dialectOf } from './dialect.ts';
import { naturally } from './order.ts';

const flywayName = /^([VBUR])([\d._]*)__.+\.sql$/i;

/** Flyway (and refinery, told by the Cargo.toml): `V1__name.sql` in the directory and below it. */
export function flywayLayout(directory: Directory): Layout | null {
  if (!directory.files.some((file) => /^[VB]\d[\d._]*__.+\.sql$/.test(file))) return null;
  const cargo = findAbove(directory, 'Cargo.toml');
  const refinery = cargo !== null && /^\s*refinery\b/m.test(cargo.text);
  const found: { file: string; name: string; version: string }[] = [];
  const leftOut: { file: string; reason: string }[] = [];
  const visit = (at: Directory, depth: number) => {
    for (const name of at.files) {
      const match = flywayName.exec(name);
      if (!match) continue;
      const file = join(at.path, name);
      const [, kind = '', version = ''] = match;
      if (/^V/i.test(kind) && version) found.push({ file, name, version: version.replaceAll('_', '.') });
      else leftOut.push({ file, reason: /^U/i.test(kind) ? 'the way back of a migration' : /^R/i.test(kind) ? 'a repeatable migration' : 'a baseline, which runs on new databases only' });
    }
    for (const name of at.directories) if (depth < 6 && !name.startsWith('.') && dialectOf(name) === null) visit(at.child(name), depth + 1);
  };
  visit(directory, 0);
  found.sort((a, b) => naturally(a.version, b.version) || naturally(a.name, b.name));
  return layout({ tool: refinery ? 'refinery' : 'flyway', root: directory.path, evidence: refinery ? 'refinery in Cargo.toml' : 'names like "V1__name.sql"', files: found.map(({ file, version }) => ({ file, version })), leftOut });
}

const pairedName = /^(.+?)(?:\.(postgres(?:ql)?|pg|mysql|mariadb|sqlite3?|cockroach(?:db)?))?(\.autocommit)?\.(up|down)\.sql$/i;

/** Tools with `name.up.sql` and `name.down.sql`: golang-migrate, sqlx, pop; one layout a server where names tell servers apart. */
export function pairedLayouts(directory: Directory): Layout[] {
  const files = directory.files.flatMap((file) => {
    const match = pairedName.exec(file);
    return match ? [{ file, key: match[1] ?? '', dialect: match[2] ? dialectOf(match[2]) : null, up: /^up$/i.test(match[4] ?? '') }] : [];
  });
  if (!files.some(({ up }) => up)) return [];
  const [tool, evidence] = pairedTool(directory, files.some(({ dialect }) => dialect !== null));
  const dialects = new Set(files.flatMap(({ dialect }) => dialect ?? []));
  const leftOut = files.filter(({ up }) => !up).map(({ file }) => ({ file: join(directory.path, file), reason: 'the way back of a migration' }));
  const make = (dialect: EngineName | 'other' | null, own: typeof files): Layout => layout({
    tool, root: directory.path, evidence, dialect, leftOut,
    files: own.sort((a, b) => naturally(a.key, b.key)).map(({ file, key }) => ({ file: join(directory.path, file), version: /^V?(\d+)/i.exec(key)?.[1] ?? null })),
  });
  const ups = files.filter(({ up }) => up);
  if (dialects.size === 0) return [make(null, ups)];
  return [...dialects].sort((a, b) => rank(a) - rank(b)).map((dialect) => {
    const special = new Set(ups.filter((file) => file.dialect === dialect).map(({ key }) => key));
    return make(dialect, ups.filter((file) => file.dialect === dialect || (file.dialect === null && !special.has(file.key))));
  });
}

/** Postgres first: a file that is for all servers is reported with the first of them. */
function rank(dialect: EngineName | 'other'): number {
  return ['postgres', 'mysql', 'mariadb', 'sqlite', 'other'].indexOf(dialect);
}

function pairedTool(directory: Directory, perServer: boolean): [SqlTool, string] {
  const cargo = findAbove(directory, 'Cargo.toml');
  if (cargo && /\bsqlx\b/.test(cargo.text)) return ['sqlx', 'sqlx in Cargo.toml'];
  const go = findAbove(directory, 'go.mod');
  if (perServer || (go && /\b(?:gobuffalo|ory)\/(?:pop|x)\b/.test(go.text) && !/golang-migrate/.test(go.text))) return ['pop', 'names like "1_name.postgres.up.sql"'];
  if (go && !/golang-migrate/.test(go.text)) return ['sql', 'names like "1_name.up.sql"'];
  return ['golang-migrate', 'names like "1_name.up.sql"'];
}
