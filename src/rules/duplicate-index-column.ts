import type { IndexDefinition, IndexKey, Operation } from '../operations/index.ts';
import { isMysql } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { indexSubject, madeIndexes } from './shared/made-indexes.ts';
import { listed, quoted } from './shared/names.ts';

const judge = (operation: Operation, context: StepContext): Finding[] => madeIndexes(operation).flatMap((index) => {
  const twice = [...new Set(index.keys.flatMap((key, at) => (repeats(index, key, at) && key.column !== null ? [key.column] : [])))];
  return twice.length === 0 ? [] : [finding(`${indexSubject(index)} has ${listed(twice)} twice.`, isMysql(context.engine) ? mysqlWhy : `The second one narrows nothing down: it only makes the index bigger and every write to ${quoted(index.table)} slower.`)];
});

const mysqlWhy = 'The server refuses it (error 1060).';

export default defineRule({
  id: 'duplicate-index-column',
  summary: 'An index or a key names the same column twice.',
  hazard: 'advice',
  severity: 'off',
  engines: 'all',
  replaces: ['safemigrate-lint/index_no_duplicate_column', 'bytebase/index.no-duplicate-column'],
  docs: {
    why: 'Postgres builds an index over (a, a) without a word; it finds nothing more than one over (a), and most often another column was meant. A unique constraint or primary key that names a column twice is refused (42701), and MySQL and MariaDB refuse any such index (1060).',
    exceptions: 'The same column with two operator classes or collations serves two kinds of search and is not reported.',
  },
  check: {
    'create-index': judge,
    'create-table': (operation, context) => [...judge(operation, context), ...[operation.primaryKey, ...operation.constraints.map(({ columns }) => columns)].flatMap((columns) => keyFinding(columns, operation.table.name, context))],
    'add-unique': ({ columns, table }, context) => keyFinding(columns, table.name, context),
    'add-primary-key': ({ columns, table }, context) => keyFinding(columns, table.name, context),
  },
});

function keyFinding(columns: readonly string[], table: string, context: StepContext): Finding[] {
  const twice = columns.filter((column, at) => columns.indexOf(column) !== at);
  if (twice.length === 0) return [];
  return [finding(`A key of ${quoted(table)} names ${listed([...new Set(twice)])} twice.`, isMysql(context.engine) ? mysqlWhy : context.engine.name === 'postgres' ? 'Postgres refuses it (42701).' : 'The second one adds nothing.')];
}

function finding(message: string, why: string): Finding {
  return { message, why, remedy: advise('Name every column once; another one may have been meant.') };
}

function repeats({ keys }: IndexDefinition, key: IndexKey, at: number): boolean {
  return keys.findIndex((other) => other.column === key.column && other.opclass === key.opclass && other.collation === key.collation) !== at;
}
