/** Whether every warning in the headers of Prisma's migrations has its finding: `npx tsx scripts/prisma-warnings.ts DIR...`. Each migration is judged after the ones before it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaultConfig } from '../src/config/config.ts';
import { lint } from '../src/lint.ts';
import { openProject } from '../src/project/project.ts';
import { readWarnings, refuted, unanswered } from '../test/frameworks/prisma-warnings.ts';

const counts = new Map<string, { all: number; missed: number; refuted: number }>();
for (const directory of process.argv.slice(2)) {
  const cwd = resolve(directory);
  const project = await openProject({ cwd, workspace: cwd, paths: [], all: true, base: null, directories: [], ignorePatterns: [], stdin: null });
  // Each file stands for a deployment of its own.
  const sets = project.sets.filter(({ framework }) => framework === 'prisma').map((set) => ({ ...set, files: set.files.map((file) => ({ ...file, status: 'unknown' as const })) }));
  const result = await lint({ ...project, sets }, { config: defaultConfig, directives: { inlineConfig: false, unused: 'off', suggest: () => null } });
  console.log(`${directory}: ${sets.reduce((sum, set) => sum + set.files.length, 0)} migrations`);
  for (const { path, diagnostics } of result.files) {
    const text = readFileSync(resolve(cwd, path), 'utf8');
    const { warnings, other } = readWarnings(text);
    const missed = unanswered(warnings, diagnostics);
    for (const { kind } of warnings) {
      const count = counts.get(kind) ?? { all: 0, missed: 0, refuted: 0 };
      counts.set(kind, { ...count, all: count.all + 1 });
    }
    for (const warning of missed) {
      const count = counts.get(warning.kind);
      const why = refuted(warning, text);
      if (count && why) count.refuted += 1;
      else if (count) count.missed += 1;
      if (!why) console.log(`  ${path}: ${warning.kind}: ${warning.text}`);
    }
    for (const line of other) console.log(`  ${path}: not a form that is known: ${line}`);
  }
}
for (const [kind, { all, missed, refuted: wrong }] of counts) console.log(`${kind}: ${all - missed - wrong} of ${all} have their finding, ${wrong} do not hold, ${missed} are missed`);
