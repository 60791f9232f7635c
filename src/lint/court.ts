import type { Application } from '../application/application.ts';
import type { Config } from '../config/config.ts';
import type { FrontEnd } from '../frameworks/framework.ts';
import { printName } from '../operations/index.ts';
import type { OperationKind, QualifiedName } from '../operations/index.ts';
import type { Rule, TablePolicy } from '../rules/rule.ts';
import type { Check, Court, EnabledRule } from './judge.ts';
import { noOptions } from './judge.ts';
import { includedWith, leftByGems, leftBySquawk } from './foreign-checks.ts';

/** Which of a gem's own safeties makes which rule moot. */
const rewrittenBy: Readonly<Record<string, FrontEnd['tools']['rewrites'][number]>> = {
  'blocking-index': 'index', 'blocking-index-removal': 'index-removal', 'blocking-foreign-key': 'foreign-key', 'blocking-check': 'check', 'set-not-null-scan': 'not-null',
  'invalid-index-left-behind': 'invalid-index',
};

/** Brings together the rules that are on, with their severities, and what they judge with. The user's own settings of a rule win over those of other tools, presets do not. */
export function assemble(rules: readonly Rule[], config: Config, frontEnd: FrontEnd, application: Application): Court {
  const { tools, engine } = frontEnd;
  const enabled = rules.flatMap((rule): EnabledRule[] => {
    if (rule.engines !== 'all' && !rule.engines.includes(engine.name)) return [];
    const setting = config.rules.get(rule.id);
    const wanted = setting && setting.severity !== 'off' ? { rule, severity: setting.severity, configured: true, options: optionsOf(setting.options) } : undefined;
    if (setting && !setting.preset) return wanted ? [wanted] : [];
    const moot = rewrittenBy[rule.id];
    if (moot && tools.rewrites.includes(moot)) return [];
    const left = [leftByGems(rule, tools.disabled), leftBySquawk(rule, tools.squawk.excluded)];
    if (left.includes('nothing')) return [];
    const one = wanted ?? byDefault(rule, setting !== undefined, includedWith(rule, tools.squawk.included));
    if (one === null) return [];
    const takeAway = left.filter((one) => typeof one === 'function');
    return [takeAway.length === 0 ? one : { ...one, isUnwanted: (operation) => takeAway.some((isUnwanted) => isUnwanted(operation)) }];
  });
  const standing = standingIn(config, frontEnd);
  const tablePolicy = (table: QualifiedName): TablePolicy => standing(table)?.policy ?? 'normal';
  return { rules: enabled, checks: checksOf(enabled), engine, application, tablePolicy, standing };
}

/** A rule that the user says nothing of and no preset switches on: as it is, or as squawk's settings ask for it. */
function byDefault(rule: Rule, isOff: boolean, included: EnabledRule['options'] | null): EnabledRule | null {
  if (rule.severity !== 'off' && !isOff) return { rule, severity: rule.severity, configured: false, options: noOptions };
  return included && { rule, severity: 'warn', configured: true, options: optionsOf(included) };
}

function optionsOf(options: EnabledRule['options']): EnabledRule['options'] {
  return Object.keys(options).length > 0 ? options : noOptions;
}

/** What is known of a table: what the user says, else what the settings of other tools say, else the figures. */
function standingIn({ tables, measured, path }: Config, { tools }: FrontEnd): Court['standing'] {
  return (table) => {
    const name = printName(table);
    const listed = tables.get(name);
    if (listed) return { policy: listed, because: `is listed as ${listed}${path === null ? '' : ` (${path})`}` };
    const other = tools.tables.get(table.name);
    return other ? { policy: other, because: `is listed as ${other} in the settings of another tool` } : (measured.get(name) ?? null);
  };
}

function checksOf(enabled: readonly EnabledRule[]): ReadonlyMap<OperationKind, readonly Check[]> {
  const checks = new Map<OperationKind, Check[]>();
  for (const one of enabled) {
    for (const [kind, handle] of Object.entries(one.rule.check ?? {}) as [OperationKind, Check['handle']][]) checks.set(kind, [...(checks.get(kind) ?? []), { enabled: one, handle }]);
  }
  return checks;
}

/** True when a rule is told that the new code starts before the migrations run, so that uses of what they add matter. */
export function wantsAdditions({ rules }: Config): boolean {
  return [...rules.values()].some(({ options }) => options['codeFirst'] === true);
}
