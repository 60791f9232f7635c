import type { QualifiedName } from '../../operations/index.ts';
import type { RemedyContext } from '../context.ts';
import { modelClass } from '../model.ts';
import { railsTableName } from './column.ts';
import { rubyString } from './literal.ts';

/** The lines of a model declared in a migration. Single-table inheritance is switched off when the table has its column, because the subclasses are not there. */
export function declareModel(name: string, table: QualifiedName, c: RemedyContext): string[] {
  const inheritance = c.application?.modelsOf(table.name).find((model) => model.inheritanceColumn !== null)?.inheritanceColumn ?? 'type';
  const inherits = c.schema.table(table)?.columns.has(inheritance) ?? false;
  return [
    `class ${name} < ActiveRecord::Base`,
    `  self.table_name = ${rubyString(railsTableName(table, c))}`,
    ...(inherits ? ['  self.inheritance_column = :_type_disabled'] : []),
    'end',
  ];
}

/** The model with columns it must no longer see; null outside Rails. */
export function ignoreColumns(table: QualifiedName, columns: readonly string[], c: RemedyContext): string | null {
  if (c.migration.language !== 'ruby') return null;
  return `class ${modelClass(table, c)} < ApplicationRecord\n  self.ignored_columns += [${columns.map(rubyString).join(', ')}]\nend\n`;
}
