import type { Operation } from '../operations/index.ts';
import type { Rule } from '../rules/rule.ts';
import { toolPresets } from '../config/presets/preset-setting.ts';

type Names = readonly string[];

/**
 * Which of squawk's rules report what one of ours finds, where that depends on the statement: by the table of its documentation and as 2.66 was run. No name: it has no rule for it, so none that is
 * switched off can mean it.
 */
const byStatement: Readonly<Record<string, (operation: Operation, all: Names) => Names>> = {
  'blocking-check': ({ kind }) => [kind === 'alter-domain' ? 'ban-alter-domain-with-add-constraint' : 'constraint-missing-not-valid'],
  'blocking-foreign-key': ({ kind }, all) => (kind === 'add-column' ? ['adding-foreign-key-constraint'] : all),
  'blocking-primary-key': (operation, all) => (operation.kind === 'add-column' ? ['adding-serial-primary-key-field'] : operation.kind === 'add-primary-key' && operation.usingIndex !== null ? [] : all),
  'blocking-unique-constraint': ({ kind }, all) => (kind === 'add-column' ? ['disallowed-unique-constraint'] : all),
  'concurrent-in-transaction': ({ kind }, all) => (kind === 'create-index' ? all : []),
  'not-null-without-backfill': ({ kind }, all) => (kind === 'add-column' ? all : []),
  'parent-table-lock': ({ kind }, all) => (kind === 'truncate' ? all : []),
  'rewriting-column': (operation, all) => (operation.kind === 'add-column' && operation.column.generated ? ['adding-field-with-default'] : all),
  'table-rewrite': ({ kind }, all) => (kind === 'set-table-option' ? [] : all),
  'truncate': (operation, all) => (operation.kind === 'truncate' && operation.cascade ? all : []),
};

/** Squawk's rules that a rule stands for, as `require-timeout-settings`, which is another name of two, apart. */
function checksOf(rule: Pick<Rule, 'replaces'>): Names {
  return rule.replaces.flatMap((name) => (name.startsWith('squawk/') && name !== 'squawk/require-timeout-settings' ? [name.slice('squawk/'.length)] : []));
}

/** What the exclusion of some of squawk's rules leaves of one of ours: all of it, nothing, or what the function does not take away. A finding goes only when every rule of squawk is excluded that would report it. */
export function leftOf(rule: Pick<Rule, 'id' | 'replaces'>, excluded: ReadonlySet<string>): 'all' | 'nothing' | ((operation: Operation) => boolean) {
  const all = checksOf(rule);
  if (!all.some((name) => excluded.has(name))) return 'all';
  const depends = byStatement[rule.id];
  const isExcluded = (names: Names) => names.length > 0 && names.every((name) => excluded.has(name));
  if (depends) return (operation) => isExcluded(depends(operation, all));
  return isExcluded(all) ? 'nothing' : 'all';
}

/** The options of a rule that one of squawk's that is asked for switches on; null when it is not asked for. */
export function includedWith(rule: Pick<Rule, 'id' | 'replaces'>, included: ReadonlySet<string>): Readonly<Record<string, unknown>> | null {
  if (!checksOf(rule).some((name) => included.has(name))) return null;
  return rule.id === 'unqualified-name' ? { always: true } : (toolPresets.squawk?.rules[rule.id] ?? {});
}
