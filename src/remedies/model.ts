import type { QualifiedName } from '../operations/index.ts';
import { qualified } from '../operations/index.ts';
import { classify, demodulize, singularize, tableize } from '../parsers/rails/inflector.ts';
import type { RemedyContext } from './context.ts';

/** The class name of a table's model: the application's own, else derived from the table's name as Rails does. */
export function modelClass(table: QualifiedName, c: RemedyContext): string {
  const own = c.application?.modelsOf(table.name)[0]?.className;
  const derived = own ?? classify(table.name.toLowerCase());
  return /^\p{Lu}[\p{L}\p{N}_:]*$/u.test(derived) ? derived : `Row${derived.replace(/[^\p{L}\p{N}_]/gu, '')}`;
}

/** The class name without its modules: `Admin::User` gives `User`. */
export function lastPart(constant: string): string {
  return demodulize(constant);
}

/** The table of a class by Rails' convention when the schema has it, else null. */
export function derivedTable(className: string, c: RemedyContext): string | null {
  const guess = tableize(className);
  return c.schema.table(qualified(guess)) ? guess : null;
}

/** The foreign key column that Rails takes for granted: `user_id` for `users`. */
export function conventionalKey(table: string): string {
  return `${singularize(table.replace(/.*\./, ''))}_id`;
}

/** True when the class may be one of several in its table, so that the application adds a condition on the type that a stub does not have. */
export function maySelectByType(className: string, table: QualifiedName, c: RemedyContext): boolean {
  const models = c.application?.modelsOf(table.name) ?? [];
  const column = models.find((model) => model.inheritanceColumn !== null)?.inheritanceColumn ?? 'type';
  return c.schema.table(table)?.columns.has(column) === true && classify(table.name.toLowerCase()) !== className;
}
