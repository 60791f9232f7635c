/** How much of the SQL migrations of repositories is understood, by tool: `npx tsx scripts/sql-files-coverage.ts [--engine mysql] [--examples 3] [--files] DIR...`. `--files` reads every `.sql` file below, layout or not. */
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultConfig } from '../src/config/config.ts';
import { openFrontEnd } from '../src/frameworks/open.ts';
import { createLayoutFinder } from '../src/project/find-layouts.ts';
import { openProject } from '../src/project/project.ts';
import { positionAt } from '../src/source/source.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { examples: { type: 'string', default: '3' }, files: { type: 'boolean', default: false }, engine: { type: 'string' } } });
const reasons = new Map<string, { count: number; examples: string[] }>();
const sum = { files: 0, statements: 0, opaque: 0, broken: 0 };

console.log('| repository | tool | engine | files | statements | not understood | not valid |\n|---|---|---|---|---|---|---|');
for (const directory of positionals.map((path) => resolve(path))) {
  const paths = values.files ? [...createLayoutFinder(directory, null).looseFiles(directory)] : [];
  const config = values.engine ? { ...defaultConfig, engine: { name: values.engine as 'postgres', version: [], from: '--engine' } } : defaultConfig;
  const project = await openProject({ cwd: directory, workspace: directory, paths, all: true, base: null, directories: [], ignorePatterns: [], stdin: null });
  const rows = new Map<string, typeof sum>();
  for (const set of project.sets) {
    if (set.framework === 'rails') continue;
    const frontEnd = await openFrontEnd(set, directory, config);
    const key = `${set.framework} | ${frontEnd.engine.name}`;
    const row = rows.get(key) ?? { files: 0, statements: 0, opaque: 0, broken: 0 };
    rows.set(key, row);
    for (const file of set.files.filter(({ reported }) => reported)) {
      const text = file.read();
      if ('problem' in text) {
        note(`unreadable: ${text.problem}`, file.path);
        continue;
      }
      const migration = await frontEnd.parse(text.source);
      const line = (offset: number) => `${basename(directory)}/${file.path}:${positionAt(text.source, offset).line}`;
      row.files += 1;
      row.statements += migration.statements.length;
      const unread = new Set<number>();
      for (const operation of migration.operations) {
        if (operation.kind !== 'opaque') continue;
        unread.add(operation.statement.start);
        note(operation.reason, `${line(operation.at.start)} ${operation.text.slice(0, 120).replace(/\s+/g, ' ')}`);
      }
      row.opaque += unread.size;
      for (const problem of migration.problems) {
        if (problem.kind !== 'syntax-error') continue;
        row.broken += 1;
        note(`! ${problem.message}`, `${line(problem.at.start)} ${text.source.text.slice(problem.at.start, problem.at.start + 60).replace(/\s+/g, ' ')}`);
      }
    }
  }
  for (const [key, row] of rows) {
    console.log(`| ${basename(directory)} | ${key} | ${row.files} | ${row.statements} | ${row.opaque} | ${row.broken} |`);
    for (const name of ['files', 'statements', 'opaque', 'broken'] as const) sum[name] += row[name];
  }
}
console.log(`| together | | | ${sum.files} | ${sum.statements} | ${sum.opaque} | ${sum.broken} |\n\n${(100 * (1 - sum.opaque / Math.max(1, sum.statements))).toFixed(2)} % understood`);
for (const [reason, { count, examples }] of [...reasons].sort((a, b) => b[1].count - a[1].count)) console.log(`\n${count} ${reason}\n${examples.map((example) => `    ${example}`).join('\n')}`);

function note(reason: string, example: string): void {
  const entry = reasons.get(reason) ?? { count: 0, examples: [] };
  entry.count += 1;
  if (entry.examples.length < Number(values.examples)) entry.examples.push(example);
  reasons.set(reason, entry);
}
