import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

// Speed as ratios inside one run: one file against a bare node, many files against parsing them alone. `--smoke` only shows that it works.
const root = fileURLToPath(new URL('..', import.meta.url));
const smoke = process.argv.includes('--smoke');
const scratch = mkdtempSync(join(tmpdir(), 'anzen-bench-'));
const cli = join(root, 'build', 'cli.js');

const probe = join(scratch, 'probe.mjs');
writeFileSync(probe, `process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('\\nprobe ' + (user + system) / 1000 + ' ' + process.resourceUsage().maxRSS / 1024 + '\\n'); });\n`);

try {
  const parseOnly = await bundleParseOnly();
  const texts = fixtureTexts();
  const one = project('one', texts.slice(0, 1));
  const rounds = smoke ? 1 : 15;
  const bare = measure(rounds, ['-e', '0']);
  const single = measure(rounds, [cli, '--all', '--format', 'json', '--output-file', join(scratch, 'one.json')], one);
  line('one file: anzen', `${spent(single)}`, `bare node ${spent(bare)}`, `over bare node ${(single.cpu - bare.cpu).toFixed(0)} ms CPU (target 150)`);
  for (const count of smoke ? [30] : [300, 3000]) {
    const directory = project(`many${count}`, Array.from({ length: count }, (_, at) => texts[at % texts.length] ?? ''));
    const many = smoke ? 1 : 5;
    const parse = measure(many, [parseOnly, join(directory, 'db', 'migrate')]);
    const whole = measure(many, [cli, '--all', '--format', 'json', '--output-file', join(scratch, 'many.json')], directory);
    line(`${count} files: anzen`, spent(whole), `parsing alone ${spent(parse)}`, `ratio ${(whole.cpu / parse.cpu).toFixed(2)} (target 2.5)`, `memory ${whole.memory.toFixed(0)} MB (target 300)`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

interface Measure { readonly cpu: number; readonly wall: number; readonly memory: number }

/** Medians over some runs: CPU (user and system) and wall in milliseconds, the largest resident set in MiB. CPU is what ratios are made of: other work on the machine does not move it much. */
function measure(rounds: number, args: readonly string[], cwd = scratch): Measure {
  const runs = Array.from({ length: rounds }, (): Measure => {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, ['--import', pathToFileURL(probe).href, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0 && status !== 1) throw new Error(`exit ${status}: ${stderr.toString()}`);
    const [, cpu, memory] = /probe ([\d.]+) ([\d.]+)/.exec(stderr.toString()) ?? [];
    return { cpu: Number(cpu), wall: Number(process.hrtime.bigint() - start) / 1e6, memory: Number(memory) };
  });
  const median = (key: keyof Measure) => runs.map((run) => run[key]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
  return { cpu: median('cpu'), wall: median('wall'), memory: median('memory') };
}

function spent({ cpu, wall }: Measure): string {
  return `${cpu.toFixed(0)} ms CPU, ${wall.toFixed(0)} ms wall`;
}

async function bundleParseOnly(): Promise<string> {
  const file = join(scratch, 'parse', 'parse-only.mjs');
  await build({ absWorkingDir: root, entryPoints: ['bench/parse-only.ts'], outfile: file, bundle: true, format: 'esm', platform: 'node', target: 'node20.19', banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" }, logLevel: 'warning' });
  for (const name of readdirSync(join(root, 'build')).filter((entry) => entry.endsWith('.wasm'))) copyFileSync(join(root, 'build', name), join(scratch, 'parse', name));
  return file;
}

/** The repository's own fixtures, as a stand-in for real migrations (their average size is alike: about 450 bytes). */
function fixtureTexts(): string[] {
  const texts: string[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder)) {
      const path = join(folder, entry);
      if (statSync(path).isDirectory()) visit(path);
      else if (/^\d+_\w+\.rb$/.test(entry)) texts.push(readFileSync(path, 'utf8'));
    }
  };
  visit(join(root, 'fixtures', 'rules'));
  return texts;
}

function project(name: string, texts: readonly string[]): string {
  const directory = join(scratch, name);
  mkdirSync(join(directory, 'db', 'migrate'), { recursive: true });
  for (const [at, text] of texts.entries()) writeFileSync(join(directory, 'db', 'migrate', `${20200101000000 + at}_migration_${at}.rb`), text);
  return directory;
}

function line(...parts: string[]): void {
  console.log(parts.join('  |  '));
}
