/**
 * How much of real files survives one damaged statement: `npx tsx scripts/sql-recovery.ts [--engine mysql] [--rounds 1] [--show HARM] DIR...`.
 * Each file is damaged once a round and kind of damage, with a seed, so that figures repeat. Prints a row a kind.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineName } from '../src/operations/index.ts';
import { loadSqlParser } from '../src/parsers/sql/parser.ts';
import { lexiconOf } from '../src/parsers/sql/text/lexicon.ts';
import { harms, randomFrom, readWhole, recovered } from './sql-damage.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { engine: { type: 'string', default: 'postgres' }, rounds: { type: 'string', default: '1' }, show: { type: 'string', default: '' } },
});
const engine = values.engine as EngineName;
const parser = await loadSqlParser(engine);
const texts = positionals.flatMap(sqlFiles).map((path) => ({ path, text: readFileSync(path, 'utf8') })).filter(({ text }) => text.length < 100_000);
const read = texts.map(({ path, text }) => ({ path, text, whole: readWhole(parser, text) })).filter(({ whole }) => whole.length > 1);
for (const [name, harm] of Object.entries(harms)) {
  const random = randomFrom(1);
  const sum = { files: 0, kept: 0, of: 0 };
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const { path, text, whole } of read) {
      const outcome = recovered(parser, lexiconOf(engine), text, whole, harm, random);
      if (!outcome) continue;
      sum.files += 1;
      sum.kept += outcome.kept;
      sum.of += outcome.of;
      if (values.show === name && outcome.lost.length) console.log(`${path}: lost ${outcome.lost.map(({ start, end }) => text.slice(start, end).slice(0, 200)).join('\n   and ')}`);
    }
  }
  if (sum.files) console.log(`${name.padEnd(24)} ${String(sum.files).padStart(5)} files ${(100 * sum.kept / sum.of).toFixed(2).padStart(6)} % of ${sum.of} statements`);
}

function sqlFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql')).sort().map((name) => join(path, name));
}
