import { join } from 'node:path';
import type { SqlTool } from '../../operations/index.ts';
import type { Directory } from '../directory.ts';
import { findAbove } from '../directory.ts';
import { layout, wayBack } from '../layout.ts';
import type { Layout, Server } from '../layout.ts';
import { byName, naturally } from '../naturally.ts';
import { rankOf, serverNamed } from './server.ts';

const pairedName = /^(V?\d.*?)(?:\.(postgres(?:ql)?|pg|mysql|mariadb|sqlite3?|cockroach(?:db)?))?(\.autocommit)?\.(up|down)\.sql$/i;

interface Paired { readonly file: string; readonly key: string; readonly server: Server | null; readonly up: boolean }

/** Tools with `1_name.up.sql` and `1_name.down.sql`: golang-migrate, sqlx, pop, Hasura's first layout; one layout a server where names tell servers apart. */
export function pairedLayouts(directory: Directory): Layout[] {
  const files = directory.files.flatMap((file): Paired[] => {
    const match = pairedName.exec(file);
    return match ? [{ file, key: match[1] ?? '', server: match[2] ? serverNamed(match[2]) : null, up: /^up$/i.test(match[4] ?? '') }] : [];
  });
  const ups = files.filter(({ up }) => up);
  if (ups.length === 0) return [];
  const servers = new Map(files.flatMap(({ server }) => (server ? [[server.engine ?? server.name, server] as const] : [])));
  const [tool, evidence] = toolOf(directory, servers.size > 0, ups);
  const make = (own: readonly Paired[], server: Server | null, leftOut: readonly Paired[]): Layout => layout({
    tool, root: directory.path, evidence, server: tool === 'hasura' ? serverNamed('postgres') : server, leftOut: leftOut.map(({ file }) => wayBack(join(directory.path, file))),
    files: [...own].sort((a, b) => (tool === 'pop' ? byName : naturally)(a.key, b.key)).map(({ file, key }) => ({ file: join(directory.path, file), version: /^V?(\d+)/i.exec(key)?.[1] ?? null })),
  });
  const downs = files.filter(({ up }) => !up);
  if (servers.size === 0) return [make(ups, null, downs)];
  const isFor = (file: Paired, server: Server) => file.server !== null && (file.server.engine ?? file.server.name) === (server.engine ?? server.name);
  return [...servers.values()].sort((a, b) => rankOf(a) - rankOf(b)).map((server, at) => {
    const special = new Set(ups.filter((file) => isFor(file, server)).map(({ key }) => key));
    return make(ups.filter((file) => isFor(file, server) || (file.server === null && !special.has(file.key))), server, at === 0 ? downs : []);
  });
}

const names = 'names like "1_name.up.sql"';

/** Go's runners with such names whose rules are not known here. */
const otherRunners = /\buptrace\/bun\b|\bgo-pg\/migrations\b|\bmattermost\/morph\b|\bgolang-migrate\b/;

/** Files beside a go.mod that say how the command line of golang-migrate is called. */
const recipes: readonly string[] = ['Makefile', 'makefile', 'GNUmakefile', 'Taskfile.yml', 'Taskfile.yaml', 'justfile', 'Justfile', 'Dockerfile', 'docker-compose.yml', 'docker-compose.yaml', 'compose.yml', 'compose.yaml', 'README.md'];

function toolOf(directory: Directory, perServer: boolean, ups: readonly Paired[]): [SqlTool, string] {
  const cargo = findAbove(directory, 'Cargo.toml');
  if (cargo && /\bsqlx\b/.test(cargo.text)) return ['sqlx', 'sqlx in Cargo.toml'];
  const go = findAbove(directory, 'go.mod');
  if (perServer || (go && /\b(?:gobuffalo|ory)\/(?:pop|x)\b/.test(go.text) && !otherRunners.test(go.text))) return ['pop', 'names like "1_name.postgres.up.sql"'];
  if (go) {
    if (/\bgolang-migrate\b/.test(go.text)) return ['golang-migrate', 'golang-migrate in go.mod'];
    const recipe = otherRunners.test(go.text) ? undefined : recipes.find((file) => go.directory.has(file) && /\bgolang-migrate\b|\bmigrate\/migrate\b|\bmigrate\s+(?:-path|-database|-source|create\s+-)/.test(go.directory.whole(file)));
    return recipe ? ['golang-migrate', `golang-migrate in ${recipe}`] : ['sql', names];
  }
  if (ups.every(({ key }) => /^\d{13}_/.test(key)) && /^\s*(?:metadata_directory|actions|admin_secret)\s*:/m.test(findAbove(directory, 'config.yaml')?.text ?? '')) return ['hasura', 'config.yaml'];
  return ['golang-migrate', names];
}
