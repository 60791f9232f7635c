import type { OperationOf, QualifiedName } from '../operations/index.ts';
import { printName } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import type { Remedy, RemedyStep } from './remedy.ts';
import { quoteQualified } from './sql/name.ts';
import { migrationStep, queryStep } from './step.ts';

/** Only the rows that have to go; when all of them have to, a copy first and batches. */
export function deleteKnowingly(operation: OperationOf<'delete-rows'>, c: RemedyContext): Remedy {
  const { table, mode } = operation;
  const inBatches = migrationStep({
    words: `empty ${table.name}`,
    title: 'If all rows have to go: delete them in batches, outside a transaction.',
    transaction: false,
    up: [{ kind: 'batched-delete', table: printName(table), where: null }],
    down: [],
  });
  return {
    advice: `Name the rows that have to go in a condition. If all rows of "${printName(table)}" have to, keep a copy until the deployment has proved itself${mode.by === 'statement' ? ', and delete them in batches outside a transaction' : ''}.`,
    steps: table.dynamic ? [] : [rowsQuery(table, c), ...(mode.by === 'statement' ? [inBatches] : [])],
  };
}

/** The same for TRUNCATE, which knows no condition. */
export function truncateKnowingly({ tables, cascade }: OperationOf<'truncate'>, c: RemedyContext): Remedy {
  const byName = cascade ? ', and name each table instead of writing CASCADE' : '';
  return {
    advice: `Delete only the rows that have to go, by a condition and in batches. If all have to, keep a copy until the deployment has proved itself${byName}.`,
    steps: tables.filter((table) => !table.dynamic).map((table) => rowsQuery(table, c)),
  };
}

function rowsQuery(table: QualifiedName, c: RemedyContext): RemedyStep {
  return queryStep(`Look at the rows of "${printName(table)}" before the deployment. No rows: nothing is lost.`, `SELECT *\nFROM ${quoteQualified(table, c.engine)}\nLIMIT 20`);
}
