import type { Migration } from '../operations/index.ts';
import type { Span } from '../source/span.ts';
import { contains } from '../source/span.ts';
import type { Directive } from './directive.ts';
import { readDirectives } from './directive.ts';
import { means, readForeignDirectives } from './foreign-directive.ts';
import type { JudgedFinding } from './judge.ts';

/** What directives did to the findings of one migration. */
export interface Suppressed {
  readonly kept: readonly JudgedFinding[];
  readonly suppressed: readonly JudgedFinding[];
}

/** How directives are treated. */
export interface SuppressOptions {
  /** False for `--no-inline-config`: directives have no effect and are not reported. */
  readonly inlineConfig: boolean;
  /** The severity for directives that silence nothing; `off` to say nothing. */
  readonly unused: 'error' | 'warn' | 'off';
  /** All known rule ids, for telling unknown ones. */
  readonly ruleIds: ReadonlySet<string>;
  /** By rule id, the same rule in other checkers, `tool/rule`. */
  readonly replaces: ReadonlyMap<string, readonly string[]>;
  /** The nearest known rule id to a misspelt one, or null. */
  readonly suggest: (ruleId: string) => string | null;
}

/** The id under which anzen reports on directives themselves. */
export const directiveRuleId = 'directive';

/** Applies the directives of a migration to its findings, and adds findings about directives that are wrong, unused or without a reason. */
export function suppress(migration: Migration, judged: readonly JudgedFinding[], options: SuppressOptions): Suppressed {
  if (!options.inlineConfig) return { kept: judged, suppressed: [] };
  const findings = assure(migration, judged, options.replaces);
  const directives = readDirectives(migration);
  if (directives.length === 0) return { kept: findings, suppressed: [] };
  const used = new Map<Directive, Set<string>>();
  const kept: JudgedFinding[] = [];
  const suppressed: JudgedFinding[] = [];
  for (const finding of findings) {
    const by = directives.find((directive) => directive.reason !== null && silences(directive, finding));
    if (!by) kept.push(finding);
    else {
      suppressed.push(finding);
      used.set(by, (used.get(by) ?? new Set()).add(finding.ruleId));
    }
  }
  return { kept: [...kept, ...directives.flatMap((directive) => complaints(directive, used.get(directive), options))], suppressed };
}

/** Findings that another checker was told to be silent about are shown as assured by that. */
function assure(migration: Migration, findings: readonly JudgedFinding[], replaces: SuppressOptions['replaces']): readonly JudgedFinding[] {
  const directives = readForeignDirectives(migration);
  if (directives.length === 0) return findings;
  return findings.map((finding) => {
    if (finding.assured) return finding;
    const directive = directives.find((one) => one.covers !== null && contains(one.covers, finding.at) && means(one, replaces.get(finding.ruleId) ?? []));
    return directive ? { ...finding, assured: { by: directive.by, reason: directive.reason, at: directive.at } } : finding;
  });
}

function silences(directive: Directive, finding: JudgedFinding): boolean {
  if (!directive.covers) return false;
  if (directive.rules.length > 0 && !directive.rules.includes(finding.ruleId)) return false;
  return contains(directive.covers, finding.at);
}

function complaints(directive: Directive, used: ReadonlySet<string> | undefined, options: SuppressOptions): JudgedFinding[] {
  if (directive.reason === null) {
    const example = directive.rules.join(', ') || 'RULE';
    return [complaint(directive.at, 'error', 'The directive has no reason, so it has no effect.', 'A reader of the file has to know why the finding does not hold here.', `Write the reason after two dashes: "anzen-disable${directive.scope === 'file' ? '' : '-next-line'} ${example} -- the table has 40 rows".`)];
  }
  const unknown = directive.rules.filter((rule) => !options.ruleIds.has(rule));
  const found = unknown.map((rule) => {
    const near = options.suggest(rule);
    return complaint(directive.at, 'warn', `The directive names "${rule}", which is not a rule.`, 'A misspelt rule silences nothing.', near ? `Write "${near}".` : 'Run "anzen rules" for the list of rules.');
  });
  if (options.unused === 'off') return found;
  const idle = directive.rules.filter((rule) => options.ruleIds.has(rule) && !used?.has(rule));
  if (directive.rules.length === 0 && !used) found.push(complaint(directive.at, options.unused, 'The directive silences nothing.', 'No rule finds anything in what it covers.', 'Remove it.'));
  if (idle.length > 0) found.push(complaint(directive.at, options.unused, `The directive silences nothing for ${idle.map((rule) => `"${rule}"`).join(', ')}.`, 'The rule finds nothing in what the directive covers.', 'Remove it.'));
  return found;
}

function complaint(at: Span, severity: 'error' | 'warn', message: string, why: string, advice: string): JudgedFinding {
  return { ruleId: directiveRuleId, hazard: 'advice', severity, at, statement: at, message, why, remedy: { advice, steps: [] }, related: [], assured: null };
}
