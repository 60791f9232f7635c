import type { RuleContext, Step } from '../rule.ts';
import { aftermath, engineWord } from './aftermath.ts';
import { columnChange } from './column-change.ts';
import { quoted } from './names.ts';
import { failsWhenRepeated } from './rerun.ts';
import type { UniqueClaim } from './uniqueness.ts';

/**
 * What a failing unique index leaves of the column changes of its migration, as sentences: `before` are those that are done by then, and that it does not
 * take back with it.
 */
export function leftBehind(claim: UniqueClaim, before: readonly Step[], context: RuleContext): string {
  const stuck = before.find(({ operation }) => failsWhenRepeated(operation))?.operation;
  const rerun = stuck ? ` The next deploy then fails at ${quoted(stuck.verb)}: ${columnChange(stuck)?.rerun ?? 'it was done already'}.` : '';
  const invalid = claim.concurrently ? ' The failed build also leaves an INVALID index that has to be dropped by hand.' : '';
  switch (aftermath(claim.operation, context)) {
    case 'committed':
      return before.length === 0
        ? 'If the index fails, the column change is not made either, and the deploy waits for a person to remove the duplicates.'
        : `${engineWord(context)} commits every schema statement on its own, so the column change stays while the migration counts as not run.${rerun}`;
    case 'kept':
      return before.length === 0
        ? `If the index fails, the column change is not made either, and the deploy waits for a person to remove the duplicates.${invalid}`
        : `No transaction covers the whole migration, so it is left half applied: the column change stays while the migration counts as not run.${rerun}${invalid}`;
    case 'rolled-back':
      return `If the index fails, ${engineWord(context)} rolls back the column change as well, and every deploy is stuck on this migration until a person has removed the duplicates.`;
  }
}
