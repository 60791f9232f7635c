import type { QualifiedName } from '../operations/index.ts';
import { printCount, printName } from '../operations/index.ts';
import type { TablePolicy } from '../rules/rule.ts';
import type { TableStatistics } from './statistics.ts';

/** What is known of a table's size and traffic, and by whom. */
export interface Standing {
  readonly policy: TablePolicy;
  /** For a sentence, after the table's name: `is listed as hot (.anzen.yml)`, `has 2,300,000 rows and 1.2 GB (db/statistics.csv)`. */
  readonly because: string;
}

/** From where on a table counts as small, large or hot. */
export interface Thresholds {
  /** Small is a table with fewer rows and fewer bytes. */
  readonly small: { readonly rows: number; readonly bytes: number };
  /** Large is a table with as many rows or as many bytes. */
  readonly large: { readonly rows: number; readonly bytes: number };
  /** Hot is a table with as many rows written a second. */
  readonly hot: { readonly writes: number };
}

/** The thresholds of a configuration that sets none. */
export const defaultThresholds: Thresholds = { small: { rows: 10_000, bytes: 10 * 1024 ** 2 }, large: { rows: 1_000_000, bytes: 1024 ** 3 }, hot: { writes: 100 } };

/** The standing of each table that is small, large or hot, by its printed name, and by its bare name where only one schema has it. `path` is the file, for the reason. */
export function standingsOf(statistics: readonly TableStatistics[], thresholds: Thresholds, path: string): ReadonlyMap<string, Standing> {
  const standings = new Map<string, Standing>();
  const counts = new Map<string, number>();
  for (const { table } of statistics) counts.set(table.name, (counts.get(table.name) ?? 0) + 1);
  const put = (table: QualifiedName, standing: Standing) => {
    standings.set(printName(table), standing);
    if (counts.get(table.name) === 1) standings.set(table.name, standing);
  };
  for (const one of statistics) {
    const policy = policyOf(one, thresholds);
    if (policy !== null) put(one.table, { policy, because: `${policy === 'hot' ? `takes ${printCount(Math.round(one.writes ?? 0))} written rows a second` : `has ${sizeOf(one)}`} (${path})` });
  }
  return standings;
}

function policyOf({ rows, bytes, writes }: TableStatistics, { small, large, hot }: Thresholds): TablePolicy | null {
  if (writes !== null && writes >= hot.writes) return 'hot';
  if ((rows !== null && rows >= large.rows) || (bytes !== null && bytes >= large.bytes)) return 'large';
  return rows !== null && bytes !== null && rows < small.rows && bytes < small.bytes ? 'small' : null;
}

function sizeOf({ rows, bytes }: TableStatistics): string {
  return [...(rows === null ? [] : [`${printCount(Math.round(rows))} rows`]), ...(bytes === null ? [] : [printBytes(bytes)])].join(' and ');
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

function printBytes(bytes: number): string {
  const step = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${Math.round((bytes / 1024 ** step) * 10) / 10} ${units[step] ?? 'bytes'}`;
}

/** A size as the configuration gives it, in bytes: a number, or `10MB`, `1.5 GB` (powers of 1024). Null when it is none. */
export function parseBytes(size: number | string): number | null {
  if (typeof size === 'number') return size >= 0 ? size : null;
  const match = /^\s*(\d+(?:\.\d+)?)\s*(bytes|kB|MB|GB|TB)?\s*$/i.exec(size);
  const power = units.findIndex((unit) => unit.toLowerCase() === (match?.[2] ?? 'bytes').toLowerCase());
  return match ? Number(match[1]) * 1024 ** power : null;
}
