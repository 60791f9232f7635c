import type { ColumnType, QualifiedName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { RuleContext } from './rule.ts';
import { modelNames, modelsOf } from './shared/models-of.ts';
import { quoted, quotedColumn } from './shared/names.ts';

export default defineRule({
  id: 'inheritance-column-default',
  summary: 'The column that stores a record\'s class is added with a default.',
  hazard: 'breaks-code',
  severity: 'error',
  engines: 'all',
  replaces: ['online_migrations/add_inheritance_column'],
  docs: {
    why: 'Active Record instantiates the class that the inheritance column (`type`, unless the model says otherwise) names. With a default every existing row names a class at once: '
      + 'processes with the old code do not have that subclass, or do not expect it, and raise `ActiveRecord::SubclassNotFound` for every row they load.',
    exceptions: 'A model that sets `self.inheritance_column` to another name, or to nil, does not use the column; nothing is reported for it, nor for a new table.',
  },
  check: {
    'add-column'({ table, column }, context) {
      const { default: value } = column;
      if (context.migration.framework !== 'rails' || context.onNewTable || value.kind === 'none' || (value.kind === 'constant' && value.value === null)) return undefined;
      if (!namesClasses(column.type) || !storesClass(table, column.name, context)) return undefined;
      return {
        message: `Adding ${quotedColumn(table, column.name)} with a default makes running processes fail on every row of ${quoted(table)}.`,
        why: `${quoted(column.name)} is the single table inheritance column${modelNames(table, context) ? ` of ${modelNames(table, context)}` : ''}: with a default every existing row names a class at once, and processes without that class raise SubclassNotFound.`,
        remedy: advise(`Add ${quoted(column.name)} without a default, deploy the code with the subclasses, then set the default and fill the old rows in batches. If the column is no inheritance column, set "self.inheritance_column = nil" in the model first, or choose another name.`),
      };
    },
  },
});

/** A class is stored by its name: a number or a flag in a column called "type" is something else. */
function namesClasses(type: ColumnType): boolean {
  return type.dynamic || !/int$|^integer$|^serial$|^boolean$|^numeric$|^json|^uuid$/.test(type.name);
}

function storesClass(table: QualifiedName, column: string, context: RuleContext): boolean {
  const models = modelsOf(table, context);
  return models.length === 0 ? column === 'type' : models.some((model) => (model.inheritanceColumn ?? 'type') === column);
}
