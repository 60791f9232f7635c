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

/** The checks of strong_migrations that an ALGORITHM or a LOCK clause has; the others are about statements without one. */
const byClause: Readonly<Record<string, (all: Names) => Names>> = {
  COPY: (all) => all.filter((name) => name.endsWith('/copy_algorithm')),
  LOCK: (all) => all.filter((name) => name.endsWith('/lock_option')),
  none: (all) => all.filter((name) => !/\/(?:copy_algorithm|lock_option)$/.test(name)),
};

function clauseOf(operation: Operation): keyof typeof byClause {
  const { algorithm, lock } = operation.alter ?? ('algorithm' in operation ? operation : { algorithm: null, lock: null });
  return algorithm?.toUpperCase() === 'COPY' ? 'COPY' : lock === null ? 'none' : 'LOCK';
}

/** What other checkers' settings leave of a rule: all of it, nothing, or what the function does not take away. */
export type Left = 'all' | 'nothing' | ((operation: Operation) => boolean);

/** What a gem leaves of a rule when some of its checks (`strong_migrations/add_index`) are disabled: a rule stands for each of them. */
export function leftByGems({ replaces }: Pick<Rule, 'replaces'>, disabled: Names): Left {
  if (!replaces.some((name) => disabled.includes(name))) return 'all';
  if (!replaces.includes('strong_migrations/copy_algorithm')) return 'nothing';
  return (operation) => byClause[clauseOf(operation)]?.(replaces).some((name) => disabled.includes(name)) ?? false;
}

/** What the exclusion of some of squawk's rules leaves of one of ours. A finding goes only when every rule of squawk is excluded that would report it. */
export function leftBySquawk(rule: Pick<Rule, 'id' | 'replaces'>, excluded: ReadonlySet<string>): Left {
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
