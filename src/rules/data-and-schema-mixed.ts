import { isMysql, isSchemaChange, tableOf } from '../operations/index.ts';
import { separateMigrations } from '../remedies/index.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { defineRule } from './rule.ts';
import { engineWord } from './shared/aftermath.ts';
import { inForce } from './shared/history.ts';
import { quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';
import type { RowWrite } from './shared/row-write.ts';
import { rowWrite } from './shared/row-write.ts';

export default defineRule({
  id: 'data-and-schema-mixed',
  summary: 'Rows of an existing table are changed together with the schema, in one transaction or one migration that cannot be rolled back.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['zero_downtime_migrations/MixedMigration', 'migrationpilot/MP080', 'pgfence/update-in-migration'],
  docs: {
    why: 'On Postgres the locks of a schema change are kept until the transaction ends, so readers and writers wait for the data change, too; and a data change before it keeps its row locks while the schema change waits for the table. '
      + 'On MySQL and MariaDB nothing rolls back: a data change that fails half way leaves the schema changed, the rows partly written and the migration not recorded.',
    exceptions: 'Not reported for constant seed rows, for rows selected by key, for tables made by the same change set, and for tables said to be small.',
  },
  migration(context) {
    const mysql = isMysql(context.engine);
    const groupOf = ({ operation }: Step) => (mysql ? 0 : operation.transaction);
    const changes = new Map<number | null, Step>();
    const steps = inForce(context);
    for (const step of steps) if (!changes.has(groupOf(step)) && changesExistingTable(step)) changes.set(groupOf(step), step);
    changes.delete(null);
    return steps.flatMap((step) => {
      const change = changes.get(groupOf(step));
      const write = change && rowWrite(step, context);
      if (!write) return [];
      changes.delete(groupOf(step));
      return [finding(write, change, context)];
    });
  },
});

function changesExistingTable({ operation, table, onNewTable }: Step): boolean {
  return isSchemaChange(operation) && operation.kind !== 'create-table' && tableOf(operation) !== null && !onNewTable && table?.isNew !== true;
}

function finding(write: RowWrite, change: Step, context: RuleContext): Finding {
  const { operation } = change;
  const schemaTable = tableOf(operation);
  const first = context.steps.indexOf(change) < context.steps.findIndex((step) => step.operation === write.operation);
  const kept = first
    ? `The locks that ${quoted(operation.verb)} takes on ${quoted(schemaTable ?? write.table)} are kept until the rows of ${quoted(write.table)} are written, so everyone who uses that table waits.`
    : `The changed rows of ${quoted(write.table)} stay locked until ${quoted(operation.verb)} has got its lock and finished, so writers wait for both.`;
  return {
    operation: write.operation,
    message: `Rows of ${quoted(write.table)} are changed in the same ${isMysql(context.engine) ? 'migration' : 'transaction'} as the schema (${quoted(operation.verb)}).`,
    why: isMysql(context.engine)
      ? `${engineWord(context)} commits every schema statement on its own: if the data change fails, the schema stays changed, the rows stay half done and the migration counts as not run.`
      : `${kept} If either fails, both roll back and the work starts over.`,
    remedy: first ? separateMigrations('the schema change', 'the data change', context) : separateMigrations('the data change', 'the schema change', context),
    related: [relatedTo(operation, 'changes the schema', context)],
  };
}
