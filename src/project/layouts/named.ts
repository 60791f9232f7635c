import { join } from 'node:path';
import type { SqlTool } from '../../operations/index.ts';
import type { Directory } from '../directory.ts';
import { findAbove } from '../directory.ts';
import { layout, wayBack } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { byName, naturally } from '../naturally.ts';
import { numbered } from './numbered.ts';
import { serverNamed } from './server.ts';

/** Atlas: `atlas.sum` lies beside the files. Those of another tool's layout that Atlas applies are told by that layout. */
export function atlasLayout(directory: Directory): Layout | null {
  if (!directory.has('atlas.sum')) return null;
  const files = directory.files.filter((file) => file.endsWith('.sql'));
  const down = files.filter((file) => file.endsWith('.down.sql'));
  const checkpoints = new Set(files.filter((file) => /^-- atlas:checkpoint\b/m.test(directory.head(file))));
  return layout({
    tool: 'atlas', root: directory.path, evidence: 'atlas.sum', files: numbered(directory, files.filter((file) => !file.endsWith('.down.sql') && !checkpoints.has(file)), byName),
    leftOut: [...down.map((file) => wayBack(join(directory.path, file))), ...[...checkpoints].map((file) => ({ file: join(directory.path, file), reason: 'a checkpoint, which runs on new databases only', told: true }))],
  });
}

/** Supabase: `supabase/migrations`. */
export function supabaseLayout(directory: Directory): Layout | null {
  if (directory.name !== 'migrations' || directory.parent?.name !== 'supabase') return null;
  const files = directory.files.filter((file) => /^\d+_.*\.sql$/.test(file));
  return files.length === 0 ? null : layout({ tool: 'supabase', root: directory.path, evidence: 'the directory "supabase/migrations"', server: serverNamed('postgres'), files: numbered(directory, files, byName) });
}

/** graphile-migrate: `committed/` beside `current.sql` or `current/`. */
export function graphileLayout(directory: Directory): Layout | null {
  if (!directory.directories.includes('committed')) return null;
  const committed = directory.child('committed');
  const files = committed.files.filter((file) => /^\d+.*\.sql$/.test(file));
  const hasCurrent = directory.has('current.sql') || directory.directories.includes('current');
  if (!hasCurrent && !files.some((file) => /^--! ?Previous:/m.test(committed.head(file)))) return null;
  const current = directory.has('current.sql')
    ? [join(directory.path, 'current.sql')]
    : directory.directories.includes('current') ? directory.child('current').files.filter((file) => file.endsWith('.sql')).sort(naturally).map((file) => join(directory.path, 'current', file)) : [];
  return layout({ tool: 'graphile-migrate', root: directory.path, evidence: 'the directory "committed"', server: serverNamed('postgres'), files: [...numbered(committed, files, byName), ...current.map((file) => ({ file, version: null }))] });
}

/** db-migrate: `sqls/*-up.sql`, named by the JavaScript file that runs them. */
export function dbMigrateLayout(directory: Directory): Layout | null {
  if (directory.name !== 'sqls') return null;
  const up = directory.files.filter((file) => /^\d+-.*-up\.sql$/.test(file));
  if (up.length === 0) return null;
  return layout({
    tool: 'db-migrate', root: directory.path, evidence: 'the directory "sqls"', files: numbered(directory, up, byName),
    leftOut: directory.files.filter((file) => /-down\.sql$/.test(file)).map((file) => wayBack(join(directory.path, file))),
  });
}

const downName = /[._-](?:down|undo|revert|rollback)\.sql$|^[Vv]?\d+\.undo\./i;

/** Numbered files in a directory named like one of migrations: sqlx or node-pg-migrate where a manifest says so, else nobody's. */
export function plainLayout(directory: Directory): Layout | null {
  if (!/^(?:db[-_])?(?:sql[-_])?migrat(?:ions?|e)$/i.test(directory.name) && !/^migrations?$/i.test(directory.parent?.name ?? '')) return null;
  const files = directory.files.filter((file) => /^[Vv]?\d+.*\.sql$/.test(file));
  // Beside migrations in Ruby such files are what those read.
  if (files.length === 0 || directory.files.some((file) => /^\d+_\w+\.rb$/.test(file))) return null;
  const [tool, evidence] = plainTool(directory);
  const code = tool === 'sql' ? codeBeside(directory) : new Map<string, string>();
  const run = (file: string) => code.get(file.replace(/\.sql$/, ''));
  return layout({
    tool, root: directory.path, evidence, files: numbered(directory, files.filter((file) => !downName.test(file) && !run(file))),
    leftOut: [
      ...files.filter((file) => downName.test(file)).map((file) => wayBack(join(directory.path, file))),
      ...files.filter((file) => !downName.test(file) && run(file)).map((file) => ({ file: join(directory.path, file), reason: `a part of "${run(file) ?? ''}", which runs it`, told: true })),
    ],
  });
}

/** Migrations in a programming language, by their names without the ending. */
function codeBeside(directory: Directory): Map<string, string> {
  return new Map(directory.files.flatMap((file): [string, string][] => {
    const stem = /^(\d.*)\.(?:[cm]?[jt]s|py|php|go|kts?|java|cs|exs?)$/.exec(file)?.[1];
    return stem ? [[stem, file]] : [];
  }));
}

function plainTool(directory: Directory): [SqlTool, string] {
  const cargo = findAbove(directory, 'Cargo.toml');
  if (cargo && /\bsqlx\b/.test(cargo.text)) return ['sqlx', 'sqlx in Cargo.toml'];
  const manifest = findAbove(directory, 'package.json');
  if (manifest && /"node-pg-migrate"\s*:/.test(manifest.text)) return ['node-pg-migrate', 'node-pg-migrate in package.json'];
  return ['sql', ''];
}
