import { join } from 'node:path';
import type { SqlTool } from '../../operations/index.ts';
import type { Directory } from '../directory.ts';
import { findAbove } from '../directory.ts';
import { layout } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { naturally } from './order.ts';

/** Atlas: `atlas.sum` lies beside the files. */
export function atlasLayout(directory: Directory): Layout | null {
  if (!directory.files.includes('atlas.sum')) return null;
  const files = directory.files.filter((file) => file.endsWith('.sql'));
  const down = files.filter((file) => file.endsWith('.down.sql'));
  return layout({
    tool: 'atlas', root: directory.path, evidence: 'atlas.sum', files: numbered(directory, files.filter((file) => !down.includes(file))),
    leftOut: down.map((file) => ({ file: join(directory.path, file), reason: 'the way back of a migration' })),
  });
}

/** Supabase: `supabase/migrations`. */
export function supabaseLayout(directory: Directory): Layout | null {
  if (directory.name !== 'migrations' || directory.parent?.name !== 'supabase') return null;
  const files = directory.files.filter((file) => /^\d+_.*\.sql$/.test(file));
  return files.length === 0 ? null : layout({ tool: 'supabase', root: directory.path, evidence: 'the directory "supabase/migrations"', dialect: 'postgres', files: numbered(directory, files) });
}

/** graphile-migrate: `committed/` beside `current.sql` or `current/`. */
export function graphileLayout(directory: Directory): Layout | null {
  if (!directory.directories.includes('committed')) return null;
  const committed = directory.child('committed');
  const files = committed.files.filter((file) => /^\d+.*\.sql$/.test(file));
  const hasCurrent = directory.files.includes('current.sql') || directory.directories.includes('current');
  if (!hasCurrent && !files.some((file) => /^--! ?Previous:/m.test(committed.head(file)))) return null;
  const current = directory.files.includes('current.sql')
    ? [join(directory.path, 'current.sql')]
    : directory.directories.includes('current') ? directory.child('current').files.filter((file) => file.endsWith('.sql')).sort(naturally).map((file) => join(directory.path, 'current', file)) : [];
  return layout({ tool: 'graphile-migrate', root: directory.path, evidence: 'the directory "committed"', dialect: 'postgres', files: [...numbered(committed, files), ...current.map((file) => ({ file, version: null }))] });
}

/** sqitch: `sqitch.plan` gives the order of the files in `deploy/`. */
export function sqitchLayout(directory: Directory): Layout | null {
  if (!directory.files.includes('sqitch.plan')) return null;
  const configured = /^\s*top_dir\s*=\s*(\S+)/m.exec(directory.files.includes('sqitch.conf') ? directory.head('sqitch.conf') : '')?.[1] ?? '.';
  const top = configured === '.' || configured.includes('..') || configured.startsWith('/') ? directory : directory.child(configured);
  if (!top.directories.includes('deploy')) return null;
  const plan = directory.whole('sqitch.plan').split(/\r?\n/).flatMap((line) => /^([^\s%#@][^\s@]*)/.exec(line)?.[1] ?? []);
  const deploy = top.child('deploy');
  const names = [...new Set(plan)].filter((name) => !name.includes('..') && deploy.files.includes(`${name}.sql`));
  const engine = /^\s*engine\s*=\s*(\w+)/m.exec(directory.files.includes('sqitch.conf') ? directory.head('sqitch.conf') : '')?.[1];
  const others = (name: 'revert' | 'verify') => (top.directories.includes(name) ? top.child(name).files.map((file) => ({ file: join(top.path, name, file), reason: name === 'revert' ? 'the way back of a migration' : 'a check of a migration' })) : []);
  return layout({
    tool: 'sqitch', root: directory.path, evidence: 'sqitch.plan', dialect: engine === 'pg' ? 'postgres' : engine === 'mysql' ? 'mysql' : engine === 'sqlite' ? 'sqlite' : engine ? 'other' : null,
    files: names.map((name) => ({ file: join(deploy.path, `${name}.sql`), version: null })),
    leftOut: [...others('revert'), ...others('verify')],
  });
}

/** db-migrate: `sqls/*-up.sql`, named by the JavaScript file that runs them. */
export function dbMigrateLayout(directory: Directory): Layout | null {
  if (directory.name !== 'sqls') return null;
  const up = directory.files.filter((file) => /^\d+-.*-up\.sql$/.test(file));
  if (up.length === 0) return null;
  return layout({
    tool: 'db-migrate', root: directory.path, evidence: 'the directory "sqls"', files: numbered(directory, up),
    leftOut: directory.files.filter((file) => /-down\.sql$/.test(file)).map((file) => ({ file: join(directory.path, file), reason: 'the way back of a migration' })),
  });
}

/** Numbered files in a directory named like one of migrations: sqlx or node-pg-migrate where a manifest says so, else nobody's. */
export function plainLayout(directory: Directory): Layout | null {
  if (!/^(?:db[-_])?(?:sql[-_])?migrat(?:ions?|e)$/i.test(directory.name) && !/^migrations?$/i.test(directory.parent?.name ?? '')) return null;
  const files = directory.files.filter((file) => /^[Vv]?\d+.*\.sql$/.test(file));
  if (files.length === 0) return null;
  const down = files.filter((file) => /[._-](?:down|undo|revert|rollback)\.sql$/i.test(file));
  const [tool, evidence] = plainTool(directory);
  return layout({
    tool, root: directory.path, evidence, files: numbered(directory, files.filter((file) => !down.includes(file))),
    leftOut: down.map((file) => ({ file: join(directory.path, file), reason: 'the way back of a migration' })),
  });
}

function plainTool(directory: Directory): [SqlTool, string] {
  const cargo = findAbove(directory, 'Cargo.toml');
  if (cargo && /\bsqlx\b/.test(cargo.text)) return ['sqlx', 'sqlx in Cargo.toml'];
  const manifest = findAbove(directory, 'package.json');
  if (manifest && /"node-pg-migrate"\s*:/.test(manifest.text)) return ['node-pg-migrate', 'node-pg-migrate in package.json'];
  return ['sql', 'numbered files'];
}

function numbered(directory: Directory, files: readonly string[]) {
  return [...files].sort(naturally).map((file) => ({ file: join(directory.path, file), version: /^[Vv]?(\d+)/.exec(file)?.[1] ?? null }));
}
