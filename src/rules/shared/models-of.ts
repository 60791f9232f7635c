import type { Model } from '../../application/application.ts';
import type { QualifiedName } from '../../operations/index.ts';
import { printName } from '../../operations/index.ts';
import type { RuleContext } from '../rule.ts';
import { listed } from './names.ts';

/** The application's models of a table; empty when there are none or nobody knows. */
export function modelsOf(table: QualifiedName, context: RuleContext): readonly Model[] {
  return context.application.modelsOf(printName(table));
}

/** The class names of the table's models as a sentence lists them, or null without models. */
export function modelNames(table: QualifiedName, context: RuleContext): string | null {
  const names = [...new Set(modelsOf(table, context).map((model) => model.className))];
  if (names.length === 0) return null;
  return names.length > 3 ? `${listed(names.slice(0, 3))} and ${names.length - 3} more models` : listed(names);
}

/** True when the table has models and all of them ignore the column: the running code does not use it. */
export function everyModelIgnores(table: QualifiedName, column: string, context: RuleContext): boolean {
  const models = modelsOf(table, context);
  return models.length > 0 && models.every((model) => model.ignoredColumns.includes(column));
}

/** True when the application's source was read, so that a table without a model really has none. */
export function knowsApplication({ application }: RuleContext): boolean {
  return application.frameworkVersion !== null || application.libraries.size > 0;
}
