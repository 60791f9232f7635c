/**
 * Writes src/engines/postgres/volatility.data.ts: how often the functions of Postgres and its contrib extensions may give another result,
 * read from pg_proc of the embedded Postgres. Run with: npx tsx scripts/volatility.ts
 */
import { writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import type { Extension } from '@electric-sql/pglite';

const contrib: Readonly<Record<string, string>> = {
  pgcrypto: 'pgcrypto', uuid_ossp: 'uuid-ossp', citext: 'citext', hstore: 'hstore', ltree: 'ltree', intarray: 'intarray', pg_trgm: 'pg_trgm', unaccent: 'unaccent', cube: 'cube',
  earthdistance: 'earthdistance', fuzzystrmatch: 'fuzzystrmatch', isn: 'isn', seg: 'seg', tablefunc: 'tablefunc', lo: 'lo',
};

const query = `
  select p.proname as name,
    case when bool_or(p.provolatile = 'v') then 'volatile' when bool_or(p.provolatile = 's') then 'stable' else 'immutable' end as volatility
  from pg_proc p
  where p.prokind = 'f'
    and p.prorettype not in ('internal'::regtype, 'trigger'::regtype, 'event_trigger'::regtype, 'cstring'::regtype, 'language_handler'::regtype, 'index_am_handler'::regtype)
    and not ('internal'::regtype = any (p.proargtypes)) and not ('cstring'::regtype = any (p.proargtypes))
    and p.proname !~ '^(pg_stat_get|binary_upgrade|gbt_|gin_|ginint|gist_|g_|ghstore|gseg|ltree_|_lt|isn_|hash|_intbig)'
    and (p.provolatile <> 'i' or not exists (select from pg_operator o where o.oprcode = p.oid))
    and (p.provolatile <> 'i' or p.proname !~ '(_cmp|_eq|_ne|_lt|_le|_gt|_ge|_in|_out|_recv|_send|_accum|_combine|_sortsupport|sel|_larger|_smaller)$')
    and not exists (select from pg_aggregate a where p.oid in (a.aggtransfn, a.aggfinalfn, a.aggcombinefn))
  group by p.proname order by p.proname collate "C"`;

/** Joins words to lines of source, each within 170 characters. */
function lines(words: readonly string[]): string {
  const rows: string[] = [];
  let row = '';
  for (const word of words) {
    if (row.length + word.length > 160) {
      rows.push(row);
      row = '';
    }
    row += row === '' ? word : ` ${word}`;
  }
  return [...rows, row].map((text) => `  ${text}`).join('\n');
}

const extensions: Record<string, Extension> = {};
for (const [module, extension] of Object.entries(contrib)) {
  const loaded = await import(`@electric-sql/pglite/contrib/${module}`) as Record<string, Extension>;
  const found = loaded[module];
  if (found) extensions[extension.replaceAll('-', '_')] = found;
}
const database = await PGlite.create({ extensions });
for (const extension of Object.values(contrib)) await database.exec(`create extension if not exists "${extension}" cascade`);
const { rows } = await database.query<{ name: string; volatility: string }>(query);
const { rows: [release] } = await database.query<{ server_version: string }>('show server_version');
const of = (volatility: string) => lines(rows.filter((row) => row.volatility === volatility).map((row) => row.name));
const list = (name: string, words: string, doc: string) => `/** ${doc} */\nexport const ${name} = \`\n${words}\n\`;\n`;
const text = [
  `// Made by scripts/volatility.ts from pg_proc of Postgres ${release?.server_version ?? ''} and its contrib extensions. Do not edit.`,
  list('volatileFunctions', of('volatile'), 'Functions of which one form or another is VOLATILE.'),
  list('stableFunctions', of('stable'), 'Functions that are STABLE in one form or another, and in none VOLATILE.'),
  list('immutableFunctions', of('immutable'), 'Functions that are IMMUTABLE in all their forms; those that only stand behind operators, types and aggregates are left out.'),
].join('\n');
await writeFile(new URL('../src/engines/postgres/volatility.data.ts', import.meta.url), text);
await database.close();
