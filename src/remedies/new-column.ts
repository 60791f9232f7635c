import type { OperationOf } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { plainColumn } from './not-null.ts';
import type { Remedy } from './remedy.ts';
import { migrationStep, perform } from './step.ts';
import { uniqueConstraintUsingIndex } from './unique-index.ts';

/**
 * A constraint of a new column added after the column, as `rest` does it. Queries on a column that is not there yet are left out. Rails' own calls keep what they
 * have to say about their options.
 */
export function columnFirst(operation: OperationOf<'add-column'>, rest: Remedy): Remedy {
  const { table, column, ifNotExists, language } = operation;
  if (language === 'ruby') return rest;
  const add = migrationStep({ words: `add ${column.name} to ${table.name}`, title: `Add "${column.name}" by itself.`, up: [perform({ kind: 'add-column', table, column: plainColumn(column), ifNotExists })] });
  return { advice: `Add "${column.name}" by itself first. Then ${rest.advice.charAt(0).toLowerCase()}${rest.advice.slice(1)}`, steps: [add, ...rest.steps.filter((step) => step.kind !== 'query')] };
}

/** The same for UNIQUE: the index is built concurrently, and the constraint takes it over. */
export function uniqueColumnInSteps(operation: OperationOf<'add-column'>, c: RemedyContext): Remedy {
  const { kind: _kind, column, ifNotExists: _ifNotExists, ...where } = operation;
  const unique: OperationOf<'add-unique'> = { ...where, kind: 'add-unique', name: null, columns: [column.name], usingIndex: null, deferrable: false, nullsNotDistinct: false };
  return columnFirst({ ...operation, language: 'sql' }, uniqueConstraintUsingIndex(unique, c));
}
