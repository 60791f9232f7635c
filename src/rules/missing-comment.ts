import type { QualifiedName } from '../operations/index.ts';
import { printName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import { defineRule } from './rule.ts';
import type { RuleContext } from './rule.ts';
import { listed, quoted } from './shared/names.ts';

/** Columns that say what they are. */
const plain = /^(?:id|created_at|updated_at|lock_version|.+_id)$/;

export default defineRule({
  id: 'missing-comment',
  summary: 'A new table or column has no comment, in a schema whose tables have comments.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['rubocop-rails/SchemaComment', 'pgsafe/require-comment', 'bytebase/column.comment'],
  docs: {
    why: 'A comment in the database is read where the application\'s code is not: in reports, by analysts, in generated documentation and data catalogues. It is written best by whoever adds the column.',
    exceptions: 'A schema without a single comment has another custom, and is not reported unless the option `always` is true. Keys, references (`..._id`) and timestamps need none. Judged at the end of the migration, so that COMMENT ON counts; temporary tables and partitions are left out.',
  },
  migration(context) {
    if (context.options['always'] !== true && !hasComments(context.schema, context)) return undefined;
    const created = new Set<string>();
    return context.steps.flatMap(({ operation }) => {
      if (operation.kind !== 'create-table' && operation.kind !== 'add-column') return [];
      const table = context.schema.table(operation.table);
      if (!table || (operation.kind === 'add-column' && created.has(printName(operation.table)))) return [];
      if (operation.kind === 'create-table') {
        if (operation.temporary || operation.partitionOf) return [];
        created.add(printName(operation.table));
      }
      const columns = bare(table, operation.kind === 'add-column' ? [operation.column.name] : [...table.columns.keys()]);
      const isTable = operation.kind === 'create-table' && !table.comment;
      const what = missing(operation.table, isTable, columns);
      return what === null ? [] : [{ operation, message: what, why: 'Who reads the database without the code has nothing else to go by.', remedy: advise('Say what the values mean: the unit, what NULL stands for, where they come from.') }];
    });
  },
});

function bare(table: Table, names: readonly string[]): string[] {
  return names.filter((name) => !plain.test(name) && table.columns.has(name) && !table.columns.get(name)?.comment);
}

function missing(table: QualifiedName, isTable: boolean, columns: readonly string[]): string | null {
  if (columns.length === 0) return isTable ? `The new table ${quoted(table)} has no comment.` : null;
  const which = `${columns.length === 1 ? 'column' : 'columns'} ${listed(columns)}`;
  return isTable ? `The new table ${quoted(table)} and its ${which} have no comment.` : `The new ${which} of ${quoted(table)} ${columns.length === 1 ? 'has' : 'have'} no comment.`;
}

/** True when anything was commented before this migration, as far as its end tells. */
function hasComments(schema: Schema, { steps }: RuleContext): boolean {
  const fresh = new Set(steps.flatMap(({ operation }) => (operation.kind === 'create-table' ? [printName(operation.table)] : [])));
  for (const table of schema.tables()) {
    if (fresh.has(printName(table.name))) continue;
    if (table.comment || [...table.columns.values()].some(({ comment }) => comment)) return true;
  }
  return false;
}
