import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unpatched } from '../src/parsers/ruby/patch.ts';
import { readWithPrism } from '../src/parsers/ruby/prism.ts';
import type { Program, RubyNode } from '../src/parsers/ruby/syntax.ts';
import { loadTreeSitter } from '../src/parsers/ruby/tree-sitter.ts';
import { walk } from '../src/parsers/ruby/walk.ts';
import { firstDifference } from './tree-difference.ts';

/*
 * Reads every .rb file below the given directories with both parsers and prints the files whose trees differ, calls first.
 * Usage: npx tsx scripts/compare-ruby.ts DIR...
 */

function rubyFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === '.git' ? [] : rubyFiles(join(path, entry.name));
    return entry.isFile() && entry.name.endsWith('.rb') ? [join(path, entry.name)] : [];
  });
}

function calls(program: Program): string {
  const found: string[] = [];
  walk(program, (node: RubyNode) => {
    if (node.type === 'call') found.push(`${node.name}@${node.start}-${node.end}/${node.args.length}`);
  });
  return found.sort().join('\n');
}

const treeSitter = await loadTreeSitter();
const texts = process.argv.slice(2).flatMap(rubyFiles).map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const counts = { same: 0, asked: 0, other: 0, calls: 0, rejected: 0, gaveUp: 0 };

function timed<T>(work: () => T): { result: T; time: number } {
  const before = process.cpuUsage();
  const result = work();
  const used = process.cpuUsage(before);
  return { result, time: (used.user + used.system) / 1000 };
}

for (const { path, text } of texts) {
  const first = treeSitter.read(unpatched(text));
  const second = readWithPrism(unpatched(text));
  if (!second) {
    counts.gaveUp += 1;
    console.log(`${path}: Prism gave up`);
    continue;
  }
  if (second.errors.length > 0) {
    counts.rejected += 1;
    const noticed = first.damaged || first.doubts.length > 0;
    console.log(`${path}: Prism rejects it${noticed ? '' : ', tree-sitter does not'}: ${second.errors[0]?.message}`);
    continue;
  }
  if (first.damaged || first.doubts.length > 0) {
    counts.asked += 1;
    console.log(`${path}: left to Prism (${first.damaged ? 'damaged' : first.doubts.join(', ')})`);
    continue;
  }
  const difference = firstDifference({ ...first.program, comments: first.comments, dataAt: first.dataAt }, { ...second.program, comments: second.comments, dataAt: second.dataAt });
  if (difference === null) counts.same += 1;
  else {
    const serious = calls(first.program) !== calls(second.program);
    counts[serious ? 'calls' : 'other'] += 1;
    console.log(`${path}: ${serious ? 'CALLS DIFFER' : 'differs'} at ${difference}`);
  }
}

const pass = [0, 1].map(() => ({
  treeSitter: timed(() => texts.forEach(({ text }) => treeSitter.read(unpatched(text)))).time,
  prism: timed(() => texts.forEach(({ text }) => readWithPrism(unpatched(text)))).time,
}))[1];
const perThousand = (time: number): number => Math.round((time / Math.max(1, texts.length)) * 1000);
console.log(JSON.stringify({ files: texts.length, ...counts }));
if (pass) console.log(`CPU ms per 1,000 files, warm: tree-sitter ${perThousand(pass.treeSitter)}, Prism ${perThousand(pass.prism)}`);
