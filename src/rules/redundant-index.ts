import type { IndexDefinition, Operation } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Table } from '../schema/table.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext } from './rule.ts';
import { coverOf, indexesOf } from './shared/index-cover.ts';
import { indexSubject, keyNames, madeIndexes } from './shared/made-indexes.ts';
import { listed, quoted } from './shared/names.ts';

export default defineRule({
  id: 'redundant-index',
  summary: 'An index begins another one, or equals it, so that one of the two serves no search of its own.',
  hazard: 'advice',
  severity: 'off',
  engines: 'all',
  replaces: ['rubocop-migration/AddIndexDuplicate', 'migrationpilot/MP100', 'pg-migration-lint/PGM508', 'skeema/dupe-index', 'bytebase/table.no-duplicate-index'],
  docs: {
    why: 'An index on (a, b) answers every search that an index on (a) answers. The second one is written at every INSERT and at every UPDATE that moves the row, takes disk and cache, and is rebuilt and vacuumed with the table. '
      + 'Judged at the end of the migration, so an index that is replaced in it is not counted.',
    exceptions: 'A narrow index beside a very wide one can still pay for index-only scans over much of the table. Indexes are only taken for equal when method, predicate, order, operator class, collation and prefix length are; a unique index is never called redundant for the sake of a wider one.',
  },
  migration: (context) => context.steps.flatMap(({ operation }) => madeIndexes(operation).flatMap((index) => judge(index, operation, context))),
});

function judge(made: IndexDefinition, operation: Operation, context: RuleContext): Finding[] {
  const table = context.schema.table(made.table);
  const own = table?.indexes.find((index) => (made.name === null ? coverOf(made, index) === 'same' && index.unique === made.unique : index.name === made.name));
  if (!table || !own) return [];
  const others = indexesOf(table).filter((other) => other !== own);
  const wider = others.find((other) => (own.unique ? other.unique && coverOf(own, other) === 'same' : coverOf(own, other)) && !(coverOf(own, other) === 'same' && isMadeAfter(other, own, table)));
  if (wider) {
    const same = coverOf(own, wider) === 'same';
    return [{
      operation,
      message: `${indexSubject(own)} on ${listed(keyNames(own))} finds nothing that ${nameOf(wider)} does not find.`,
      why: `${same ? 'Both have the same columns' : `That one begins with the same column${own.keys.length > 1 ? 's' : ''} (${listed(keyNames(wider))})`}. Every write to ${quoted(table.name)} keeps both up to date.`,
      remedy: advise(same ? 'Leave one of them out.' : 'Leave the narrower one out.'),
    }];
  }
  const fresh = new Set(context.steps.flatMap((step) => madeIndexes(step.operation).map(({ name }) => name)));
  return others.filter((other) => !other.unique && !fresh.has(other.name) && coverOf(other, own)).map((other) => ({
    operation,
    message: `${indexSubject(own)} on ${listed(keyNames(own))} makes ${nameOf(other)} redundant.`,
    why: `It finds all that ${nameOf(other)} on ${listed(keyNames(other))} finds. Every write to ${quoted(table.name)} keeps both up to date.`,
    remedy: advise(`Drop ${nameOf(other)} once this one is there, in a migration of its own.`),
  }));
}

/** Of two equal indexes that the table holds, the later one is the one too many. */
function isMadeAfter(other: IndexDefinition, own: IndexDefinition, { indexes }: Table): boolean {
  return indexes.includes(other) && indexes.indexOf(other) > indexes.indexOf(own);
}

function nameOf({ name }: IndexDefinition): string {
  return name === 'PRIMARY KEY' ? 'the primary key' : name === null ? 'the other index' : quoted(name);
}
