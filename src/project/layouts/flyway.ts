import { join } from 'node:path';
import type { Directory } from '../directory.ts';
import { findAbove } from '../directory.ts';
import { layout, wayBack } from '../layout.ts';
import type { Layout, LeftOut } from '../layout.ts';
import { rankOf, serverNamed } from './server.ts';
import { naturally } from '../naturally.ts';

/** `V1__a.sql` runs once, `U` takes it back, `R__` runs whenever it changed, `B` replaces the history on new databases. */
const name = /^(?:([VUB])(\d[\d._]*)|R)__.*\.sql$/;
/** In refinery `U` is a migration, too, one that need not keep to the order. */
const refineryName = /^([UV])(\d+(?:\.\d+)?)__\w+\.sql$/;

/** So far below its root a migration may lie. */
const deepest = 6;

interface Found { readonly file: string; readonly name: string; readonly version: string }

/**
 * Flyway, and refinery, told by the Cargo.toml: `V1__name.sql` in the directory and below it. Directories named after servers run together with what is
 * common to all (Spring's `{vendor}`): one layout a server.
 */
export function flywayLayouts(directory: Directory): Layout[] {
  if (!isRoot(directory)) return [];
  const cargo = findAbove(directory, 'Cargo.toml');
  const refinery = cargo !== null && /^\s*refinery\b/m.test(cargo.text);
  const common = collect(directory, refinery);
  const own = directory.directories.filter((child) => serverNamed(child) !== null).map((child) => ({ server: serverNamed(child), root: directory.child(child), ...collect(directory.child(child), refinery) }));
  const apart = own.filter(({ found }) => found.length > 0).sort((a, b) => rankOf(a.server) - rankOf(b.server));
  const make = (root: Directory, found: readonly Found[], leftOut: readonly LeftOut[], server: Layout['server']): Layout => layout({
    tool: refinery ? 'refinery' : 'flyway', root: root.path, evidence: refinery ? 'refinery in Cargo.toml' : 'names like "V1__name.sql"', server, leftOut,
    files: [...found].sort((a, b) => naturally(a.version, b.version) || naturally(a.name, b.name)).map(({ file, version }) => ({ file, version })),
  });
  const perServer = apart.map(({ root, found, leftOut, server }) => make(root, [...common.found, ...found], leftOut, server));
  return common.found.length > 0 || perServer.length === 0 ? [...perServer, make(directory, common.found, common.leftOut, null)] : perServer;
}

/** True for a directory with such files, and for one of migrations that has them in its directories only. */
function isRoot(directory: Directory): boolean {
  const has = ({ files }: Directory) => files.some((file) => /^[VB]\d[\d._]*__.*\.sql$/.test(file) || /^U\d+__\w+\.sql$/.test(file));
  return has(directory) || (/^(?:db[-_])?migrations?$/i.test(directory.name) && directory.directories.some((child) => !child.startsWith('.') && has(directory.child(child))));
}

function collect(directory: Directory, refinery: boolean): { readonly found: readonly Found[]; readonly leftOut: readonly LeftOut[] } {
  const found: Found[] = [];
  const leftOut: LeftOut[] = [];
  const visit = (at: Directory, depth: number) => {
    for (const file of at.files) {
      const match = (refinery ? refineryName : name).exec(file);
      if (!match) continue;
      const [, kind = 'R', version = ''] = match;
      const path = join(at.path, file);
      if (kind === 'V' || refinery) found.push({ file: path, name: file, version: version.replaceAll('_', '.').replace(/\.+$/, '') });
      else if (kind === 'U') leftOut.push(wayBack(path));
      else leftOut.push({ file: path, reason: kind === 'R' ? 'a repeatable migration, which runs whenever its text changed' : 'a baseline, which runs on new databases only', told: true });
    }
    for (const child of at.directories) if (depth < deepest && !child.startsWith('.') && serverNamed(child) === null) visit(at.child(child), depth + 1);
  };
  visit(directory, 0);
  return { found, leftOut };
}
