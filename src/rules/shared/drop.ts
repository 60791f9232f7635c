import type { Dependent } from '../../engines/effect.ts';
import type { OperationOf } from '../../operations/index.ts';
import { quoted, quotedColumn } from './names.ts';

/** A statement that drops something on which others may depend. */
export type Drop = OperationOf<'drop-table'> | OperationOf<'drop-column'> | OperationOf<'drop-view'> | OperationOf<'drop-type'> | OperationOf<'drop-schema'> | OperationOf<'drop-sequence'>
  | OperationOf<'drop-function'> | OperationOf<'drop-constraint'> | OperationOf<'drop-extension'>;

/** True for a dependent that goes with the values in it: a column, a table. */
export function isLoss({ kind, drop }: Dependent): boolean {
  return kind === 'table' || (kind === 'column' && drop === null);
}

/** What follows when the dependent is gone, as a clause. */
export function consequence(dependent: Dependent): string {
  if (isLoss(dependent)) return 'the values in it are lost';
  return ({
    'view': 'whoever queries the view fails', 'foreign-key': 'rows that refer to nothing can be written from then on', 'policy': 'the policy guards no rows any more',
    'trigger': 'what the trigger did at every write is not done any more', 'generated-column': 'whoever reads the generated column fails', 'index': 'queries that used the index read the whole table',
    'column': 'new rows get no value by default', 'table': '',
  } satisfies Record<Dependent['kind'], string>)[dependent.kind];
}

/** What is dropped, for a sentence: `"users"`, `the type "mood"`. */
export function droppedName(operation: Drop): string {
  switch (operation.kind) {
    case 'drop-column':
      return quotedColumn(operation.table, operation.column);
    case 'drop-constraint':
      return `${operation.name ? quoted(operation.name) : `the ${operation.constraint.replace('-', ' ')}`} of ${quoted(operation.table)}`;
    case 'drop-view':
      return quoted(operation.view);
    case 'drop-type':
      return `the type ${quoted(operation.type)}`;
    case 'drop-schema':
      return `the schema ${quoted(operation.schema)}`;
    case 'drop-sequence':
      return `the sequence ${quoted(operation.sequence)}`;
    case 'drop-function':
      return `the function ${quoted(operation.function)}`;
    case 'drop-extension':
      return `the extension ${quoted(operation.extension)}`;
    default:
      return quoted(operation.table);
  }
}
