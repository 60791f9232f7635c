import type { OperationOf } from '../operations/index.ts';
import { olderThan, printFramework, printName, sameName } from '../operations/index.ts';
import { backfillStep } from './backfill.ts';
import type { RemedyContext } from './context.ts';
import { ownMigration } from './own-migration.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';
import { parseTableName, quoteName } from './sql/name.ts';
import { quoteText } from './sql/value.ts';
import { codeStep, migrationStep, note, perform } from './step.ts';

/** A rename of an enum label during which running code goes on: the new label is added, the code takes both, the rows are moved, the old label stays unused. */
export function enumValueExpand(operation: OperationOf<'rename-enum-value'>, c: RemedyContext): Remedy {
  const { type, value, to } = operation;
  const text = (label: string): string => quoteText(label, c.engine);
  const columns = [...c.schema.tables()].flatMap((table) => [...table.columns.values()].filter((column) => !column.type.array && sameName(parseTableName(column.type.name), type)).map((column) => ({ table: table.name, column: column.name })));
  const backfills = columns.map(({ table, column }) =>
    backfillStep(table, { [column]: text(to) }, `${quoteName(column, c.engine)} = ${text(value)}`, c, `Then move the rows of "${printName(table)}", in batches.`),
  );
  return {
    advice: `Add "${to}" beside "${value}", let the code read both and write the new one, then move the rows. Postgres cannot drop "${value}"; it stays unused.`,
    steps: [
      migrationStep({
        words: `add ${to} to ${type.name}`,
        title: `Deployment 1: add "${to}".`,
        transaction: !olderThan(c.engine, 12),
        up: [perform({ kind: 'add-enum-value', type, value: to, ifNotExists: false, before: null, after: value })],
        down: [note(`Postgres cannot drop a label: "${to}" stays.`)],
      }),
      codeStep(`Deployment 2: read "${value}" and "${to}" alike, and write "${to}".`),
      ...backfills,
    ],
  };
}

/** A label is added and committed before anything uses it. Tools that run all pending migrations in one transaction need a deployment in between. */
export function enumValueFirst(operation: OperationOf<'add-enum-value'>, c: RemedyContext): Remedy {
  const { framework } = c.migration;
  const together = framework === 'drizzle' || framework === 'node-pg-migrate';
  const later = together ? `in one that is deployed later, because ${printFramework(framework)} runs all pending migrations in one transaction` : 'in the next one';
  return advise(`Add "${operation.value}" in this migration and nothing else; what uses it belongs ${later}.`);
}

/** A label is added where no transaction is open, as Postgres wanted it before 12. */
export function enumValueAlone(c: RemedyContext): Remedy {
  return advise(`Add the label ${ownMigration(c)}.`);
}
