import { join } from 'node:path';
import type { SqlTool } from '../../operations/index.ts';
import type { Directory } from '../directory.ts';
import { layout } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { byName, naturally } from '../naturally.ts';
import { numbered } from './numbered.ts';

interface Mark {
  readonly tool: SqlTool;
  readonly form: RegExp;
  readonly shown: string;
  /** A dump of the schema in the directory or above it. */
  readonly dump?: string;
  /** The tool runs files without the marker as well. */
  readonly optional?: boolean;
  /** The tool goes by the names, not by the numbers in them. */
  readonly byName?: boolean;
}

/** Tools whose files hold a marker that no other tool has. The last two are tools without rules of their own here: their markers still tell up from down. */
const marks: readonly Mark[] = [
  { tool: 'liquibase', form: /^\s*--\s*liquibase\s*formatted\b/i, shown: '--liquibase formatted sql', byName: true },
  { tool: 'goose', form: /^--\s*\+goose\s+Up\b/im, shown: '-- +goose Up' },
  { tool: 'dbmate', form: /^--\s*migrate:up\b/m, shown: '-- migrate:up', dump: 'schema.sql', byName: true },
  { tool: 'node-pg-migrate', form: /^\s*--[\s-]*up\s+migration\b/im, shown: '-- Up Migration', optional: true },
  { tool: 'sql', form: /^--\s*\+migrate\s+Up\b/im, shown: '-- +migrate Up' },
  { tool: 'sql', form: /^---- create above \/ drop below ----/m, shown: '---- create above / drop below ----', optional: true },
];

/** So many files of a directory are looked into; a directory of migrations has the marker in nearly all. */
const mostHeads = 4;

/** goose, dbmate, Liquibase, node-pg-migrate and others: told by what the files themselves say. */
export function markedLayout(directory: Directory): Layout | null {
  const files = directory.files.filter((file) => /\.sql$/i.test(file));
  const step = Math.max(1, Math.floor(files.length / mostHeads));
  const heads = files.filter((_, at) => at % step === 0).slice(0, mostHeads).map((file) => directory.head(file));
  const mark = marks.find(({ form }) => heads.some((head) => form.test(head)));
  if (!mark) return null;
  const own = new Set(files.filter((file) => (mark.optional && /^\d/.test(file)) || mark.form.test(directory.head(file))));
  return layout({
    tool: mark.tool, root: directory.path, evidence: `the marker "${mark.shown}"`, files: numbered(directory, [...own], mark.byName ? byName : naturally),
    leftOut: files.filter((file) => !own.has(file)).map((file) => ({ file: join(directory.path, file), reason: `a file without the marker "${mark.shown}"`, told: !isDump(file) })),
    dumps: mark.dump && directory.parent ? [join(directory.parent.path, mark.dump), join(directory.path, mark.dump)] : [],
  });
}

function isDump(file: string): boolean {
  return /^(?:schema|structure|dump)\.sql$/i.test(file);
}
