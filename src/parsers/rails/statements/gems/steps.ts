import type { BatchMode, Default, QualifiedName } from '../../../../operations/index.ts';
import { noDefault } from '../../../../operations/index.ts';
import type { StatementCall } from '../../call.ts';
import type { StatementHost } from '../../host.ts';
import { canBeName, given, isFalse, isOn, nameText, qualifiedName } from '../arguments.ts';
import { columnDefinition } from '../column-definition.ts';
import { defaultOf } from '../default.ts';
import { checkName } from '../names.ts';
import { hasLibrary } from '../version.ts';

/** Rows written in batches, one statement each. */
export const inBatches: BatchMode = { by: 'batches', batchedRead: true, model: null };

/** Emits a check constraint that is added without validation and then validated on its own, as these libraries do. */
export function emitTwoStepCheck(table: QualifiedName, name: string | null, expression: string, validates: boolean, column: string | null, host: StatementHost): void {
  host.emit({ kind: 'add-check', table, check: { name, expression, validated: false }, ifNotExists: false });
  if (validates) host.emit({ kind: 'validate-constraint', table, name, constraint: 'check', columns: column === null ? [] : [column], references: null });
}

/** Emits a check constraint in one step: validated at once unless `validate: false`. */
export function emitCheck(table: QualifiedName, name: string | null, expression: string, call: StatementCall, host: StatementHost): void {
  host.emit({ kind: 'add-check', table, check: { name, expression, validated: !isFalse(call, 'validate') }, ifNotExists: false });
}

/** The name a constraint call gives (`name:`, `constraint_name:`), or the one made from the expression. */
export function constraintName(call: StatementCall, expression: string | null): string | null {
  const name = given(call, 'name') ?? given(call, 'constraint_name');
  if (name) return nameText(name);
  const table = call.args[0];
  return expression === null || !table ? null : checkName(nameText(table), expression);
}

/** Table and column of a call whose first two arguments they are; reports what is not known and gives null. */
export function tableAndColumn(call: StatementCall, host: StatementHost): { table: QualifiedName; column: string } | null {
  const [table, column] = call.args;
  if (!canBeName(table) || !canBeName(column)) { host.opaque('the table or the column is not known'); return null; }
  return { table: qualifiedName(table), column: nameText(column) };
}

/**
 * `add_column_with_default` of online_migrations, and of GitLab, whose column is NOT NULL unless `allow_null: true`: a constant default comes with the column; one that is computed is set on the empty column, rows are filled in batches
 * and NOT NULL is set through a check at the end.
 */
export function addColumnWithDefault(call: StatementCall, host: StatementHost): void {
  const target = tableAndColumn(call, host);
  const type = call.args[2];
  if (!target) return;
  if (!canBeName(type)) { host.opaque('the type of the column is not known'); return; }
  const written = columnDefinition(target.column, type, call, host);
  const column = hasLibrary(host, 'online_migrations') || call.options.has('null') ? written : { ...written, nullable: isOn(call, 'allow_null') };
  const filler: Default = defaultOf(given(call, 'default'), column.type);
  if (filler.kind === 'constant') { host.emit({ kind: 'add-column', table: target.table, column, ifNotExists: false }); return; }
  host.emit({ kind: 'add-column', table: target.table, column: { ...column, nullable: true, default: noDefault }, ifNotExists: false });
  host.emit({ kind: 'set-default', ...target, default: filler, from: null });
  host.emit({ kind: 'update-rows', table: target.table, columns: [target.column], scope: 'all', where: null, mode: inBatches });
  if (!column.nullable) {
    const check = `${target.column} IS NOT NULL`;
    const name = checkName(target.table.name, check);
    emitTwoStepCheck(target.table, name, check, true, target.column, host);
    host.emit({ kind: 'set-not-null', ...target, fill: noDefault });
    host.emit({ kind: 'drop-constraint', table: target.table, name, constraint: 'check', columns: [], references: null, ifExists: false, cascade: false });
  }
}

/** `update_column_in_batches(table, column, value)`; a block narrows the rows. */
export function updateInBatches(call: StatementCall, host: StatementHost): void {
  const [table, columns] = call.args;
  if (!canBeName(table) || columns === undefined) { host.opaque('the table or the column is not known'); return; }
  const names = columns.type === 'array' && columns.items.every((pair) => pair.type === 'array')
    ? columns.items.flatMap((pair) => (pair.type === 'array' && canBeName(pair.items[0]) ? [nameText(pair.items[0])] : []))
    : columns.type === 'array' ? columns.items.map(nameText)
      : columns.type === 'hash' ? columns.entries.map(([key]) => nameText(key)) : [nameText(columns)];
  host.emit({ kind: 'update-rows', table: qualifiedName(table), columns: names, scope: call.block ? 'filtered' : 'all', where: null, mode: inBatches });
}
