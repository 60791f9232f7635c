import type { Config } from './config/config.ts';
import type { FrontEnd } from './frameworks/framework.ts';
import { openFrontEnd } from './frameworks/open.ts';
import { acknowledge } from './lint/acknowledge.ts';
import { allowing } from './lint/allowance.ts';
import { combine } from './lint/combine.ts';
import { assemble, wantsAdditions } from './lint/court.ts';
import { diagnose } from './lint/diagnose.ts';
import { lintDifference } from './lint/difference.ts';
import { historyOf, without } from './lint/history.ts';
import { isUnchanged, judge, replay } from './lint/judge.ts';
import { judgeSet, looksAtSets } from './lint/judge-set.ts';
import { leftOutNote, smallTablesNote, unreadable, unusable } from './lint/note.ts';
import type { FileResult, LintResult } from './lint/result.ts';
import { outcomeOf } from './lint/outcome.ts';
import { schemaBefore } from './lint/schema-before.ts';
import { leftOutBy } from './lint/start-after.ts';
import { summarize } from './lint/summary.ts';
import { suppress } from './lint/suppress.ts';
import type { SuppressOptions } from './lint/suppress.ts';
import type { Migration } from './operations/index.ts';
import type { MigrationFile, MigrationSet } from './project/migration-file.ts';
import type { Project } from './project/project.ts';
import { rules } from './rules/index.ts';

/** How to lint an opened project. */
export interface LintOptions {
  readonly config: Config;
  readonly directives: Pick<SuppressOptions, 'inlineConfig' | 'unused' | 'suggest'>;
  /** When the run takes place; now when left out. */
  readonly now?: Date;
  /** Told after each file: how many of how many are done. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** Lints a project: every reported migration of every set, against the schema it will meet. */
export async function lint(project: Project, options: LintOptions): Promise<LintResult> {
  const files: FileResult[] = [];
  const notes = [...project.notes, ...leftOutNote(project), ...smallTablesNote(options.config)];
  const all = project.sets.reduce((sum, set) => sum + set.files.filter((file) => file.reported).length, 0);
  for (const set of project.sets) {
    const frontEnd = await openFrontEnd(set, project.workspace, options.config);
    notes.push(...frontEnd.tools.notes);
    for (const problem of frontEnd.tools.problems) if (!files.some(({ path }) => path === problem.path)) files.push(unusable(problem));
    for await (const file of frontEnd.difference ? lintDifference(frontEnd, options.config, { ...options.directives, ruleIds, replaces }, notes) : lintSet(set, frontEnd, options)) {
      files.push(file);
      options.onProgress?.(files.length, all);
    }
  }
  return summarize(files, [...new Set(notes)]);
}

async function* lintSet(set: MigrationSet, frontEnd: FrontEnd, options: LintOptions): AsyncGenerator<FileResult> {
  const isLeftOut = leftOutBy(options.config.startAfter ?? frontEnd.tools.startAfter, set);
  const allow = allowing(options.config.allowances);
  const reported = new Map<MigrationFile, Migration>();
  const parse = async (file: MigrationFile) => {
    const text = file.read();
    return 'source' in text ? allow(await frontEnd.parse(text.source)) : null;
  };
  for (const file of set.files) {
    if (!file.reported || isLeftOut(file) || frontEnd.tools.leavesOut(file.path)) continue;
    const migration = await parse(file);
    if (migration) reported.set(file, migration);
    else yield unreadable(file);
  }
  const court = assemble(rules, options.config, frontEnd, await frontEnd.informed([...reported.values()], wantsAdditions(options.config)));
  const { schema, replayed } = await schemaBefore(set, frontEnd, reported, parse);
  const history = await historyOf(set, frontEnd, reported, options.now ?? new Date());
  const before = history && looksAtSets(court) ? schema.clone() : null;
  const outcome = outcomeOf(set.files.flatMap((file) => reported.get(file) ?? replayed.get(file) ?? []), frontEnd.engine);
  let inChangeSet = false;
  for (const file of set.files) {
    const migration = reported.get(file);
    const older = replayed.get(file);
    if (migration) {
      if (!inChangeSet || file.status !== 'new') schema.markAllOld();
      inChangeSet = file.status === 'new';
      const said = history?.of(file) ?? null;
      const isMerged = isUnchanged(migration, said);
      const merged = said?.before && !isMerged ? combine(judge(said.before, schema.clone(), court, (_, after) => after)) : [];
      const findings = combine(judge(migration, schema, court, outcome, said));
      const unused = isMerged ? 'off' : options.directives.unused;
      const { kept, suppressed } = acknowledge(suppress(migration, findings, { ...options.directives, unused, ruleIds, replaces }), file.version, options.config);
      yield { path: file.path, diagnostics: diagnose(migration.source, without(kept, merged)), suppressed: diagnose(migration.source, suppressed) };
    } else if (older) replay(older, schema, frontEnd.engine, false);
  }
  if (history && before) yield* judgeSet({ history: history.set, engine: frontEnd.engine, application: frontEnd.application, before, after: schema }, court, options.config);
}

const ruleIds: ReadonlySet<string> = new Set(rules.map((rule) => rule.id));
const replaces: ReadonlyMap<string, readonly string[]> = new Map(rules.map((rule) => [rule.id, rule.replaces]));
