import type { Operation, QualifiedName } from '../operations/index.ts';
import { isMysql } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Finding, StepContext } from './rule.ts';
import { defineRule } from './rule.ts';
import { aftermathSentence } from './shared/aftermath.ts';
import { mayHoldRows } from './shared/existing-rows.ts';
import { listed, quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';
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
  check: { 'create-index': unique, 'add-unique': unique, 'add-primary-key': unique, 'set-not-null': other, 'add-foreign-key': other, 'add-check': other },
});

function unique(operation: Operation, context: StepContext): Finding | undefined {
  const claim = uniqueClaim(operation);
  if (!claim || duplicateRisk(claim, context, context.steps, isMysql(context.engine)) !== 'maybe') return undefined;
  return finding(claim.table, claim.columns, operation, context, false);
}

function other(operation: Operation, context: StepContext): Finding | undefined {
  if (!mayHoldRows(context, context.steps)) return undefined;
  if (operation.kind === 'set-not-null') return finding(operation.table, [operation.column], operation, context, true);
  if (operation.kind === 'add-foreign-key' && operation.foreignKey.validated) return finding(operation.table, operation.foreignKey.columns, operation, context, true);
  if (operation.kind !== 'add-check' || !operation.check.validated) return undefined;
  const { expression } = operation.check;
  const columns = [...(context.table?.columns.keys() ?? [])].filter((column) => new RegExp(`\\b${column.replace(/\W/g, '\\$&')}\\b`).test(expression));
  return columns.length > 0 ? finding(operation.table, columns, operation, context, true) : undefined;
}

function finding(table: QualifiedName, columns: readonly string[], constraint: Operation, context: StepContext, recordsOnly: boolean): Finding | undefined {
  const fix = rowFixBefore(table, columns, context.steps);
  if (!fix || fix.checked || (recordsOnly && fix.operation.mode.by !== 'records')) return undefined;
  return {
    operation: fix.operation,
    message: `${quoted(constraint.verb)} relies on this change of ${quoted(table)}, and nothing checks its result before.`,
    why: `If a row was missed, the constraint${columns.length > 0 ? ` over ${listed(columns)}` : ''} fails after the change has been made. ${aftermathSentence(constraint, true, context)}`,
    remedy: advise(`Between the two, count the rows of ${quoted(table)} that still break the constraint and raise when there are any; do both in one transaction.`),
    related: [relatedTo(constraint, 'relies on it', context)],
  };
}
