import type { Config } from '../config/config.ts';
import type { FrontEnd } from '../frameworks/framework.ts';
import type { Source } from '../source/source.ts';
import { createSource } from '../source/source.ts';
import type { Place, Span } from '../source/span.ts';
import { createSchema } from '../schema/state.ts';
import { rules } from '../rules/index.ts';
import { allowing } from './allowance.ts';
import { combine } from './combine.ts';
import { assemble, wantsAdditions } from './court.ts';
import { diagnose } from './diagnose.ts';
import type { JudgedFinding } from './judge.ts';
import { judge } from './judge.ts';
import type { FileResult } from './result.ts';
import { outcomeOf } from './outcome.ts';
import type { SuppressOptions } from './suppress.ts';
import { suppress } from './suppress.ts';

/** Judges what applying the files of a set does that say what the schema shall be, against the schema as the merged ones leave it; findings go to the file that they stand in. */
export async function* lintDifference(frontEnd: FrontEnd, config: Config, options: SuppressOptions, notes: string[]): AsyncGenerator<FileResult> {
  const told = await frontEnd.difference?.();
  notes.push(...(told?.notes ?? []));
  if (!told?.difference) return;
  const { difference } = told;
  const migration = allowing(config.allowances)(difference.migration);
  const court = assemble(rules, config, frontEnd, await frontEnd.informed([migration], wantsAdditions(config)));
  const schema = createSchema({ complete: true, engine: frontEnd.engine.name });
  for (const operation of difference.before) schema.apply(operation, { inChangeSet: false });
  schema.markAllOld();
  const findings = combine(judge(migration, schema, court, outcomeOf([migration], frontEnd.engine)));
  const { kept, suppressed } = suppress(migration, findings, options);
  const parts = migration.files ?? [{ path: migration.source.path, start: 0, end: migration.source.text.length }];
  const changed = new Set([...migration.operations.map(({ at }) => at), ...migration.problems.map(({ at }) => at)].map((at) => partOf(at, parts)?.path));
  const sources = new Map(parts.map((part) => [part.path, createSource(part.path, migration.source.text.slice(part.start, part.end))]));
  yield* parts.flatMap((part): FileResult[] => {
    const here = (all: readonly JudgedFinding[]) => all.filter(({ at }) => partOf(at, parts) === part).map((finding) => moved(finding, part, parts, migration.source));
    const [own, silenced] = [here(kept), here(suppressed)];
    const source = sources.get(part.path);
    if (!source || (own.length + silenced.length === 0 && !changed.has(part.path))) return [];
    const sourceAt = (path: string) => sources.get(path);
    return [{ path: part.path, diagnostics: diagnose(source, own, sourceAt), suppressed: diagnose(source, silenced, sourceAt) }];
  });
}

function partOf(span: Span, parts: readonly Place[]): Place | undefined {
  return parts.find(({ start, end }) => start <= span.start && span.start <= end);
}

/** The finding with the places of its own file. */
function moved(finding: JudgedFinding, part: Place, parts: readonly Place[], joined: Source): JudgedFinding {
  const back = ({ start, end }: Span): Span => ({ start: Math.max(0, start - part.start), end: Math.min(Math.max(0, end - part.start), part.end - part.start) });
  const related = finding.related.map(({ place, text }) => {
    const there = place.path === joined.path ? partOf(place, parts) : undefined;
    return there ? { place: { path: there.path, start: place.start - there.start, end: place.end - there.start }, text } : { place, text };
  });
  return { ...finding, at: back(finding.at), statement: back(finding.statement), related };
}
