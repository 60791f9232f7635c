import { join } from 'node:path';
import type { SqlTool } from '../../operations/index.ts';
import type { Directory } from '../directory.ts';
import { layout } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { naturally } from './order.ts';

/** Tools whose files hold a marker that no other tool has. */
const markers: readonly { readonly tool: SqlTool; readonly form: RegExp; readonly shown: string; readonly dump?: string }[] = [
  { tool: 'liquibase', form: /^\uFEFF?\s*--\s*liquibase formatted sql\b/i, shown: '--liquibase formatted sql' },
  { tool: 'goose', form: /^--\s*\+goose\s+Up\b/im, shown: '-- +goose Up' },
  { tool: 'dbmate', form: /^--\s*migrate:up\b/m, shown: '-- migrate:up', dump: 'schema.sql' },
  { tool: 'node-pg-migrate', form: /^\s*--[\s-]*up\s+migration\b/im, shown: '-- Up Migration' },
];

/** So many files of a directory are looked into; a directory of migrations has the marker in nearly all. */
const mostHeads = 4;

/** goose, dbmate, Liquibase and node-pg-migrate: told by what the files themselves say. */
export function markedLayout(directory: Directory): Layout | null {
  const files = directory.files.filter((file) => /\.sql$/i.test(file));
  if (files.length === 0) return null;
  const step = Math.max(1, Math.floor(files.length / mostHeads));
  const tried = files.filter((_, at) => at % step === 0).slice(0, mostHeads).map((file) => directory.head(file));
  const found = markers.find(({ form }) => tried.some((head) => form.test(head)));
  if (!found) return null;
  const own = files.filter((file) => found.form.test(directory.head(file))).sort(naturally);
  return layout({
    tool: found.tool, root: directory.path, evidence: `the marker "${found.shown}"`,
    files: own.map((file) => ({ file: join(directory.path, file), version: /^\d+/.exec(file)?.[0] ?? null })),
    leftOut: files.filter((file) => !own.includes(file)).map((file) => ({ file: join(directory.path, file), reason: `a file without the marker "${found.shown}"` })),
    dumps: found.dump && directory.parent ? [join(directory.parent.path, found.dump), join(directory.path, found.dump)] : [],
  });
}
