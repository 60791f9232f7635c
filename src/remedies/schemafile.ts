import type { OperationOf, QualifiedName } from '../operations/index.ts';
import { printName } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { columnArguments } from './ruby/column.ts';
import { rubyString } from './ruby/literal.ts';
import { ignoreColumns } from './ruby/model.ts';
import { rubyTarget } from './ruby/target.ts';
import type { Remedy } from './remedy.ts';
import { codeStep } from './step.ts';

/** First the code forgets the table, then the definition goes, and Ridgepole is run once with leave to drop tables. */
export function dropDefinedTable(table: QualifiedName, c: RemedyContext, keptBy: 'release' | null): Remedy {
  const name = printName(table);
  return {
    advice: keptBy === null
      ? `Keep the definition of "${name}", remove every use of the table, deploy that, and take the definition out in the deployment after. Allow this one drop with "--allow drop-table:${name}" when that is done.`
      : `Put the definition back, or drop "${name}" on purpose: run Ridgepole once with "--drop-table" when no code uses it any more, or drop it by hand.`,
    steps: [
      codeStep(`Deployment 1: remove every use of "${name}"; its definition stays in the Schemafile.`),
      codeStep(`Deployment 2: take "create_table ${rubyString(name)}" out of the Schemafile, and let this one apply drop it.`, `# bundle exec ridgepole -c config/database.yml -f ${c.migration.source.path} --apply --drop-table\n`),
    ],
  };
}

/** First the model ignores the column, then its line goes. */
export function dropDefinedColumn({ table, column }: OperationOf<'drop-column'>, c: RemedyContext): Remedy {
  return {
    advice: `Keep the line of "${column}", let the application forget it, deploy that, and take the line out in the deployment after.`,
    steps: [
      codeStep(`Deployment 1: remove every use of "${column}" and let the model ignore it; its line stays in the Schemafile.`, ignoreColumns(table, [column], c)),
      codeStep(`Deployment 2: take the line of "${column}" out of "create_table ${rubyString(printName(table))}".`),
    ],
  };
}

/** A rename that keeps the values: both columns for a while, or `renamed_from`, which breaks the running code. */
export function renameDefinedColumn(drop: OperationOf<'drop-column'>, add: OperationOf<'add-column'>, c: RemedyContext): Remedy {
  const { table, column: from } = drop;
  const to = add.column.name;
  const known = c.schema.table(table)?.columns.get(from);
  const line = (column: typeof add.column, extra: string): string | null => {
    const written = columnArguments(column, rubyTarget(c));
    if (written === null) return null;
    const type = written.type.startsWith(':') && /^:\w+$/.test(written.type) ? written.type.slice(1) : null;
    const options = written.options.flatMap((option) => (option === null ? [] : [`${option[0]}: ${option[1]}`])).map((text) => `, ${text}`).join('');
    return type === null ? `  t.column ${rubyString(column.name)}, ${written.type}${options}${extra}` : `  t.${type} ${rubyString(column.name)}${options}${extra}`;
  };
  const both = known && line(known, '');
  const added = line({ ...add.column, nullable: true }, '');
  const renamed = line(add.column, `, renamed_from: ${rubyString(from)}`);
  const head = `create_table ${rubyString(printName(table))} do |t|\n`;
  return {
    advice: `If "${to}" takes the place of "${from}": keep both for three deployments. If the application is stopped for the deployment, "renamed_from: ${rubyString(from)}" renames the column and keeps its values.`,
    steps: [
      codeStep(`Deployment 1: define "${to}" beside "${from}", and let the code write both.`, both && added ? `${head}${both}\n${added}\nend\n` : null),
      codeStep(`Copy the rows that were there before, in batches, with a script or a job: Ridgepole changes no rows.`, `${modelLine(table)}.in_batches(of: 1_000) do |batch|\n  batch.update_all("${to} = ${from}")\n  sleep(0.01)\nend\n`),
      codeStep(`Deployment 2: use "${to}" everywhere, and let the model ignore "${from}".`, ignoreColumns(table, [from], c)),
      codeStep(`Deployment 3: take the line of "${from}" out.`),
      ...(renamed ? [codeStep('Or, with the application stopped, rename it at once.', `${head}${renamed}\nend\n`)] : []),
    ],
  };
}

function modelLine(table: QualifiedName): string {
  return `Class.new(ActiveRecord::Base) { self.table_name = ${rubyString(printName(table))} }`;
}
