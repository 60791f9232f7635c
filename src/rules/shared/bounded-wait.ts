import type { Step } from '../rule.ts';

/** True when the steps before a statement set a lock_timeout: its wait for a lock cannot pile up a queue. */
export function waitIsBounded(before: readonly Step[]): boolean {
  const timeout = before.findLast(({ operation }) => operation.kind === 'set-setting' && operation.name.toLowerCase() === 'lock_timeout')?.operation;
  return timeout?.kind === 'set-setting' && timeout.value !== null && !/^['"]?0+\s*\w*['"]?$/.test(timeout.value.trim());
}
