import type { Operation } from '../operations/index.ts';
import { isMysql } from '../operations/index.ts';
import { indexDuplicatesQuery } from '../remedies/duplicates.ts';
import { advise, duplicatesQuery } from '../remedies/index.ts';
import type { RemedyStep } from '../remedies/index.ts';
import type { Finding, StepContext } from './rule.ts';
import { defineRule } from './rule.ts';
import { aftermathSentence, engineWord } from './shared/aftermath.ts';
import { now } from './shared/history.ts';
import { capital, listed, quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';
import { rowFixBefore } from './shared/row-fix.ts';
import type { UniqueClaim } from './shared/uniqueness.ts';
import { claimKeys, claimName, duplicateRisk, uniqueClaim } from './shared/uniqueness.ts';

export default defineRule({
  id: 'unique-index-on-existing-rows',
  summary: 'A unique index or constraint is built over rows that exist already, and nothing before it makes sure that they are unique.',
  hazard: 'fails',
  severity: 'warn',
  engines: 'all',
  replaces: ['atlas/MF101', 'atlas/MF102', 'safemigrate-lint/unique_data_dependent', 'django-migration-linter/ADD_UNIQUE'],
  docs: {
    why: 'The build fails at the first pair of equal rows (Postgres 23505, MySQL 1062). A failed CREATE UNIQUE INDEX CONCURRENTLY leaves an INVALID index behind, '
      + 'which slows every write, keeps rejecting new duplicates and makes a retry fail because the name is taken.',
    exceptions: 'Not reported when the migration removes the duplicates and then checks the result with a query that can stop it, when an older unique index covers the new one, '
      + 'or when the rows cannot be equal (a column that was just added without a value). Accept it with a reason when the query of the remedy has been run on production.',
  },
  check: { 'create-index': judge, 'add-unique': judge, 'add-primary-key': judge, 'add-column': judge },
});

function judge(operation: Operation, context: StepContext): Finding | undefined {
  const claim = uniqueClaim(operation);
  if (!claim || context.schema.view(claim.table)?.isNew || context.effect.refused) return undefined;
  const risk = duplicateRisk(claim, context, now(context), isMysql(context.engine));
  if (risk === 'never') return undefined;
  if (risk === 'surely') return certain(claim, context);
  const fix = rowFixBefore(claim.table, claim.columns, now(context));
  if (fix?.checked) return undefined;
  return {
    message: `${capital(claimName(claim))} on ${quoted(claim.table)} is built over existing rows, ${fix ? 'and the change of rows before it is not checked' : 'and nothing before it removes duplicates'}.`,
    why: `If two rows are equal in ${claimKeys(claim)}, ${engineWord(context)} refuses it (${isMysql(context.engine) ? 'error 1062, "Duplicate entry"' : 'error 23505'}).${left(claim, context)}`,
    remedy: {
      advice: fix
        ? 'After the change of rows, count the duplicates that are left and raise when there are any, so that the failure names the rows.'
        : 'Run this query on production first; remove the duplicates in a migration before this one, and check the result there.',
      steps: queries(claim, context),
    },
    ...(fix ? { related: [relatedTo(fix.operation, 'changes the rows it relies on', context)] } : {}),
  };
}

/** The query that finds the duplicates; an index with expressions or a condition has one of its own. */
function queries({ operation, table, columns }: UniqueClaim, context: StepContext): readonly RemedyStep[] {
  if (operation.kind === 'create-index') return [indexDuplicatesQuery(operation.index, context)];
  return columns.length > 0 ? [duplicatesQuery(table, columns, context)] : [];
}

function certain(claim: UniqueClaim, context: StepContext): Finding {
  return {
    message: `${capital(claimName(claim))} on ${quoted(claim.table)} fails as soon as the table holds two rows.`,
    why: `Every existing row gets the same value in ${claimKeys(claim)} when the column is added.${left(claim, context)}`,
    remedy: advise(`Add ${listed(claim.columns)} without a default and nullable, give each row a value of its own in batches, and add the ${claim.what} after that.`),
    severity: 'error',
  };
}

function left(claim: UniqueClaim, context: StepContext): string {
  if (claim.concurrently) return ' The failed build leaves an INVALID index behind, which slows every write until it is dropped.';
  return ` ${aftermathSentence(claim.operation, context.steps.length > 0, context)}`;
}
