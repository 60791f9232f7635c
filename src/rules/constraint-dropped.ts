import type { Operation, OperationOf } from '../operations/index.ts';
import { sameName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { RuleContext, Step } from './rule.ts';
import { inForce } from './shared/history.ts';
import { quoted } from './shared/names.ts';

const words = { 'foreign-key': 'foreign key', 'check': 'check constraint', 'unique': 'unique constraint', 'primary-key': 'primary key', 'exclusion': 'exclusion constraint' } as const;

/** What rows can be like from then on. */
const lost = {
  'foreign-key': 'Rows may refer to what does not exist from now on, and deletes of referenced rows are no longer refused or passed on.',
  'check': 'Rows that the check refused are accepted from now on.',
  'unique': 'Duplicates are accepted from now on, and code that relies on the refusal (upserts, "find or create") makes them.',
  'primary-key': 'Rows cannot be told apart any more, and logical replication refuses to update or delete them.',
  'exclusion': 'Rows that exclude each other are accepted from now on.',
} as const;

export default defineRule({
  id: 'constraint-dropped',
  summary: 'A constraint is dropped and none takes its place: rows that it refused are accepted from now on.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['atlas/CD101', 'atlas/CD102', 'atlas/CD103', 'pgfence/drop-constraint', 'pgsafe/drop-constraint', 'safemigrate-lint/constraint_dropped', 'migrationpilot/MP055'],
  docs: {
    why: 'From the moment it is gone the database accepts what it refused before, and bringing it back means finding and repairing those rows first. Code seldom checks the same thing: two requests at the same time pass any check that only the application makes.',
    exceptions: 'Not reported when the migration adds a constraint of the same kind to the table, when column or table go as well, on new tables, and for the check `column IS NOT NULL` once the column is NOT NULL: it only helped to get there. On Rails\' way of dropping a unique index see `blocking-index-removal`.',
  },
  migration: (context) => context.steps.flatMap((step) => {
    const { operation, table, onNewTable } = step;
    if (operation.kind !== 'drop-constraint' || onNewTable || !operation.certain) return [];
    const kind = kindOf(operation, step);
    if (kind === null || kind === 'not-null' || isReplaced(operation, kind, context) || isHelperCheck(operation, step)) return [];
    const name = operation.name ?? table?.foreignKeys.find((key) => key.columns.join() === operation.columns.join())?.name ?? null;
    return [{
      operation,
      message: `The ${words[kind]}${name && kind !== 'primary-key' ? ` ${quoted(name)}` : ''} of ${quoted(operation.table)}${name === null && operation.references ? ` to ${quoted(operation.references)}` : ''} is dropped.`,
      why: lost[kind],
      remedy: advise('Keep it, or add what takes its place in the same migration.'),
    }];
  }),
});

type Kind = keyof typeof words | 'not-null';

/** The kind of the constraint, looked up in the table where the statement gives a name alone; null when nobody knows. */
function kindOf({ constraint, name }: OperationOf<'drop-constraint'>, { table }: Step): Kind | null {
  if (constraint !== 'unknown') return constraint;
  if (table?.foreignKeys.some((key) => key.name === name)) return 'foreign-key';
  if (table?.checks.some((check) => check.name === name)) return 'check';
  if (table?.uniques.some((unique) => unique.name === name)) return 'unique';
  if (table?.exclusions.includes(name)) return 'exclusion';
  return name !== null && table !== undefined && table.primaryKey.length > 0 && name === `${table.name.name}_pkey` ? 'primary-key' : null;
}

function isReplaced(dropped: OperationOf<'drop-constraint'>, kind: Kind, context: RuleContext): boolean {
  const after = context.schema.table(dropped.table);
  if (!after) return true;
  const gone = dropped.columns.length > 0 && dropped.columns.some((column) => after.complete && !after.columns.has(column));
  return gone || inForce(context).some(({ operation }) => adds(operation, kind) && 'table' in operation && operation.table !== null && sameName(operation.table, dropped.table)
    || (kind === 'unique' && operation.kind === 'create-index' && operation.index.unique && sameName(operation.index.table, dropped.table)));
}

function adds({ kind }: Operation, dropped: Kind): boolean {
  switch (dropped) {
    case 'foreign-key':
      return kind === 'add-foreign-key';
    case 'check':
      return kind === 'add-check';
    case 'primary-key':
      return kind === 'add-primary-key';
    case 'exclusion':
      return kind === 'add-exclusion';
    default:
      return kind === 'add-unique' || kind === 'add-primary-key';
  }
}

function isHelperCheck({ name }: OperationOf<'drop-constraint'>, { table }: Step): boolean {
  const check = table?.checks.find((one) => one.name === name);
  const column = /^\W*"?(\w+)"?\s+is\s+not\s+null\W*$/i.exec(check?.expression ?? '')?.[1];
  return column !== undefined && table?.columns.get(column)?.nullable === false;
}
