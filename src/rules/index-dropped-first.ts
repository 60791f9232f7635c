import type { IndexDefinition, Operation, OperationOf } from '../operations/index.ts';
import { isMysql, sameName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { coverOf, indexesOf } from './shared/index-cover.ts';
import { keyNames } from './shared/made-indexes.ts';
import { listed, quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';
import { isRedefined } from './shared/schemafile.ts';

export default defineRule({
  id: 'index-dropped-first',
  summary: 'An index is dropped before the one that takes its place is built, so that queries have neither meanwhile.',
  hazard: 'blocks',
  severity: 'warn',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['online_migrations/replace_index'],
  docs: {
    why: 'Between the DROP and the end of the build no index finds the rows: every query that used it reads the whole table, while the build competes for the same disk. On 2 million rows the build alone takes seconds, on a large table minutes to hours. '
      + 'Where the old index was unique, rows written meanwhile may be equal, and then the new one cannot be built. Built first, under another name, the new index takes over without a gap, and the old one can be dropped at once.',
    exceptions: 'Not reported when another index serves the same searches, for small and new tables, when both statements are in one transaction on Postgres (nobody sees the gap; the lock is reported instead) or in one ALTER TABLE on MySQL, '
      + 'for an index that is not known to be there, and for IF EXISTS before the same index, which clears away what a failed build left.',
  },
  migration: (context) => context.steps.flatMap((step, at) => (step.operation.kind === 'drop-index' && !isRedefined(step.operation, context) ? judge(step, step.operation, context.steps.slice(at + 1), context) : [])),
});

function judge({ table, onNewTable }: Step, drop: OperationOf<'drop-index'>, later: readonly Step[], context: RuleContext): Finding[] {
  const dropped = table && droppedIndex(drop, table.indexes);
  if (!table || !dropped || onNewTable || context.tablePolicy(table.name) === 'small') return [];
  const made = later.find(({ operation }) => operation.kind === 'create-index' && sameName(operation.index.table, table.name) && takesPlace(operation.index, dropped));
  if (made?.operation.kind !== 'create-index' || seesNobody(drop, made.operation, context)) return [];
  const { index } = made.operation;
  if ((drop.ifExists || drop.guards.length > 0) && coverOf(dropped, index) === 'same') return [];
  if (indexesOf(made.table ?? table).some((other) => other.name !== dropped.name && (coverOf(dropped, other) || findsOne(other, dropped)))) return [];
  const name = dropped.name === null ? 'The index' : `The index ${quoted(dropped.name)}`;
  return [{
    operation: drop,
    message: `${name} is dropped before the one that takes its place on ${quoted(table.name)} is built.`,
    why: `From here until that build is done, searches by ${listed(keyNames(dropped))} read the whole table.${dropped.unique && index.unique ? ' Rows written meanwhile may be equal, and then the new index cannot be built.' : ''}`,
    remedy: advise(`Build the new index first, under ${index.name === dropped.name ? 'another' : 'its own'} name, and drop the old one afterwards.`),
    related: [relatedTo(made.operation, 'builds the new one', context)],
    tables: [table.name],
  }];
}

function droppedIndex({ name, columns }: OperationOf<'drop-index'>, indexes: readonly IndexDefinition[]): IndexDefinition | undefined {
  if (name) return indexes.find((index) => index.name === name.name);
  return columns.length === 0 ? undefined : indexes.find(({ keys }) => keys.length === columns.length && keys.every(({ column }, at) => column === columns[at]));
}

/** True when searches that the old index served are served by the new one: they begin alike, or the new one has all that the old one has. */
function takesPlace(made: IndexDefinition, dropped: IndexDefinition): boolean {
  const [old, now] = [keyNames(dropped), keyNames(made)];
  return old.length > 0 && (old[0] === now[0] || old.every((key) => now.includes(key)));
}

/** True when a unique index of some of the columns leaves a search by all of them no more than one row. */
function findsOne(other: IndexDefinition, dropped: IndexDefinition): boolean {
  return other.unique && other.where === undefined && other.keys.length > 0 && other.keys.every(({ column }) => column !== null && dropped.keys.some((key) => key.column === column));
}

/** True when no session can look between the two. */
function seesNobody(drop: Operation, made: Operation, { engine }: RuleContext): boolean {
  return isMysql(engine) ? drop.statement.start === made.statement.start : drop.transaction !== null && drop.transaction === made.transaction;
}
