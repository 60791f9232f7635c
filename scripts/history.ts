import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// What would have been said: `npx tsx scripts/history.ts REPOSITORY [--edits N] [--additions N] PATH...` lints the newest commits that edit, rename or remove files below the paths, and some that
// add one, each against its first parent, in a clone that is removed afterwards. Needs `npm run build`. Prints one line a commit, then commits and findings by rule.
const cli = fileURLToPath(new URL('../build/cli.js', import.meta.url));
const args = process.argv.slice(2);
const option = (name: string, otherwise: number) => {
  const at = args.indexOf(name);
  return at < 0 ? otherwise : Number(args.splice(at, 2)[1]);
};
const [edits, additions] = [option('--edits', 20), option('--additions', 10)];
const [repository = '.', ...paths] = args;
const clone = mkdtempSync(join(tmpdir(), 'anzen-history-'));
const git = (cwd: string, ...command: string[]) => execFileSync('git', command, { cwd, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, stdio: ['ignore', 'pipe', 'ignore'] });
const commits = (filter: string) => [...new Set(git(repository, 'log', '--first-parent', '-m', `--diff-filter=${filter}`, '--format=%H', 'HEAD', '--', ...paths).split('\n').filter(Boolean))];

interface Said { readonly ruleId: string; readonly message: string }
interface File { readonly filePath: string; readonly messages: readonly Said[] }

/** Every so-manieth, so that the choice is the same each time and covers all years. */
function spread<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(all.length / Math.max(1, count)));
  return all.filter((_, at) => at % step === 0).slice(0, count);
}

try {
  git('.', 'clone', '-q', '--shared', '--no-checkout', repository, clone);
  const byRule = new Map<string, { commits: number; findings: number }>();
  const chosen = [...new Set([...commits('MDR').slice(0, edits), ...spread(commits('A'), additions)])];
  let [linted, silent] = [0, 0];
  for (const commit of chosen) {
    try {
      git(clone, 'checkout', '-qf', commit);
      git(clone, 'clean', '-fdxq');
    } catch {
      console.log(`${commit.slice(0, 10)}  cannot be checked out`);
      continue;
    }
    const { stdout, stderr, status } = spawnSync(process.execPath, [cli, '--base', `${commit}^1`, '--format', 'json'], { cwd: clone, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
    if (status === 2) {
      console.log(`${commit.slice(0, 10)}  ${stderr.split('\n')[0] ?? ''}`);
      continue;
    }
    linted += 1;
    const said = (JSON.parse(stdout) as readonly File[]).flatMap(({ messages }) => messages);
    if (said.length === 0) silent += 1;
    for (const rule of new Set(said.map(({ ruleId }) => ruleId))) {
      const counts = byRule.get(rule) ?? { commits: 0, findings: 0 };
      byRule.set(rule, { commits: counts.commits + 1, findings: counts.findings + said.filter(({ ruleId }) => ruleId === rule).length });
    }
    console.log(`${commit.slice(0, 10)}  ${git(clone, 'log', '-1', '--format=%cs %s', commit).trim().slice(0, 70)}  ${[...new Set(said.map(({ ruleId }) => ruleId))].join(' ')}`);
  }
  console.log(`\n${linted} commits, ${silent} of them without a finding`);
  for (const [rule, counts] of [...byRule].sort((a, b) => b[1].commits - a[1].commits)) console.log(`${rule}: ${counts.commits} commits, ${counts.findings} findings`);
} finally {
  rmSync(clone, { recursive: true, force: true });
}
