import type { Model } from '../../application/application.ts';
import type { QualifiedName } from '../../operations/index.ts';
import { printName } from '../../operations/index.ts';
import type { RuleContext } from '../rule.ts';
import { listed } from './names.ts';

/** The application's models of a table as they lie here; empty when there are none or nobody knows. */
export function modelsOf(table: QualifiedName, context: RuleContext): readonly Model[] {
  return context.application.modelsOf(printName(table));
}

/** The models that the processes which run know: those of the base, where there is one. */
export function runningModels(table: QualifiedName, { application }: RuleContext): readonly Model[] {
  return application.code ? application.code.modelsOf(printName(table), 'base') : application.modelsOf(printName(table));
}

/** Models that are of the table if their library's settings leave its usual name, here or as they run; none beside sure ones. */
export function possibleModels(table: QualifiedName, context: RuleContext): readonly Model[] {
  const { code } = context.application;
  if (!code?.possibleModelsOf || modelsOf(table, context).length + runningModels(table, context).length > 0) return [];
  return [...code.possibleModelsOf(printName(table), 'base'), ...code.possibleModelsOf(printName(table), 'here')];
}

/** Class names of models as a sentence lists them, or null without models. */
export function namesOf(models: readonly Model[]): string | null {
  const names = [...new Set(models.map((model) => model.className))];
  if (names.length === 0) return null;
  return names.length > 3 ? `${listed(names.slice(0, 3))} and ${names.length - 3} more models` : listed(names);
}

/** The class names of the table's models, as they run, as a sentence lists them, or null without models. */
export function modelNames(table: QualifiedName, context: RuleContext): string | null {
  return namesOf(runningModels(table, context));
}

/** True when a model does not name the column in its statements: it is told to ignore it, or declares its columns and this is none of them. */
export function ignores(model: Model, column: string): boolean {
  return model.ignoredColumns.includes(column) || (model.columns !== undefined && !model.columns.has(column));
}

/** True when the table has models and all of those that run ignore the column: the running code does not use it. */
export function everyModelIgnores(table: QualifiedName, column: string, context: RuleContext): boolean {
  const models = runningModels(table, context);
  return models.length > 0 && models.every((model) => ignores(model, column));
}

/** True when the application's source was read, so that a table without a model really has none. */
export function knowsApplication({ application }: RuleContext): boolean {
  return application.frameworkVersion !== null || application.libraries.size > 0;
}
