import type { Operation } from '../operations/index.ts';
import { isMysql, tableOf } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { defineRule } from './rule.ts';
import { aftermathSentence } from './shared/aftermath.ts';
import { constrainedColumns } from './shared/constrained-columns.ts';
import { mayHoldRows } from './shared/existing-rows.ts';
import type { Moment } from './shared/history.ts';
import { listed, quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';
import type { RowFix } from './shared/row-fix.ts';
import { rowFixBefore } from './shared/row-fix.ts';
import { duplicateRisk, uniqueClaim } from './shared/uniqueness.ts';

export default defineRule({
  id: 'unchecked-data-change',
  summary: 'A constraint relies on a data change before it whose result nobody checks.',
  hazard: 'fails',
  severity: 'warn',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'A clean-up that misses rows (other case, trailing spaces, NULLs, rows written meanwhile, `save` that returns false) is noticed only by the constraint behind it, which fails with the first bad value and after the old values are gone or rolled back. '
      + 'A count after the change, raising when it is not zero, stops at a point where the cause is known.',
    exceptions: 'Not reported when a query that can stop the migration stands between the two, and for single statements whose result is plain, such as filling NULLs before NOT NULL.',
  },
  migration(context) {
    const reported = new Set<Operation>();
    return context.steps.flatMap((step, at) => {
      const found = reliance(step, { steps: context.steps, before: at }, context);
      if (!found || reported.has(found.fix)) return [];
      reported.add(found.fix);
      return [finding(found.fix, found.columns, step.operation, context)];
    });
  },
});

/** The unchecked change of rows that a step's constraint relies on, or null. What a single statement does for NOT NULL, a key or a check is plain to see. */
function reliance(step: Step, moment: Moment, context: RuleContext): { fix: RowFix['operation']; columns: readonly string[] } | null {
  const claim = uniqueClaim(step.operation);
  if (claim && duplicateRisk(claim, step, moment, isMysql(context.engine)) !== 'maybe') return null;
  const columns = claim ? claim.columns : constrainedColumns(step);
  const table = tableOf(step.operation);
  if (columns === null || !table || !mayHoldRows(step, moment)) return null;
  const fix = rowFixBefore(table, columns, moment);
  if (!fix || fix.checked || (!claim && fix.operation.mode.by !== 'records')) return null;
  return { fix: fix.operation, columns };
}

function finding(fix: RowFix['operation'], columns: readonly string[], constraint: Operation, context: RuleContext): Finding {
  return {
    operation: fix,
    message: `${quoted(constraint.verb)} relies on this change of ${quoted(fix.table)}, and nothing checks its result before.`,
    why: `If a row was missed, the constraint${columns.length > 0 ? ` over ${listed(columns)}` : ''} fails after the change has been made. ${aftermathSentence(constraint, true, context)}`,
    remedy: advise(`Between the two, count the rows of ${quoted(fix.table)} that still break the constraint and raise when there are any; do both in one transaction.`),
    related: [relatedTo(constraint, 'relies on it', context)],
  };
}
