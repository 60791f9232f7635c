import type { OperationOf } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';

/** How the tool that wrote a migration is told of a rename. */
const told: Readonly<Record<string, string>> = {
  prisma: ' Or keep the name in the database: give the field "@map" with the old name.',
  drizzle: ' Generate the migration again and answer that the column is renamed.',
};

/** The values of a dropped column carried over to the one that takes its place: by the given remedy, or by a copy between the two. */
export function carryValuesOver(drop: OperationOf<'drop-column'>, add: OperationOf<'add-column'>, remedy: Remedy | null, c: RemedyContext): Remedy {
  const [from, to] = [drop.column, add.column.name];
  if (from === to) return remedy ?? advise(`Leave "${from}" where it is, and change of it only what has to change: its default, NOT NULL or length.`);
  const hint = told[c.migration.framework] ?? '';
  if (remedy) return { advice: `${remedy.advice}${hint}`, steps: remedy.steps };
  return advise(`If "${to}" takes the place of "${from}": add it first, let the code write both, copy the values in batches, and drop "${from}" in a later deployment. If not, do the two in separate migrations.`);
}
