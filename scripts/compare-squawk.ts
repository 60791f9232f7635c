import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../src/config/load.ts';
import { rules } from '../src/rules/index.ts';
import type { Fixture } from '../test/want.ts';
import { findFixtures, tryFixture } from '../test/want.ts';

// Lints the SQL fixtures for Postgres with the preset "squawk" and with squawk itself, and counts where both say the same: npx tsx scripts/compare-squawk.ts PATH/TO/squawk [-v].
// A verdict is a file and a rule of squawk's. Fixtures that name their tool are left out: squawk cannot be told how a single file is run.
const [squawk = 'squawk', ...flags] = process.argv.slice(2);
const folder = new URL('../fixtures/rules/', import.meta.url).pathname;
const config = parseConfig('extends: squawk', '.anzen.yml');
const standsFor = new Map<string, Set<string>>();
for (const rule of rules) standsFor.set(rule.id, new Set(rule.replaces.filter((name) => name.startsWith('squawk/')).map((name) => name.slice('squawk/'.length))));
// Both speak of the same statements as these, in their stead.
standsFor.get('drop-and-add-rename')?.add('ban-drop-column');
standsFor.get('narrowing-type-change')?.add('changing-column-type');

interface Verdict { readonly file: string; readonly rule: string }
const both: Verdict[] = [];
const theirs: Verdict[] = [];
const ours: Verdict[] = [];
const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap((entry) => findFixtures(join(folder, entry.name))).filter(isPlain);
for (const fixture of files) {
  const said = squawkOn(fixture.path);
  if (said.has('syntax-error')) continue;
  const { diagnostics } = await tryFixture(fixture, folder, config);
  const found = new Set(diagnostics.map(({ ruleId }) => ruleId));
  for (const rule of said) ([...found].some((id) => standsFor.get(id)?.has(rule)) ? both : theirs).push({ file: fixture.name, rule });
  for (const id of found) if (standsFor.get(id)?.size && ![...(standsFor.get(id) ?? [])].some((rule) => said.has(rule))) ours.push({ file: fixture.name, rule: id });
}
console.log(`${files.length} fixtures; verdicts: ${both.length} of both, ${theirs.length} of squawk alone, ${ours.length} of anzen alone`);
for (const [title, list] of [['squawk alone', theirs], ['anzen alone', ours], ['both', both]] as const) {
  const counts = new Map<string, string[]>();
  for (const { rule, file } of list) counts.set(rule, [...(counts.get(rule) ?? []), file]);
  console.log(`\n${title}`);
  for (const [rule, where] of [...counts].sort((a, b) => b[1].length - a[1].length)) console.log(`  ${rule} ${where.length}${flags.includes('-v') ? ` ${where.join(' ')}` : ''}`);
}

function isPlain({ path, application }: Fixture): boolean {
  return !application && path.endsWith('.sql') && !/^-- (?:engine: (?:mysql|mariadb|sqlite)|tool:|transaction:)/m.test(readFileSync(path, 'utf8'));
}

function squawkOn(path: string): Set<string> {
  const run = () => {
    try {
      return execFileSync(squawk, ['--reporter', 'json', '--pg-version', '15.0', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], cwd: '/' });
    } catch (error) {
      return String((error as { stdout?: string }).stdout ?? '[]');
    }
  };
  return new Set((JSON.parse(run() || '[]') as { rule_name: string }[]).map((one) => one.rule_name));
}
