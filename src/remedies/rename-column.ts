import { columnDependents } from '../engines/postgres/dependents.ts';
import type { ColumnDefinition, OperationOf, QualifiedName } from '../operations/index.ts';
import { isMysql, noDefault, printName } from '../operations/index.ts';
import type { Table } from '../schema/table.ts';
import { backfillStep } from './backfill.ts';
import type { RemedyContext } from './context.ts';
import { plainColumn } from './not-null.ts';
import type { Remedy, RemedyStatement, RemedyStep } from './remedy.ts';
import { advise } from './remedy.ts';
import { incomingKeys, isNumbered } from './primary-key.ts';
import { rubySymbol } from './ruby/literal.ts';
import { ignoreColumns } from './ruby/model.ts';
import { mentions } from './sql/mention.ts';
import { quoteName, quoteQualified } from './sql/name.ts';
import { codeStep, migrationStep, perform, rawSql } from './step.ts';
import type { Succession } from './successor.ts';
import { noSuccession, succeed } from './successor.ts';
import type { Triggers } from './trigger.ts';
import { keepEqual } from './trigger.ts';

/**
 * A rename in three deployments. First a column of the new name is added and triggers keep both in step, whichever of them the code writes; the
 * old rows are copied and what hung on the old column is built on the new one. Then the code moves over. Then the old column goes.
 *
 * A NULL written through the new name to a row that is not copied yet is taken for "not copied": no code uses the new name before the
 * second deployment, when all rows are.
 */
export function renameColumnInThreeDeployments(operation: OperationOf<'rename-column'>, c: RemedyContext): Remedy {
  const { table: name, column: from, to } = operation;
  const table = c.schema.table(name);
  const old = table?.columns.get(from);
  const inCode = c.migration.language === 'ruby' ? ` Or leave the column alone and rename it in the code only: "alias_attribute ${rubySymbol(to)}, ${rubySymbol(from)}".` : '';
  const fixed = table === undefined ? null : whyNotCopied(table, from, c);
  if (fixed !== null || c.engine.name === 'sqlite' || name.dynamic) {
    return advise(`Keep the column's name in the database${fixed === null ? '' : `, because ${fixed}`}, and give it the name "${to}" in the code.${inCode}`);
  }
  const triggers = keepEqual(name, from, to, old && !old.type.dynamic ? old.type : null, c);
  const succession = table ? succeed(table, from, to, to, c) : noSuccession;
  const steps = [
    expand(name, from, to, old, triggers),
    backfillStep(name, { [to]: quoteName(from, c.engine) }, triggers.stale, c, `Then copy the rows that were there before, in batches.`),
    ...succession.steps,
    codeStep(codeText(name, from, to, table, c), ignoreColumns(name, [from], c)),
    contract(name, from, to, old, triggers, succession, c),
  ];
  return { advice: `Rename "${from}" in three deployments: add "${to}" and keep both in step, move the code over, then drop "${from}".${inCode}`, steps };
}

function expand(table: QualifiedName, from: string, to: string, old: ColumnDefinition | undefined, triggers: Triggers): RemedyStep {
  const add: RemedyStatement = old && !old.type.dynamic
    ? perform({ kind: 'add-column', table, column: { ...plainColumn(old), name: to, nullable: true, default: noDefault }, ifNotExists: false })
    : { kind: 'column-like', table: printName(table), column: to, like: from };
  return migrationStep({
    words: `add ${to} to ${table.name}`,
    title: `Deployment 1: add "${to}" and keep it in step with "${from}".`,
    up: [add, ...triggers.create],
    down: [...triggers.drop, perform({ kind: 'drop-column', table, column: to, ifExists: false, cascade: false })],
  });
}

function contract(table: QualifiedName, from: string, to: string, old: ColumnDefinition | undefined, triggers: Triggers, succession: Succession, c: RemedyContext): RemedyStep {
  const [source, target] = [quoteName(to, c.engine), quoteName(from, c.engine)];
  const plain = old && !old.type.dynamic ? { ...plainColumn(old), nullable: true } : null;
  const copyBack = [rawSql(`UPDATE ${quoteQualified(table, c.engine)} SET ${target} = ${source}`), ...(old?.nullable === false ? [perform({ kind: 'set-not-null', table, column: from, fill: noDefault })] : [])];
  const readd: RemedyStatement = plain ? perform({ kind: 'add-column', table, column: plain, ifNotExists: false }) : { kind: 'column-like', table: printName(table), column: from, like: to };
  const drop = perform({ kind: 'drop-column', table, column: from, ifExists: false, cascade: false });
  return migrationStep({
    words: `remove ${from} from ${table.name}`,
    title: `Deployment 3: drop the triggers and "${from}".`,
    up: [...succession.before, ...triggers.drop, drop, ...succession.after],
    down: [...succession.undo, readd, ...triggers.create, ...copyBack, ...succession.restore],
  });
}

function codeText(name: QualifiedName, from: string, to: string, table: Table | undefined, c: RemedyContext): string {
  const dependents = columnDependents(name, from, c.schema).map(({ what }) => what);
  return [
    `Deployment 2: use "${to}" instead of "${from}" everywhere${c.migration.language === 'ruby' ? `, and let the model ignore "${from}"` : ''}.`,
    ...(dependents.length > 0 ? [`Make ${dependents.join(' and ')} anew with "${to}".`] : []),
    ...(table?.complete ? [] : [`Before it, build on "${to}" the indexes, constraints, NOT NULL and default that "${from}" has.`]),
  ].join(' ');
}

/** Why a second column cannot stand in for this one, or null. */
function whyNotCopied(table: Table, column: string, c: RemedyContext): string | null {
  const definition = table.columns.get(column);
  if (table.primaryKey.includes(column)) return `"${column}" belongs to the primary key`;
  if (definition?.generated) return `"${column}" is computed by the database`;
  if (definition?.identity || definition?.autoIncrement || isNumbered(definition)) return `"${column}" takes its values from a sequence`;
  if (table.partitionBy !== null && mentions(table.partitionBy, column)) return `"${printName(table.name)}" is partitioned by "${column}"`;
  const [reference] = incomingKeys(table, column, c);
  if (reference) return `"${printName(reference.child)}" refers to "${column}"`;
  return isMysql(c.engine) && table.partitionBy !== null ? `"${printName(table.name)}" is partitioned` : null;
}
