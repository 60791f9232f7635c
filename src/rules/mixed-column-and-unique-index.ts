import { isMysql, tableOf } from '../operations/index.ts';
import { advise, separateMigrations, uniqueIndexAlone } from '../remedies/index.ts';
import type { Remedy } from '../remedies/index.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { defineRule } from './rule.ts';
import { columnChange, columnChangesOnExistingTables } from './shared/column-change.ts';
import { inForce } from './shared/history.ts';
import { leftBehind } from './shared/left-behind.ts';
import { quoted, quotedColumn } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';
import { recordOf, unitsOf } from './shared/unit-of-work.ts';
import type { UniqueClaim } from './shared/uniqueness.ts';
import { claimKeys, claimName, duplicateRisk, uniqueClaim } from './shared/uniqueness.ts';
import { isFromSchemafile } from './shared/schemafile.ts';

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
    const steps = inForce(context);
    const all = columnChangesOnExistingTables(steps);
    // Ridgepole compares anew at every run, so that a failed index leaves nothing stuck.
    if (all.length === 0 || isFromSchemafile(context)) return undefined;
    const units = numberedUnits(steps, context);
    const findings: Finding[] = [];
    for (const [at, step] of steps.entries()) {
      const claim = uniqueClaim(step.operation);
      if (!claim || claim.operation.kind === 'add-column') continue;
      const risk = duplicateRisk(claim, step, { steps, before: at }, isMysql(context.engine));
      if (risk === 'never') continue;
      const changes = all.filter((change) => recordOf(change.operation, context.migration) === recordOf(step.operation, context.migration));
      if (changes.length === 0) continue;
      const kept = changes.filter((change) => (units.get(change) ?? 0) < (units.get(step) ?? 0));
      const remedy = findings.length < mostSpelledOut ? remedyFor(claim, context) : advise('Give this unique index a migration of its own as well.');
      findings.push(finding(claim, changes, kept, risk === 'surely', remedy, context));
    }
    return findings;
  },
});

/** How many remedies are written out for one file; each repeats the rest of the migration. */
const mostSpelledOut = 20;

function numberedUnits(steps: readonly Step[], { engine }: RuleContext): ReadonlyMap<Step, number> {
  return new Map(unitsOf(steps, engine).flatMap((unit, number) => unit.map((step) => [step, number] as const)));
}

function remedyFor({ operation, what }: UniqueClaim, context: RuleContext): Remedy {
  return operation.kind === 'create-index' || operation.kind === 'add-unique' ? uniqueIndexAlone(operation, context) : separateMigrations('the column change', `the ${what}`, context);
}

function finding(claim: UniqueClaim, changes: readonly Step[], kept: readonly Step[], surely: boolean, remedy: Remedy, context: RuleContext): Finding {
  const first = changes[0]?.operation;
  const change = first && columnChange(first);
  const more = changes.length > 1 ? ` (and ${changes.length - 1} more)` : '';
  return {
    operation: claim.operation,
    message: `This migration ${change?.does ?? 'changes'} column ${quoted(change?.column ?? '')}${more} and also adds ${claimName(claim)} on ${quoted(claim.table)}, which fails ${surely ? 'as soon as the table holds two rows' : `if two rows are equal in ${claimKeys(claim)}`}.`,
    why: leftBehind(claim, kept, context),
    remedy,
    related: changes.slice(0, 10).map((one) => relatedTo(one.operation, `${columnChange(one.operation)?.does ?? 'changes'} ${quotedColumn(tableOf(one.operation) ?? claim.table, columnChange(one.operation)?.column ?? '')}`, context)),
  };
}
