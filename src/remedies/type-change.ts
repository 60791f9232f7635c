import { columnDependents } from '../engines/postgres/dependents.ts';
import type { ColumnDefinition, OperationOf } from '../operations/index.ts';
import { isMysql, noDefault, printName } from '../operations/index.ts';
import type { Table } from '../schema/table.ts';
import { backfillStep } from './backfill.ts';
import type { RemedyContext } from './context.ts';
import { objectName } from './naming.ts';
import { plainColumn } from './not-null.ts';
import { incomingKeys, moveKey } from './primary-key.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';
import { ignoreColumns } from './ruby/model.ts';
import { mentions } from './sql/mention.ts';
import { quoteName } from './sql/name.ts';
import { codeStep, migrationStep, perform } from './step.ts';
import { noSuccession, succeed } from './successor.ts';
import { keepComputed, keepCopied } from './trigger.ts';

/** A new column of the new type, filled by a trigger and in batches, that takes the old one's place and name in one short transaction. Postgres; elsewhere a sentence. */
export function changeTypeInSteps(operation: OperationOf<'alter-column-type'>, c: RemedyContext): Remedy {
  const { table: name, column } = operation;
  if (c.engine.name !== 'postgres') {
    return advise(isMysql(c.engine) ? 'Run the change with gh-ost or pt-online-schema-change, which copy the table while writes go on.' : 'Copy the rows to a column of the new type and switch the code over.');
  }
  const table = c.schema.table(name);
  const blocked = table === undefined ? null : whyNotReplaced(table, column, c);
  if (blocked !== null || name.dynamic || operation.type.dynamic) {
    return advise(`Add a second column of the new type, keep it filled by a trigger, fill the old rows in batches, and let it take the place of "${column}".${blocked === null ? '' : ` Mind that ${blocked}.`}`);
  }
  const old = table?.columns.get(column);
  const temporary = freeName(table, column, c);
  const definition = replacement(operation, old, temporary);
  const triggers = operation.using === null ? keepCopied(name, column, temporary, c) : keepComputed(name, temporary, operation.using, c);
  const move = table ? moveKey(table, column, temporary, operation.type.name, c) : null;
  const succession = move ? succeed(move.table, column, temporary, column, c) : noSuccession;
  const drop = (gone: string) => perform({ kind: 'drop-column', table: name, column: gone, ifExists: false, cascade: false });
  const missing = table?.complete ? '' : ` Before it, build on "${temporary}" the indexes, constraints and NOT NULL that "${column}" has.`;
  return {
    advice: `Add a second column of the new type, fill it by a trigger and in batches, and let it take the place of "${column}" in one short transaction.`,
    steps: [
      ...(c.migration.language === 'ruby' ? [codeStep(`First let the model ignore "${temporary}", so that no running code writes it.`, ignoreColumns(name, [temporary], c))] : []),
      migrationStep({
        words: `add ${temporary} to ${name.name}`,
        title: `Add "${temporary}" with the new type and fill it at every write.`,
        up: [perform({ kind: 'add-column', table: name, column: definition, ifNotExists: false }), ...triggers.create],
        down: [...triggers.drop, drop(temporary)],
      }),
      backfillStep(name, { [temporary]: operation.using ?? quoteName(column, c.engine) }, triggers.stale, c, 'Then fill the rows that were there before, in batches.'),
      ...(move?.steps ?? []),
      ...succession.steps,
      migrationStep({
        words: `replace ${column} of ${name.name}`,
        title: `Let "${temporary}" take the place of "${column}".${missing}`,
        up: [...triggers.drop, ...(move?.before ?? []), drop(column), perform({ kind: 'rename-column', table: name, column: temporary, to: column }), ...succession.after, ...(move?.after ?? [])],
      }),
      ...(move?.finish ?? []),
    ],
  };
}

/** The same type change with everything said again that the server would otherwise drop (MySQL MODIFY, Rails `change_column` on MySQL). */
export function restateAttributes(operation: OperationOf<'alter-column-type'>, lost: readonly string[], c: RemedyContext): Remedy {
  const { table, column, type, collation, using } = operation;
  const list = lost.length > 0 ? `: ${lost.join(', ')}` : '';
  const advice = `Repeat in the statement what "${column}" has now${list}.`;
  const known = c.schema.table(table)?.columns.get(column);
  if (!known || !isMysql(c.engine)) return advise(advice);
  const restated: ColumnDefinition = { ...given(operation.restated), ...plainColumn(known), type, ...(collation === null ? {} : { collation }), ...(operation.restated?.position ? { position: operation.restated.position } : {}) };
  const deed = perform({ kind: 'alter-column-type', table, column, type, collation, using, restated });
  const back = perform({ kind: 'alter-column-type', table, column, type: known.type, collation: null, using: null, restated: plainColumn(known) });
  return { advice, steps: [migrationStep({ words: `change ${column} of ${table.name}`, title: 'Change the type and keep the rest.', up: [deed], down: [back] })] };
}

/** Attributes that the statement itself sets anew. */
function given(restated: ColumnDefinition | null): Partial<ColumnDefinition> {
  if (restated === null) return {};
  const { comment, charset } = restated;
  return { ...(comment === undefined ? {} : { comment }), ...(charset === undefined ? {} : { charset }) };
}

function replacement(operation: OperationOf<'alter-column-type'>, old: ColumnDefinition | undefined, name: string): ColumnDefinition {
  const { collation: _, ...rest } = old ? plainColumn(old) : { name, type: operation.type, nullable: true, default: noDefault };
  const collation = operation.collation ?? old?.collation;
  return { ...rest, name, type: operation.type, nullable: true, default: noDefault, ...(collation ? { collation } : {}) };
}

function freeName(known: Table | undefined, column: string, c: RemedyContext): string {
  let name = objectName(c.engine, column, 'new');
  for (let at = 2; known?.columns.has(name); at++) name = objectName(c.engine, column, `new${at}`);
  return name;
}

/** Why the short recipe does not do, or null. */
function whyNotReplaced(table: Table, column: string, c: RemedyContext): string | null {
  const definition = table.columns.get(column);
  if (definition?.generated) return `"${column}" is computed by the database`;
  if (definition?.identity) return `"${column}" is an identity column, whose sequence has to be made anew`;
  if (table.primaryKey.length > 1 && table.primaryKey.includes(column)) return `"${column}" belongs to a primary key of several columns`;
  if (table.partitionBy !== null && mentions(table.partitionBy, column)) return `"${printName(table.name)}" is partitioned by "${column}"`;
  const [reference] = table.primaryKey[0] === column ? [] : incomingKeys(table, column, c);
  if (reference) return `"${printName(reference.child)}" refers to "${column}"`;
  const dependents = columnDependents(table.name, column, c.schema).map(({ what }) => what);
  return dependents.length > 0 ? `${dependents.join(' and ')} ${dependents.length === 1 ? 'depends' : 'depend'} on "${column}" and ${dependents.length === 1 ? 'has' : 'have'} to be made anew` : null;
}
