import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfigFile, parseConfig } from '../../src/config/load.ts';
import { defaultThresholds, parseBytes, standingsOf } from '../../src/config/standing.ts';
import { parseStatistics } from '../../src/config/statistics.ts';

const message = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};
const brief = (text: string) => parseStatistics(text, 's.csv').map(({ table, rows, bytes, writes }) => [table.schema, table.name, rows, bytes, writes]);

describe('parseStatistics', () => {
  it('reads CSV, tab-separated text and JSON', () => {
    expect(brief('schema,table,rows,bytes,writes\npublic,users,1200,81920,0.5\r\naudit,"odd ""name"",\nin two lines",,,\n')).toEqual([['public', 'users', 1200, 81920, 0.5], ['audit', 'odd "name",\nin two lines', null, null, null]]);
    expect(brief('schema\ttable\trows\tbytes\n\tusers\t3.5e6\tNULL\n')).toEqual([[null, 'users', 3_500_000, null, null]]);
    expect(brief('[{"table": "users", "rows": -1, "bytes": 8192, "more": true},\n {"schema": "audit", "table": "log", "rows": null, "bytes": "16384"}]')).toEqual([[null, 'users', null, 8192, null], ['audit', 'log', null, 16384, null]]);
    expect(brief('\uFEFFtable,rows,bytes,comment\n"users",1,2,"a, b"')).toEqual([[null, 'users', 1, 2, null]]);
  });

  it.each([
    ['table,rows\nusers,1\n', 's.csv:1: the first line names no column "bytes". Expected "schema,table,rows,bytes", with commas or tabs.'],
    ['', 's.csv:1: the first line names no column "table". Expected "schema,table,rows,bytes", with commas or tabs.'],
    ['table,rows,bytes\nusers,many,1\n', 's.csv:2: "rows" of "users" is "many", which is no number.'],
    ['table,rows,bytes\na,1,1\n\nusers,1\n', 's.csv:4: 2 fields, but the first line names 3.'],
    ['table,rows,bytes\n,1,1\n', 's.csv:2: no "table" is named.'],
    ['table,rows,bytes\n"users,1,1\n', 's.csv:2: a quoted field is not closed.'],
    ['table,rows,bytes\n"users"x,1,1\n', 's.csv:2: expected a separator after the closing quote.'],
    ['table,rows,bytes\n"a\n\nb",1,1\nus"ers,1,1\n', 's.csv:5: a quote stands in a field that does not begin with one.'],
    ['table,rows,bytes\n"a\n\nb",1,1\n\r\nc,1,x\n', 's.csv:6: "bytes" of "c" is "x", which is no number.'],
    ['[{"table": "users", "rows": 1, "bytes": 1},\n 3]', 's.csv:2: expected an object with "table", "rows" and "bytes".'],
    ['{"tables": []}', 's.csv:1: expected a list of tables.'],
    ['[{"table": "users",\n', /^s\.csv:\d: /],
  ])('says where and what is wrong in %j', (text, wanted) => {
    const said = message(() => parseStatistics(text, 's.csv'));
    if (typeof wanted === 'string') expect(said).toBe(wanted);
    else expect(said).toMatch(wanted);
  });
});

describe('standingsOf', () => {
  const of = (text: string) => Object.fromEntries([...standingsOf(parseStatistics(`schema,table,rows,bytes,writes\n${text}`, 's'), defaultThresholds, 's')].map(([name, { policy, because }]) => [name, `${policy}: ${because}`]));

  it('takes a table with few rows and few bytes for small, with many of either for large, with many writes for hot', () => {
    expect(of('public,plans,9999,8192,0\npublic,blobs,12,20000000,0\npublic,events,1000000,5,\npublic,files,5,1073741824,0.1\npublic,users,20,8192,250.4\npublic,half,10000,10,0')).toEqual({
      plans: 'small: has 9,999 rows and 8 kB (s)', events: 'large: has 1,000,000 rows and 5 bytes (s)', files: 'large: has 5 rows and 1 GB (s)', users: 'hot: takes 250 written rows a second (s)',
    });
  });

  it('takes no table for small of which a figure is not known', () => expect(of('public,a,,10,\npublic,b,10,,')).toEqual({}));

  it('knows a table of one other schema by its bare name, too', () => {
    expect(Object.keys(of('app,plans,1,1,\na,twice,1,1,\nb,twice,1,1,'))).toEqual(['app.plans', 'plans', 'a.twice', 'b.twice']);
  });

  it('reads sizes', () => expect(['12', '10MB', '1.5 GB', 3, 'much', '-1'].map(parseBytes)).toEqual([12, 10_485_760, 1_610_612_736, 3, null, null]));
});

describe('the statistics of a configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anzen-statistics-'));
  const config = (text: string) => {
    writeFileSync(join(folder, '.anzen.yml'), text);
    return loadConfigFile(join(folder, '.anzen.yml'), folder);
  };
  beforeAll(() => {
    mkdirSync(join(folder, 'db'));
    writeFileSync(join(folder, 'db', 'tables.csv'), 'table,rows,bytes\nplans,5,100\nevents,50000,100\n');
    writeFileSync(join(folder, 'db', 'broken.csv'), 'table,rows,bytes\nplans,five,100\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are read beside it, with its thresholds', () => {
    expect([...config('statistics: db/tables.csv\n').measured].map(([name, { policy }]) => `${name} ${policy}`)).toEqual(['plans small']);
    expect([...config('statistics: {path: db/tables.csv, small: {rows: 3}, large: {rows: 20000, bytes: 2GB}}\n').measured].map(([name, { policy }]) => `${name} ${policy}`)).toEqual(['events large']);
    expect(parseConfig('statistics: db/tables.csv\n', '.anzen.yml').measured.size).toBe(0);
  });

  it.each([
    ['statistics: db/none.csv\n', '.anzen.yml:1:1: the statistics file "db/none.csv" cannot be read (ENOENT).'],
    ['engine: postgres\nstatistics: ../tables.csv\n', '.anzen.yml:2:1: the statistics file "../tables.csv" lies outside of the workspace.'],
    ['statistics: db/broken.csv\n', 'db/broken.csv:2: "rows" of "plans" is "five", which is no number.'],
    ['statistics: {path: db/tables.csv, tiny: {}}\n', '.anzen.yml:1:1: "statistics" has a wrong value. Expected the path of a file, or "path" with thresholds ("small", "large", "hot").'],
    ['statistics: {path: db/tables.csv, large: {bytes: lots}}\n', '.anzen.yml:1:43: "statistics.large.bytes" has a wrong value. Expected a number of bytes, or a size such as 10MB.'],
  ])('that cannot be used are told: %j', (text, wanted) => expect(message(() => config(text))).toBe(wanted));
});

describe('the documented query', () => {
  const documented = (engine: string) => new RegExp(`\`\`\`sql ${engine}\\n([^]*?)\`\`\``).exec(readFileSync(new URL('../../docs/tables.md', import.meta.url), 'utf8'))?.[1] ?? '';

  it('gives what is read, partitions summed up', async () => {
    const database = await PGlite.create();
    await database.exec(`create table plans (id int primary key); insert into plans select generate_series(1, 50); create schema audit; create table audit.log (id int);
      create table events (id int) partition by range (id); create table events_1 partition of events for values from (0) to (1000); create table events_2 partition of events for values from (1000) to (9000);
      insert into events select generate_series(1, 3000); create materialized view totals as select count(*) from plans; analyze plans; analyze events_1; analyze events_2; analyze totals`);
    const { rows, fields } = await database.query<Record<string, unknown>>(documented('postgres'));
    await database.close();
    const written = [fields.map(({ name }) => name).join(','), ...rows.map((row) => fields.map(({ name }) => String(row[name] ?? '')).join(','))].join('\n');
    const read = parseStatistics(written, 'db.csv');
    expect(read.map(({ table, rows: count }) => [table.schema, table.name, count])).toEqual([
      ['audit', 'log', null], ['public', 'events', 3000], ['public', 'events_1', 999], ['public', 'events_2', 2001], ['public', 'plans', 50], ['public', 'totals', 1],
    ]);
    expect(read.every(({ bytes, writes }) => (bytes ?? -1) >= 0 && (writes === null || writes >= 0))).toBe(true);
  }, 60_000);

  it('of MySQL names the columns that are read', () => expect([...documented('mysql').matchAll(/AS `(\w+)`/g)].map(([, name]) => name)).toEqual(['schema', 'table', 'rows', 'bytes']));
});
