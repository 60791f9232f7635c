import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { copyFileSync } from 'node:fs';

// Speed as ratios inside one run: one file against a bare node, many files against parsing them alone. `--smoke` only shows that it works.
const root = fileURLToPath(new URL('..', import.meta.url));
const smoke = process.argv.includes('--smoke');
const scratch = mkdtempSync(join(tmpdir(), 'anzen-bench-'));
const cli = join(root, 'build', 'cli.js');

try {
  const parseOnly = await bundleParseOnly();
  const texts = fixtureTexts();
  const one = project('one', texts.slice(0, 1));
  const rounds = smoke ? 1 : 15;
  const bare = median(rounds, () => wall(['-e', '0']));
  const single = median(rounds, () => wall([cli, '--all', '--format', 'json', '--output-file', join(scratch, 'one.json')], one));
  line('one file: anzen', `${single.toFixed(0)} ms`, `bare node ${bare.toFixed(0)} ms`, `over bare node ${(single - bare).toFixed(0)} ms (target 150)`);
  for (const count of smoke ? [30] : [300, 3000]) {
    const directory = project(`many${count}`, Array.from({ length: count }, (_, at) => texts[at % texts.length] ?? ''));
    const many = smoke ? 1 : 5;
    const parse = median(many, () => wall([parseOnly, join(directory, 'db', 'migrate')]));
    const whole = median(many, () => wall([cli, '--all', '--format', 'json', '--output-file', join(scratch, 'many.json')], directory));
    line(`${count} files: anzen`, `${whole.toFixed(0)} ms`, `parsing alone ${parse.toFixed(0)} ms`, `ratio ${(whole / parse).toFixed(2)} (target 2.5)`, `memory ${memory(directory)} MB (target 300)`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function wall(args: readonly string[], cwd = scratch): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0 && status !== 1) throw new Error(`exit ${status}: ${stderr.toString()}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(rounds: number, measure: () => number): number {
  const values = Array.from({ length: rounds }, measure).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? 0;
}

function memory(directory: string): string {
  const probe = join(scratch, 'probe.mjs');
  writeFileSync(probe, `process.on('exit', () => process.stderr.write('\\nmaxrss ' + process.resourceUsage().maxRSS));\n`);
  const { stderr } = spawnSync(process.execPath, ['--import', probe, cli, '--all', '--format', 'json', '--output-file', join(scratch, 'many.json')], { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
  return (Number(/maxrss (\d+)/.exec(stderr.toString())?.[1] ?? 0) / 1024).toFixed(0);
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
