import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { QualifiedName } from '../operations/index.ts';
import { delimitedRecords } from './delimited.ts';
import { ConfigError } from './error.ts';

/** What a statistics file says of one table. A figure that the server did not know is null. */
export interface TableStatistics {
  readonly table: QualifiedName;
  /** The planner's estimate. */
  readonly rows: number | null;
  /** Table, indexes and everything else that belongs to it. */
  readonly bytes: number | null;
  /** Rows that are written a second, on average. */
  readonly writes: number | null;
}

/** One entry as written: its values by column, and its line, counted from one. */
interface Entry {
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Reads a statistics file: CSV or tab-separated text with a line of names first (`schema`, `table`, `rows`, `bytes`, `writes`), or a JSON list of objects with those keys. `schema` and `writes` may
 * be missing, further columns are left alone, and an empty figure or NULL is one that is not known. Throws `ConfigError` with `path:line`.
 */
export function parseStatistics(text: string, path: string): TableStatistics[] {
  const plain = text.replace(/^\uFEFF/, '');
  const entries = /^\s*[[{]/.test(plain) ? jsonEntries(plain, path) : delimitedEntries(plain, path);
  return entries.map(({ line, values }) => {
    const table = values.get('table') ?? '';
    if (table === '') throw new ConfigError(`${path}:${line}: no "table" is named.`);
    return { table: { schema: values.get('schema') || null, name: table }, rows: figure('rows'), bytes: figure('bytes'), writes: figure('writes') };

    function figure(name: string): number | null {
      const written = values.get(name) ?? '';
      if (written === '' || /^null$/i.test(written)) return null;
      // Postgres knows no estimate of a table that was never analyzed, and says -1.
      if (/^-1(?:\.0+)?$/.test(written)) return null;
      if (!/^\d+(?:\.\d+)?(?:e\+?\d+)?$/i.test(written)) throw new ConfigError(`${path}:${line}: "${name}" of "${table}" is "${written.slice(0, 40)}", which is no number.`);
      return Number(written);
    }
  });
}

function delimitedEntries(text: string, path: string): Entry[] {
  const [head, ...records] = delimitedRecords(text, path);
  const names = head?.fields.map((name) => name.trim().toLowerCase()) ?? [];
  for (const wanted of ['table', 'rows', 'bytes']) if (!names.includes(wanted)) throw new ConfigError(`${path}:1: the first line names no column "${wanted}". Expected "schema,table,rows,bytes", with commas or tabs.`);
  return records.map(({ line, fields }) => {
    if (fields.length !== names.length) throw new ConfigError(`${path}:${line}: ${fields.length} fields, but the first line names ${names.length}.`);
    return { line, values: new Map(names.map((name, at) => [name, (fields[at] ?? '').trim()])) };
  });
}

function jsonEntries(text: string, path: string): Entry[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (offset: number | undefined) => lines.linePos(Math.max(0, offset ?? 0)).line;
  const broken = document.errors[0];
  if (broken) throw new ConfigError(`${path}:${lineOf(broken.pos[0])}: ${broken.message.replace(/\.?$/, '.')}`);
  if (!isSeq(document.contents)) throw new ConfigError(`${path}:1: expected a list of tables.`);
  return document.contents.items.map((item) => {
    const line = lineOf((item as { range?: readonly [number, number, number] }).range?.[0]);
    if (!isMap(item)) throw new ConfigError(`${path}:${line}: expected an object with "table", "rows" and "bytes".`);
    const values = item.items.map(({ key, value }): [string, string] => [isScalar(key) ? String(key.value).toLowerCase() : '', isScalar(value) && value.value !== null ? String(value.value) : '']);
    return { line, values: new Map(values) };
  });
}
