import type { RuleContext } from '../rule.ts';

/** True when an earlier statement of the migration has switched MySQL's `foreign_key_checks` off and none has switched it on again. */
export function foreignKeyChecksOff(context: RuleContext): boolean {
  const last = context.steps.findLast(({ operation }) => operation.kind === 'set-setting' && /(^|\.)foreign_key_checks$/i.test(operation.name));
  return last?.operation.kind === 'set-setting' && /^['"]?(0|off|false)['"]?$/i.test(last.operation.value ?? '');
}
