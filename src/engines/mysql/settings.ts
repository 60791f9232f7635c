import type { Settings } from '../ledger.ts';

/** True when `foreign_key_checks` is off for the session: foreign keys are added without a look at the rows, and what they refer to can be dropped. */
export function areKeysUnchecked(settings: Settings): boolean {
  const last = [...settings.values()].findLast(({ name }) => /^(?:@*(?:session|local)\.|@@)?foreign_key_checks$/i.test(name));
  return last !== undefined && /^['"]?(0|off|false)['"]?$/i.test(last.value ?? '');
}
