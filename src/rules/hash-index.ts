import type { Engine, Operation } from '../operations/index.ts';
import { isMysql, olderThan } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { engineWord } from './shared/aftermath.ts';
import { indexSubject, madeIndexes } from './shared/made-indexes.ts';

const judge = (operation: Operation, context: StepContext): Finding[] => madeIndexes(operation).filter(({ method }) => method === 'hash').map((index) => ({
  message: `${indexSubject(index)} is a hash index.`,
  why: reason(context.engine, engineWord(context)),
  remedy: advise('Use a btree, which is the default.'),
}));

export default defineRule({
  id: 'hash-index',
  summary: 'A hash index finds equal values only; a btree does that and more.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['gitlab/HashIndex'],
  docs: {
    why: 'A hash index on Postgres serves `=` alone: no ranges, no sorting, no LIKE, no uniqueness, no second column, no index-only scan. Before Postgres 10 it is not in the write-ahead log, so after a crash it is corrupt and a replica does not have it. '
      + 'InnoDB knows no hash indexes: MySQL and MariaDB build a btree instead, with no more than a note.',
    exceptions: 'Equality searches over long values (URLs, tokens) on Postgres 10 and newer, where the hash is much smaller than the values and that was measured. Tables of MySQL\'s MEMORY engine.',
  },
  check: { 'create-index': judge, 'create-table': judge },
});

function reason(engine: Engine, name: string): string {
  if (isMysql(engine)) return `InnoDB has no hash indexes: ${name} builds a btree in its place.`;
  const lost = olderThan(engine, 10) ? ' It is not in the write-ahead log: after a crash it is corrupt, and replicas do not have it.' : '';
  return `It serves equality alone: no ranges, sorting, uniqueness or further columns.${lost}`;
}
