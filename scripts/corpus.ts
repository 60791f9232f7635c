/** Lints real repositories with the built command line and counts: `npx tsx scripts/corpus.ts DIR...`. Prints Markdown: a row a repository, a row a rule. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Message { readonly ruleId: string; readonly level: string; readonly assured: unknown }
interface File { readonly filePath: string; readonly messages: readonly Message[] }

const cli = fileURLToPath(new URL('../build/cli.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'anzen-corpus-'));
const rules = new Map<string, { error: number; warn: number; notice: number; assured: number }>();
try {
  // Settings of other checkers in the repositories must not hide anything here.
  writeFileSync(join(scratch, 'all.json'), '{ "startAfter": 0 }');
  console.log('| repository | migrations | with findings | errors | warnings | notices | assured | seconds |\n|---|---|---|---|---|---|---|---|');
  for (const directory of process.argv.slice(2)) {
    const report = join(scratch, 'report.json');
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, [cli, '--all', '--show-assured', '-c', join(scratch, 'all.json'), '-f', 'json', '-o', report], { cwd: directory, encoding: 'utf8' });
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    if (status !== 0 && status !== 1) throw new Error(`${directory}: exit ${status}: ${stderr}`);
    const files = JSON.parse(readFileSync(report, 'utf8')) as readonly File[];
    const counts = { error: 0, warn: 0, notice: 0, assured: 0 };
    for (const message of files.flatMap((file) => file.messages)) {
      const rule = rules.get(message.ruleId) ?? { error: 0, warn: 0, notice: 0, assured: 0 };
      rules.set(message.ruleId, rule);
      const key = message.assured ? 'assured' : (message.level as 'error' | 'warn' | 'notice');
      counts[key] += 1;
      rule[key] += 1;
    }
    console.log(`| ${basename(directory)} | ${files.length} | ${files.filter((file) => file.messages.some((message) => !message.assured)).length} | ${counts.error} | ${counts.warn} | ${counts.notice} | ${counts.assured} | ${seconds.toFixed(1)} |`);
  }
  console.log('\n| rule | errors | warnings | notices |\n|---|---|---|---|');
  for (const [rule, { error, warn, notice }] of [...rules].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`| ${rule} | ${error} | ${warn} | ${notice} |`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
