import type { IndexDefinition, Operation } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding } from './rule.ts';
import { keyNames, madeIndexes } from './shared/made-indexes.ts';
import { listed, quoted } from './shared/names.ts';

const judge = (operation: Operation): Finding[] => madeIndexes(operation).filter(isUnnamed).map((index) => ({
  message: `The index of ${quoted(index.table)} on ${listed(keyNames(index))} has no name of its own.`,
  why: index.generatedName
    ? `Its generated name, ${quoted(index.name ?? '')}, is made of the columns alone and hides what sets it apart; another index on them would need the same name.`
    : 'The server makes a name up and puts a number behind it when that is taken, so the name may differ from one database to another, and the statement builds a second index when it runs again.',
  remedy: advise('Give it a name that says what it is for.'),
}));

export default defineRule({
  id: 'unnamed-index',
  summary: 'An index has no name, or a generated one that hides what is special about it.',
  hazard: 'advice',
  severity: 'off',
  engines: 'all',
  replaces: ['migrationpilot/MP042', 'gitlab/ComplexIndexesRequireName'],
  docs: {
    why: 'A later migration drops or renames an index by its name. Where the server makes the name up, that is a guess: Postgres appends 1, 2, ... when `orders_user_id_idx` is taken, and every repetition of the statement builds one more. '
      + 'A failed concurrent build leaves an invalid index under such a name behind.\n\nRails generates the same name everywhere, but from the columns alone: a partial index is called like one over all rows, and the two cannot be told apart or exist side by side.',
    exceptions: 'Rails\' generated names of plain indexes are fine. Indexes of unique constraints and primary keys are not reported.',
  },
  check: { 'create-index': judge, 'create-table': judge },
});

function isUnnamed(index: IndexDefinition): boolean {
  if (index.name === null) return true;
  return index.generatedName === true && (index.where !== undefined || index.method !== 'btree' || index.keys.some((key) => key.column === null || key.opclass !== undefined || key.order === 'desc'));
}
