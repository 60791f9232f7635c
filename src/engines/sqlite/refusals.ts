import { indexColumns, olderThan, printName } from '../../operations/index.ts';
import type { Engine, Operation, OperationOf } from '../../operations/index.ts';
import { mentions } from '../../schema/expression.ts';
import { usesColumn } from '../../schema/query-columns.ts';
import type { Schema } from '../../schema/schema.ts';
import { indexUses } from '../../schema/table-parts.ts';
import type { Refusal } from '../effect.ts';
import { viewsOn } from '../relations.ts';

const refuse = (because: string): Refusal => ({ error: 'SQLITE_ERROR', because });

/**
 * What SQLite's ALTER TABLE refuses whatever the rows (https://www.sqlite.org/lang_altertable.html; a test executes each), or undefined. Only of SQL:
 * frameworks copy the table instead.
 */
export function sqliteRefusal(operation: Operation, schema: Schema, engine: Engine): Refusal | undefined {
  if (operation.language !== 'sql') return undefined;
  switch (operation.kind) {
    case 'add-column':
      if (operation.column.primaryKey) return refuse('a column that is added cannot be a PRIMARY KEY');
      return operation.column.unique ? refuse('a column that is added cannot be UNIQUE') : undefined;
    case 'alter-column-type':
      return refuse('it has no statement that changes a column\'s type');
    case 'add-primary-key':
    case 'add-unique':
    case 'add-foreign-key':
      return refuse('a key is part of CREATE TABLE and cannot be added to a table');
    case 'drop-column':
      return dropRefusal(operation, schema, engine);
    case 'rename-column':
      return isBefore(engine, 25) ? refuse('RENAME COLUMN came with 3.25') : undefined;
    default:
      return undefined;
  }
}

function dropRefusal({ table: name, column }: OperationOf<'drop-column'>, schema: Schema, engine: Engine): Refusal | undefined {
  if (isBefore(engine, 35)) return refuse('DROP COLUMN came with 3.35');
  const table = schema.table(name);
  if (!table) return undefined;
  if (table.primaryKey.includes(column) || table.columns.get(column)?.primaryKey) return refuse('it is part of the primary key');
  if (table.columns.get(column)?.unique || table.uniques.some((unique) => unique.columns.includes(column))) return refuse('it is UNIQUE');
  const index = table.indexes.find((one) => indexColumns(one).includes(column) || indexUses(one, column));
  if (index) return refuse(`${index.name === null ? 'an index' : `the index "${index.name}"`} uses it`);
  const generated = [...table.columns.values()].find((other) => other.name !== column && other.generated && mentions(other.generated.expression, column));
  if (generated) return refuse(`the generated column "${generated.name}" uses it`);
  const view = viewsOn(name, schema).find((one) => one.query !== null && usesColumn(one.query, name, column, (other) => schema.table(other)) === 'surely');
  return view ? refuse(`the view "${printName(view.name)}" names it`) : undefined;
}

/** True when the minor release is known, and older. */
function isBefore(engine: Engine, minor: number): boolean {
  return engine.version.length > 1 && olderThan(engine, 3, minor);
}
