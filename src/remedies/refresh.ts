import { identifiesRows } from '../engines/postgres/others.ts';
import type { OperationOf } from '../operations/index.ts';
import { printName } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import type { Remedy } from './remedy.ts';
import { quoteQualified } from './sql/name.ts';
import { codeStep, migrationStep, note, rawSql } from './step.ts';

/** The same refresh while readers see the old rows, which takes a unique index to tell rows apart by. */
export function refreshConcurrently({ view }: OperationOf<'refresh-materialized-view'>, c: RemedyContext): Remedy {
  const indexed = c.schema.view(view)?.indexes.some(identifiesRows) ?? false;
  const name = printName(view);
  const statement = `REFRESH MATERIALIZED VIEW CONCURRENTLY ${quoteQualified(view, c.engine)}`;
  if (!indexed) {
    return {
      advice: 'Refresh it concurrently, after it was given a unique index, or leave it to the job that refreshes it.',
      steps: [
        codeStep(`Give "${name}" a unique index over plain columns that tell its rows apart, without WHERE; CREATE UNIQUE INDEX CONCURRENTLY blocks nobody.`),
        codeStep(`From then on: ${statement}.`),
      ],
    };
  }
  const refresh = migrationStep({
    words: `refresh ${view.name}`,
    title: 'Refresh it; its readers see the old rows meanwhile.',
    up: [rawSql(statement)],
    down: [note('There is nothing to take back.')],
  });
  return { advice: 'Refresh it concurrently, or leave it to the job that refreshes it.', steps: [refresh] };
}
