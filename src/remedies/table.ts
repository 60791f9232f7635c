import type { OperationOf } from '../operations/index.ts';
import { isMysql, printName, sameName } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { modelClass } from './model.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';
import { rubyTable } from './ruby/column.ts';
import { rubyString, rubySymbol } from './ruby/literal.ts';
import { quoteQualified } from './sql/name.ts';
import { codeStep, migrationStep, perform, rawSql } from './step.ts';

/**
 * A rename during which both names work. Postgres renames the table and puts a view of the old name in its place in one transaction;
 * MySQL has no transaction for that, so a view of the new name comes first and changes places with the table last, in one RENAME.
 */
export function renameTableWithView(operation: OperationOf<'rename-table'>, c: RemedyContext): Remedy {
  const { table } = operation;
  const to = { ...operation.to, schema: operation.to.schema ?? table.schema };
  if (c.engine.name === 'sqlite' || table.dynamic || to.dynamic) return advise('Keep the table\'s name in the database and give it the new name in the code.');
  const [oldName, newName] = [quoteQualified(table, c.engine), quoteQualified(to, c.engine)];
  const rails = c.migration.language === 'ruby';
  const alternative = rails ? ` Or leave the table alone and rename the model only, with "${printName(table)}" as its "table_name".` : '';
  const keyCode = rails ? `class ${modelClass(table, c)} < ApplicationRecord\n  self.primary_key = ${rubyString(c.schema.table(table)?.primaryKey[0] ?? 'id')}\nend\n` : null;
  const newCode = rails ? `class ${modelClass(to, c)} < ApplicationRecord\nend\n` : null;
  const keyless = c.schema.table(table)?.primaryKey.length === 0;
  const keyStep = keyless ? [] : [codeStep(rails ? 'First name the primary key in the model: a view has none of its own.' : 'First make sure that the code does not ask the database for the primary key: a view has none.', keyCode)];
  const codeChange = codeStep(`Deployment 2: use "${printName(to)}" everywhere.`, newCode);
  if (isMysql(c.engine)) {
    const interim = quoteQualified({ ...to, name: `${to.name}_view` }, c.engine);
    return {
      advice: `Add a view "${printName(to)}" of "${printName(table)}", move the code over to it, then let view and table change names in one statement.${alternative}`,
      steps: [
        ...keyStep,
        migrationStep({ words: `add view ${to.name}`, title: 'Deployment 1: add a view of the new name.', up: [rawSql(`CREATE VIEW ${newName} AS SELECT * FROM ${oldName}`)], down: [rawSql(`DROP VIEW ${newName}`)] }),
        codeChange,
        migrationStep({
          words: `rename ${table.name} to ${to.name}`,
          title: 'Deployment 3: rename the table, and the view out of its way, in one statement.',
          up: [rawSql(`RENAME TABLE ${newName} TO ${interim}, ${oldName} TO ${newName}`), rawSql(`DROP VIEW ${interim}`)],
          down: [rawSql(`RENAME TABLE ${newName} TO ${oldName}`), rawSql(`CREATE VIEW ${newName} AS SELECT * FROM ${oldName}`)],
        }),
      ],
    };
  }
  return {
    advice: `Rename the table and put a view of the old name in its place in the same transaction; drop the view when no code uses it.${alternative}`,
    steps: [
      ...keyStep,
      migrationStep({
        words: `rename ${table.name} to ${to.name}`,
        title: 'Deployment 1: rename the table and leave a view of the old name.',
        up: [perform({ kind: 'rename-table', table, to: operation.to }), rawSql(`CREATE VIEW ${oldName} AS SELECT * FROM ${newName}`)],
        down: [rawSql(`DROP VIEW ${oldName}`), perform({ kind: 'rename-table', table: to, to: { ...table, schema: operation.to.schema } })],
      }),
      codeChange,
      migrationStep({
        words: `drop view ${table.name}`,
        title: 'Deployment 3: drop the view.',
        up: [rawSql(`DROP VIEW ${oldName}`)],
        down: [rawSql(`CREATE VIEW ${oldName} AS SELECT * FROM ${newName}`)],
      }),
    ],
  };
}

/** First no code uses the table any more, and that is deployed; then it goes. Its foreign keys go first, each alone, because each locks another table. */
export function dropTableAfterCode(operation: OperationOf<'drop-table'>, c: RemedyContext): Remedy {
  const { table, ifExists } = operation;
  const keys = c.engine.name === 'postgres' ? (c.schema.table(table)?.foreignKeys ?? []).filter((key) => !sameName(key.references, table)) : [];
  const models = c.application?.modelsOf(table.name) ?? [];
  const unused = models.length === 0 && c.application !== undefined && (c.application.frameworkVersion !== null || c.application.libraries.size > 0);
  const model = models.length > 0 ? ` the model "${modelClass(table, c)}" and` : '';
  return {
    advice: unused
      ? `Make sure that the deployment before removed the last use of "${printName(table)}" and that nothing else reads it; keep a dump of the rows if they may be needed.`
      : `Remove${model} every use of "${printName(table)}" first, deploy that, and drop the table in the deployment after.`,
    steps: [
      codeStep(unused ? `Deployment 1: remove what is left of "${printName(table)}" in queries, join tables, jobs and reports.` : `Deployment 1: remove${model} every use of "${printName(table)}".`),
      ...(keys.length < 2 ? [] : keys.map((key) => migrationStep({
        words: `remove foreign key from ${table.name} to ${key.references.name} on ${key.columns.join(' and ')}`,
        title: `Deployment 2: drop the foreign key to "${printName(key.references)}" by itself, because it locks that table, too.`,
        up: [perform({ kind: 'drop-constraint', table, name: key.name, constraint: 'foreign-key', columns: key.columns, references: key.references, ifExists: false, cascade: false })],
        down: [perform({ kind: 'add-foreign-key', table, foreignKey: { ...key, validated: false }, ifNotExists: false })],
      }))),
      migrationStep({ words: `drop ${table.name}`, title: `Deployment 2: drop "${printName(table)}".`, up: [perform({ kind: 'drop-table', table, ifExists, cascade: false })] }),
    ],
  };
}

/** A key that does not run out at 2,147,483,647. */
export function bigintPrimaryKey(operation: OperationOf<'create-table'>, c: RemedyContext): Remedy {
  const { table, primaryKey } = operation;
  const key = primaryKey[0] ?? 'id';
  const advice = `Make "${key}" a bigint: changing it later rewrites the table and everything that refers to it.`;
  if (c.migration.language !== 'ruby') return advise(advice);
  const primary = key === 'id' ? '' : `primary_key: ${rubySymbol(key)}, `;
  return { advice, steps: [codeStep('Create the table with a bigint key.', `create_table ${rubyTable(table, c)}, ${primary}id: :bigint do |t|\n`)] };
}
