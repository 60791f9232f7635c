import type { Config } from '../config/config.ts';
import type { SetContext } from '../rules/shared/change-set.ts';
import type { Source } from '../source/source.ts';
import { isAcknowledged } from './acknowledge.ts';
import { diagnose } from './diagnose.ts';
import type { Court, JudgedFinding } from './judge.ts';
import type { FileResult } from './result.ts';

/** True when a rule that is on looks at whole sets. */
export function looksAtSets({ rules }: Court): boolean {
  return rules.some(({ rule }) => rule.set !== undefined);
}

/** Judges what a change set does to the files beside its migrations: those it removes, the dump of the schema. One result a file that something is found in. */
export function judgeSet(context: Omit<SetContext, 'options'>, court: Court, config: Config): FileResult[] {
  const byFile = new Map<string, { readonly source: Source; readonly kept: JudgedFinding[]; readonly suppressed: JudgedFinding[] }>();
  for (const { rule, severity, options } of court.rules) {
    for (const { source, at, advice, version, ...said } of rule.set?.({ ...context, options }) ?? []) {
      const result = byFile.get(source.path) ?? { source, kept: [], suppressed: [] };
      byFile.set(source.path, result);
      const finding: JudgedFinding = { ruleId: rule.id, hazard: rule.hazard, severity: said.severity ?? severity, at, statement: at, message: said.message, why: said.why, remedy: { advice, steps: [] }, related: said.related ?? [], assured: null };
      (isAcknowledged(finding, version, config) ? result.suppressed : result.kept).push(finding);
    }
  }
  return [...byFile.values()].map(({ source, kept, suppressed }) => ({ path: source.path, isBeside: true as const, diagnostics: diagnose(source, kept), suppressed: diagnose(source, suppressed) }));
}
