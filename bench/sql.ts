import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// anzen and squawk on the same folder of SQL in one run: CPU of whole processes and wall, medians. `--smoke` only shows that it works; a folder of one's own may follow.
const root = fileURLToPath(new URL('..', import.meta.url));
const smoke = process.argv.includes('--smoke');
const own = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const scratch = mkdtempSync(join(tmpdir(), 'anzen-bench-'));
const cli = join(root, 'build', 'cli.js');
const squawk = squawkBinary();

try {
  const texts = sqlTexts(own ?? join(root, 'fixtures', 'rules'));
  for (const count of smoke ? [20] : [1, 2000]) {
    const directory = project(count, count === 1 ? [median(texts)] : texts);
    const files = readdirSync(join(directory, 'migrations')).map((file) => `migrations/${file}`);
    const rounds = smoke ? 1 : count === 1 ? 15 : 5;
    // Interleaved, so that what else the machine does falls on all alike.
    const runs = { bare: [] as Spent[], anzen: [] as Spent[], squawk: [] as Spent[] };
    for (let round = 0; round < rounds; round++) {
      runs.bare.push(spend(directory, process.execPath, ['-e', '0']));
      runs.anzen.push(spend(directory, process.execPath, [cli, '--all', '--engine', 'postgres', '--format', 'json', '--output-file', join(scratch, 'report.json')]));
      if (squawk) runs.squawk.push(spend(directory, squawk, ['--reporter', 'json', ...files]));
    }
    const [bare, anzen, other] = [middle(runs.bare), middle(runs.anzen), middle(runs.squawk)];
    const over = count === 1 ? `over bare node ${(anzen.cpu - bare.cpu).toFixed(0)} ms CPU (target 100)` : `a file ${(anzen.cpu / count).toFixed(2)} ms CPU, ${(anzen.wall / count).toFixed(2)} ms wall`;
    const compared = squawk ? `squawk ${shown(other)}  |  ratio ${(anzen.cpu / other.cpu).toFixed(2)} CPU, ${(anzen.wall / other.wall).toFixed(2)} wall` : 'squawk is not installed: npm install --no-save squawk-cli@2.66.0';
    console.log(`${count} SQL files: anzen ${shown(anzen)}  |  bare node ${shown(bare)}  |  ${over}  |  ${compared}`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

interface Spent { readonly cpu: number; readonly wall: number }

/** CPU (user and system, of the process and its children) and wall, in milliseconds; the shell's `times` tells them for any program. */
function spend(cwd: string, command: string, args: readonly string[]): Spent {
  const start = process.hrtime.bigint();
  const { stdout } = spawnSync('bash', ['-c', '"$0" "$@" >/dev/null 2>&1; times', command, ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 20 });
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  const children = stdout.trim().split('\n').at(-1) ?? '';
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0);
  return { cpu, wall };
}

function middle(runs: readonly Spent[]): Spent {
  const of = (key: keyof Spent) => runs.map((run) => run[key]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
  return { cpu: of('cpu'), wall: of('wall') };
}

function shown({ cpu, wall }: Spent): string {
  return `${cpu.toFixed(0)} ms CPU, ${wall.toFixed(0)} ms wall`;
}

/** The program itself, without the script that npm starts it by; null when this machine has none. */
function squawkBinary(): string | null {
  try {
    const require = createRequire(import.meta.url);
    const home = dirname(require.resolve('squawk-cli/package.json'));
    return join(dirname(require.resolve(`@squawk-cli/${process.platform}-${process.arch}/package.json`, { paths: [home] })), 'bin', 'squawk');
  } catch {
    return null;
  }
}

/** The Postgres texts of a folder and those below it. */
function sqlTexts(folder: string): string[] {
  return readdirSync(folder).sort().flatMap((entry): string[] => {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) return sqlTexts(path);
    if (!entry.endsWith('.sql') || entry.startsWith('structure')) return [];
    const text = readFileSync(path, 'utf8');
    return /^-- engine: (?:mysql|mariadb|sqlite)/m.test(text) || text.trim() === '' ? [] : [text];
  });
}

function median(texts: readonly string[]): string {
  return [...texts].sort((a, b) => a.length - b.length)[Math.floor(texts.length / 2)] ?? '';
}

function project(count: number, texts: readonly string[]): string {
  const directory = join(scratch, `sql${count}`);
  mkdirSync(join(directory, 'migrations'), { recursive: true });
  for (let at = 0; at < count; at++) {
    // No tool's marker: both are to read every file whole.
    const text = (texts[at % texts.length] ?? '').replace(/^--\s*(?:\+goose|migrate:|liquibase)/gim, '-- ');
    writeFileSync(join(directory, 'migrations', `${20200101000000 + at}_migration.sql`), text);
  }
  return directory;
}
