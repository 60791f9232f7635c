import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import type { Operation } from '../operations/index.ts';
import { indexSubject, keyNames, madeIndexes } from './shared/made-indexes.ts';
import { listed, quoted } from './shared/names.ts';

const judge = (operation: Operation, context: StepContext): Finding[] => {
  const { maximum: wanted } = context.options;
  const maximum = typeof wanted === 'number' && wanted > 0 ? wanted : 3;
  return madeIndexes(operation).filter((index) => !index.unique && index.method === 'btree' && index.keys.length > maximum).map((index) => ({
    message: `${indexSubject(index)} has ${index.keys.length} columns: ${listed(keyNames(index))}.`,
    why: `The first columns find nearly all that the whole index finds, and every further one makes the index bigger and writes to ${quoted(index.table)} slower.`,
    remedy: advise(`Index the columns that single rows out best, first and alone, at most ${maximum}. Columns that are only read go into INCLUDE.`),
  }));
};

export default defineRule({
  id: 'wide-index',
  summary: 'An index that is not unique has more than three columns.',
  hazard: 'advice',
  severity: 'off',
  engines: 'all',
  replaces: ['strong_migrations/add_index_columns', 'rubocop-migration/AddIndexColumnsCount'],
  docs: {
    why: 'A search uses the columns of an index from the left. After two or three selective ones few rows are left to filter, while each column more is stored once a row, written at every change of it (on Postgres an update of an indexed column cannot be a cheap "heap-only" one), and narrows down the searches that the index fits.',
    exceptions: 'An index built for one query that reads nothing but the index, or that sorts by the last columns. Unique indexes have the columns that the uniqueness needs and are not reported, nor are GIN, GiST and BRIN, whose columns can be searched in any combination. '
      + 'The option `maximum` sets another number of columns.',
  },
  check: { 'create-index': judge, 'create-table': judge },
});
