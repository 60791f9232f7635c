import type { ValidatedUniqueness } from '../application/application.ts';
import type { IndexDefinition, Operation } from '../operations/index.ts';
import { tableOf } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Table } from '../schema/table.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { indexesOf } from './shared/index-cover.ts';
import { modelsOf } from './shared/models-of.ts';
import { listed, quoted } from './shared/names.ts';

export default defineRule({
  id: 'uniqueness-validation-without-index',
  summary: 'A model validates that a value is unique, and no unique index of its table holds it to that.',
  hazard: 'advice',
  severity: 'off',
  engines: 'all',
  replaces: ['rubocop-rails/UniqueValidationWithoutIndex'],
  docs: {
    why: 'The validation asks the database whether a row with the value exists, and saves afterwards. Two requests that ask at the same time both find none and both save: a double click is enough, and under load it happens every day. '
      + 'Without an index each such question also reads the whole table. A unique index refuses the second row (`ActiveRecord::RecordNotUnique`), and it is easiest to build before the table holds duplicates.\n\n'
      + 'Looked at when a migration creates the model\'s table, adds a column that the validation names, or drops the unique index; at the end of all migrations of the run. A unique index over some of the validation\'s columns counts, a partial one and one over lower(...) as well.',
    exceptions: 'Validations under a condition (`if`, `unless`, `conditions`) are not reported, nor those that name a column or a scope that cannot be read, nor tables of which not all is known.',
  },
  migration(context) {
    const told = new Set<string>();
    return context.steps.flatMap((step) => judge(step, context)).filter(({ message }) => !told.has(message) && told.add(message));
  },
});

function judge(step: Step, context: RuleContext): Finding[] {
  const { operation } = step;
  const name = step.table?.name ?? tableOf(operation);
  if (!name || !touches(operation)) return [];
  const table = context.outcome().table(name);
  if (!table?.complete || table.partitionOf !== null) return [];
  return modelsOf(name, context).flatMap((model) => (model.uniqueness ?? []).flatMap((validation) => {
    const columns = columnsOf(validation, table);
    if (columns === null || !concerns(step, columns) || indexesOf(table).some((index) => isHeldBy(columns, index))) return [];
    return [{
      operation,
      message: `"${model.className}" validates that ${listed(columns)} ${columns.length === 1 ? 'is' : 'are'} unique, and no unique index of ${quoted(name)} makes sure of it.`,
      why: 'Two processes that save at the same time both find no such row, and both save theirs.',
      remedy: advise(`Build a unique index on ${listed(columns)}${table.isNew ? ' together with the table' : ', in a migration of its own, once the table is free of duplicates'}.`),
      related: [{ place: validation.place, text: 'validates it' }],
    }];
  }));
}

function touches({ kind }: Operation): boolean {
  return kind === 'create-table' || kind === 'add-column' || kind === 'drop-index' || kind === 'drop-constraint';
}

/** True when what the operation makes or drops has to do with the columns. */
function concerns({ operation, table }: Step, columns: readonly string[]): boolean {
  switch (operation.kind) {
    case 'add-column':
      return columns.includes(operation.column.name);
    case 'drop-index':
    case 'drop-constraint': {
      const named = typeof operation.name === 'string' ? operation.name : operation.name?.name;
      return table !== undefined && indexesOf(table).some((index) => isHeldBy(columns, index) && (named === undefined ? operation.columns.length > 0 && operation.columns.every((column) => columns.includes(column)) : index.name === named));
    }
    default:
      return true;
  }
}

/** The columns of a validation, associations by their keys; null when the table has not all of them. */
function columnsOf({ attributes }: ValidatedUniqueness, table: Table): string[] | null {
  const columns = attributes.flatMap((name) => (table.columns.has(name) ? [name] : table.columns.has(`${name}_id`) ? [`${name}_id`, ...(table.columns.has(`${name}_type`) ? [`${name}_type`] : [])] : [null]));
  return columns.includes(null) ? null : columns.flatMap((name) => name ?? []);
}

/** True when rows that are equal in the columns are refused by the index. */
function isHeldBy(columns: readonly string[], { unique, keys }: IndexDefinition): boolean {
  return unique && keys.length > 0 && keys.every(({ column, expression }) => columns.some((one) => column === one || (expression !== null && /^\W*(?:lower|upper)\W/i.test(expression) && new RegExp(`\\b${one.replace(/\W/g, '\\$&')}\\b`).test(expression))));
}
