import { isMysql } from '../operations/index.ts';
import { separateMigrations, uniqueIndexAlone } from '../remedies/index.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { defineRule } from './rule.ts';
import { aftermath, engineWord } from './shared/aftermath.ts';
import { columnChange, columnChangesOnExistingTables } from './shared/column-change.ts';
import { quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';
import { failsWhenRepeated } from './shared/rerun.ts';
import type { UniqueClaim } from './shared/uniqueness.ts';
import { claimKeys, claimName, duplicateRisk, uniqueClaim } from './shared/uniqueness.ts';

export default defineRule({
  id: 'mixed-column-and-unique-index',
  summary: 'One migration changes columns of an existing table and adds a unique index or constraint that existing rows can break.',
  hazard: 'fails',
  severity: 'error',
  engines: 'all',
  replaces: ['nandi/add_index', 'zero_downtime_migrations/MixedMigration'],
  docs: {
    why: 'A unique index fails when two rows hold the same value (Postgres 23505, MySQL 1062), and no test database has production\'s duplicates. '
      + 'What is left then depends on the engine. MySQL and MariaDB commit every schema statement: the column change stays, the migration counts as not run, '
      + 'and the next deploy fails at its first line ("Duplicate column name"). Postgres rolls the whole file back, so a harmless column change is held up by rows nobody has looked at; '
      + 'with `disable_ddl_transaction!` it is left half applied, with an INVALID index on top.',
    exceptions: 'Nothing is reported when duplicates cannot exist: on a new table, over a column that was just added without a value, or when an older unique index already covers it.',
  },
  migration(context) {
    const changes = columnChangesOnExistingTables(context.steps);
    if (changes.length === 0) return undefined;
    return context.steps.flatMap((step, at) => {
      const claim = uniqueClaim(step.operation);
      if (!claim || claim.operation.kind === 'add-column') return [];
      const risk = duplicateRisk(claim, step, context.steps.slice(0, at), isMysql(context.engine));
      return risk === 'never' ? [] : [finding(claim, step, changes, at, context)];
    });
  },
});

function finding(claim: UniqueClaim, step: Step, changes: readonly Step[], at: number, context: RuleContext): Finding {
  const first = changes[0]?.operation;
  const change = first && columnChange(first);
  const before = changes.filter((one) => context.steps.indexOf(one) < at);
  const more = changes.length > 1 ? ` (and ${changes.length - 1} more)` : '';
  const { operation } = step;
  return {
    operation,
    message: `This migration ${change?.does ?? 'changes'} column ${quoted(change?.column ?? '')}${more} and also adds ${claimName(claim)} on ${quoted(claim.table)}, which fails if two rows are equal in ${claimKeys(claim)}.`,
    why: leftBehind(claim, before, context),
    remedy: operation.kind === 'create-index' || operation.kind === 'add-unique' ? uniqueIndexAlone(operation, context) : separateMigrations('the column change', `the ${claim.what}`, context),
    related: changes.map((one) => relatedTo(one.operation, `${columnChange(one.operation)?.does ?? 'changes'} ${quoted(columnChange(one.operation)?.column ?? '')}`, context)),
  };
}

function leftBehind(claim: UniqueClaim, before: readonly Step[], context: RuleContext): string {
  const stuck = before.find(({ operation }) => failsWhenRepeated(operation))?.operation;
  const rerun = stuck ? ` The next deploy then fails at ${quoted(stuck.verb)}: ${columnChange(stuck)?.rerun ?? 'it was done already'}.` : '';
  const invalid = claim.concurrently ? ' The failed build also leaves an INVALID index that has to be dropped by hand.' : '';
  switch (aftermath(claim.operation, context)) {
    case 'committed':
      return before.length === 0
        ? 'If the index fails, the column change never runs, and the deploy waits for a person to remove the duplicates.'
        : `${engineWord(context)} commits every schema statement at once, so the column change stays while the migration counts as not run.${rerun}`;
    case 'kept':
      return before.length === 0
        ? `If the index fails, the column change never runs, and the deploy waits for a person to remove the duplicates.${invalid}`
        : `No transaction wraps this migration, so it is left half applied: the column change stays while the migration counts as not run.${rerun}${invalid}`;
    case 'rolled-back':
      return `If the index fails, ${engineWord(context)} rolls back the column change as well, and every deploy is stuck on this migration until a person has removed the duplicates.`;
  }
}
