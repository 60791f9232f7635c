import type { RemedyContext } from './context.ts';
import { derivedTable, lastPart, maySelectByType } from './model.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';
import { declareModel } from './ruby/model.ts';
import { parseTableName } from './sql/name.ts';
import { codeStep } from './step.ts';

/**
 * A stub of the model inside the migration, so that later changes to the application cannot break it. `table` null: derived from the
 * constant when the schema has such a table; otherwise (a service, a job, a setting) the remedy is a sentence.
 */
export function modelInMigration(constant: string, table: string | null, c: RemedyContext): Remedy {
  const name = lastPart(constant);
  const known = table ?? derivedTable(name, c);
  if (known === null) return advise(`Write what "${constant}" does into the migration itself, in SQL or with a model declared there: the application's code changes, the migration must not.`);
  const renamed = name === constant ? '' : `, and write "${name}" in place of "${constant}"`;
  const home = parseTableName(known);
  const typed = maySelectByType(name, home, c) ? ` If "${constant}" is one of several classes in "${known}", add the condition on its type to each query.` : '';
  return {
    advice: `Declare a model inside the migration that has the table's name and nothing else${renamed}.`,
    steps: [codeStep(`Put this class inside the migration's class${renamed}.${typed}`, `${declareModel(name, home, c).join('\n')}\n`)],
  };
}
