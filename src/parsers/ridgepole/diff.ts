import type { EngineName } from '../../operations/index.ts';
import { symbol } from '../rails/values/make.ts';
import type { Definitions, DefinedTable, WrittenAt } from './defined.ts';
import type { PartChanges } from './parts-diff.ts';
import { diffColumns, diffConstraints, diffForeignKeys, diffIndexes } from './parts-diff.ts';
import { remarksOf } from './table-remarks.ts';
import type { Remark } from './remark.ts';
import type { Release } from './release.ts';
import type { RunOptions } from './run-options.ts';
import { dropsTables, isTarget } from './run-options.ts';
import type { ScriptCall } from './script.ts';
import { addColumnCall, addConstraintCall, addForeignKeyCall, addIndexCall, changeColumnCall, createTableCall, foreignKeyCall, named, one, removeConstraintCall, removeIndexCall, validateConstraintCall } from './table-script.ts';

/** What applying a Schemafile to a database as the base's Schemafile leaves it does. */
export interface Difference {
  /** In the order Ridgepole runs them. */
  readonly script: readonly ScriptCall[];
  readonly remarks: readonly Remark[];
  /** Tables that are not compared because parts of them are not known, by where they stand. */
  readonly notCompared: readonly { readonly table: string; readonly written: WrittenAt }[];
}

/** What a comparison goes by. */
export interface DiffSituation {
  readonly engine: EngineName;
  readonly release: Release;
  readonly run: RunOptions;
  /** Where a table that is not defined any more used to stand. */
  readonly placeOfLost: (table: DefinedTable) => WrittenAt;
}

/** The three parts of the script: what is removed first, the main part, and what is added last. */
interface Parts { readonly first: ScriptCall[]; readonly main: ScriptCall[]; readonly last: ScriptCall[] }

/**
 * Compares two sets of definitions as Ridgepole does (its `diff.rb`), and puts what follows in the order of its script (`delta.rb`): foreign keys and constraints are removed; tables are created,
 * renamed, changed (indexes removed, columns added, renamed, changed, removed, indexes added) and dropped; foreign keys and constraints are added.
 */
export function diffDefinitions(from: Definitions, to: Definitions, situation: DiffSituation): Difference {
  const { run, release } = situation;
  const parts: Parts = { first: [], main: [], last: [] };
  const remarks: Remark[] = [];
  const notCompared: { table: string; written: WrittenAt }[] = [];
  const left = new Map([...from.tables].filter(([name]) => isTarget(name, run)));
  const renames: ScriptCall[] = [];
  const changes: (() => void)[] = [];
  const head = [...to.tables.values()].filter(({ name }) => isTarget(name, run));
  const renamed = new Set<string>();
  for (const table of head) {
    if (!table.renamedFrom || left.has(table.name)) continue;
    const old = left.get(table.renamedFrom.name);
    if (!old) {
      remarks.push({ kind: 'schemafile-rename', table: table.name, column: null, from: table.renamedFrom.name, to: table.name, reason: 'missing', edits: [], written: { ...table.written, at: table.renamedFrom.at } });
      continue;
    }
    renamed.add(table.name);
    left.delete(old.name);
    renames.push({ name: 'rename_table', args: [named(old.name, table.table), table.table], options: new Map(), written: { ...table.written, at: table.head } });
    remarks.push(...remarksOf(old, table, situation, true));
  }
  for (const table of head) {
    if (renamed.has(table.name)) continue;
    const old = left.get(table.name);
    left.delete(table.name);
    if (run.dropTableOnly) continue;
    if ((old && !old.known) || !table.known) notCompared.push({ table: table.name, written: { ...table.written, at: table.head } });
    else if (old) {
      remarks.push(...remarksOf(old, table, situation, false));
      changes.push(() => changeTable(old, table, situation, parts));
    } else createTable(table, situation, parts, remarks);
  }
  if (!run.dropTableOnly) parts.main.push(...renames);
  for (const change of changes) change();
  dropTables([...left.values()], situation, parts, remarks);
  const script = release.foreignKeysFirst ? [...parts.first, ...parts.main, ...parts.last] : [...parts.main, ...parts.first, ...parts.last];
  return { script, remarks, notCompared };
}

function createTable(table: DefinedTable, situation: DiffSituation, parts: Parts, remarks: Remark[]): void {
  parts.main.push(createTableCall(table, []));
  for (const index of table.indexes) if (!index.ignored) parts.main.push(addIndexCall(table, index));
  for (const key of table.foreignKeys) if (!key.ignored) parts.last.push(addForeignKeyCall(table, key));
  remarks.push(...remarksOf(null, table, situation, false));
}

function changeTable(old: DefinedTable, table: DefinedTable, { engine, release, run }: DiffSituation, parts: Parts): void {
  const isMysql = engine === 'mysql' || engine === 'mariadb';
  const atTable: WrittenAt = { ...table.written, at: table.head };
  const columns = diffColumns(old, table, run);
  const indexes = diffIndexes(old, table, columns, engine === 'postgres' || run.indexesGoWithColumns, run);
  const keys = diffForeignKeys(old.foreignKeys, table.foreignKeys, release, run);
  const constraints = diffConstraints(old.constraints, table.constraints, release, run);
  const main: ScriptCall[] = [];
  if (!run.merge) for (const { from, to } of indexes.replaced) main.push({ ...removeIndexCall(table, from, to.written), redefines: true });
  for (const index of indexes.removed) main.push(removeIndexCall(table, index, atTable));
  for (const { column, after } of columns.added) main.push(addColumnCall(table, column, after, isMysql));
  for (const { column, from } of columns.renamed) main.push({ name: 'rename_column', args: [table.table, named(from.name, table.table), named(column.name, table.table)], options: new Map(), written: column.written });
  for (const { column, from, aspects } of columns.changed) {
    if (aspects.size === 1 && aspects.has('comment')) continue;
    main.push(changeColumnCall(table, column, from, aspects));
  }
  for (const { name } of columns.dropped) main.push({ name: 'remove_column', args: [table.table, named(name, table.table)], options: new Map(), written: atTable });
  main.push(...primaryKeyChange(old, table, run));
  for (const index of inOrder(table.indexes, indexes)) main.push({ ...addIndexCall(table, index), ...again(index, indexes) });
  parts.main.push(...(run.bulkChange && main.length > 1 ? main.map((call) => ({ ...call, combined: true as const })) : main));
  for (const { from, to } of keys.replaced) parts.first.push({ ...foreignKeyCall('remove_foreign_key', table, from, to.written), redefines: true });
  for (const key of keys.removed) parts.first.push(foreignKeyCall('remove_foreign_key', table, key, atTable));
  for (const key of inOrder(table.foreignKeys, keys)) parts.last.push({ ...addForeignKeyCall(table, key), ...again(key, keys) });
  for (const key of keys.validated) parts.last.push(foreignKeyCall('validate_foreign_key', table, key, key.written));
  const [removals, additions] = release.constraintsFirst ? [parts.first, parts.last] : [parts.main, parts.main];
  for (const { from, to } of constraints.replaced) removals.push({ ...removeConstraintCall(table, from, to.written), redefines: true });
  for (const constraint of constraints.removed) removals.push(removeConstraintCall(table, constraint, atTable));
  for (const constraint of inOrder(table.constraints, constraints)) additions.push({ ...addConstraintCall(table, constraint), ...again(constraint, constraints) });
  for (const constraint of constraints.validated) additions.push(validateConstraintCall(table, constraint));
  parts.main.push(...tableOptions(old, table, run, isMysql));
  for (const { column, aspects } of columns.changed) {
    if (aspects.size !== 1 || !aspects.has('comment')) continue;
    parts.main.push({ name: 'change_column_comment', args: [table.table, named(column.name, table.table), column.options.get('comment')?.value ?? { type: 'nil', at: table.table.at }], options: new Map(), written: column.written });
  }
}

/** What is added, new or anew, in the order of the definition. */
function inOrder<T>(all: readonly T[], { added, replaced }: PartChanges<T>): T[] {
  return all.filter((part) => added.includes(part) || replaced.some(({ to }) => to === part));
}

function again<T>(part: T, { replaced }: PartChanges<T>): { readonly redefines?: true } {
  return replaced.some(({ to }) => to === part) ? { redefines: true } : {};
}

/** With `--allow-pk-change` the key's column is changed like any other one. */
function primaryKeyChange(old: DefinedTable, table: DefinedTable, run: RunOptions): ScriptCall[] {
  const [from, to] = [old.bare?.columns[0], table.bare?.columns[0]];
  if (!run.allowPrimaryKeyChange || !from || !to || from.name !== to.name || JSON.stringify(from.type) === JSON.stringify(to.type)) return [];
  const type = symbol(to.type.name.replace('bigserial', 'bigint').replace('serial', 'integer'), table.table.at);
  return [{ name: 'change_column', args: [table.table, named(to.name, table.table), type], options: new Map(), written: { ...table.written, at: table.head }, changes: new Set(['type']) }];
}

function tableOptions(old: DefinedTable, table: DefinedTable, run: RunOptions, isMysql: boolean): ScriptCall[] {
  const written: WrittenAt = { ...table.written, at: table.head };
  const calls: ScriptCall[] = [];
  const options = table.bare?.options ?? '';
  if (isMysql && run.changeTableOptions && (old.bare?.options ?? '') !== options) calls.push({ name: 'change_table_options', args: [table.table], options: one('options', named(options, table.table)), written });
  const comment = table.options.get('comment')?.value;
  if (run.changeTableComment && (old.bare?.comment ?? null) !== (table.bare?.comment ?? null)) calls.push({ name: 'change_table_comment', args: [table.table, comment ?? { type: 'nil', at: table.table.at }], options: new Map(), written });
  return calls;
}

function dropTables(tables: readonly DefinedTable[], { run, release, placeOfLost }: DiffSituation, parts: Parts, remarks: Remark[]): void {
  const drops = dropsTables(run, release.keepsTables);
  for (const table of tables) {
    if (!table.known) continue;
    const written = placeOfLost(table);
    if (!drops) {
      if (!run.merge) remarks.push({ kind: 'schemafile-kept-table', table: table.name, runFrom: run.from, written });
      continue;
    }
    for (const key of table.foreignKeys) parts.first.push(foreignKeyCall('remove_foreign_key', table, key, written));
    parts.main.push({ name: 'drop_table', args: [table.table], options: new Map(), written });
  }
}
