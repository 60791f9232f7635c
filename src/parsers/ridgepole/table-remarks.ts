import { indexColumns, printName, printType } from '../../operations/index.ts';
import type { DefinedForeignKey, DefinedTable, WrittenAt } from './defined.ts';
import type { DiffSituation } from './diff.ts';
import { diffColumns, diffConstraints, diffForeignKeys, diffIndexes } from './parts-diff.ts';
import type { ColumnChanges } from './parts-diff.ts';
import type { Remark } from './remark.ts';

/** What is remarkable about one table; `old` is null for a new one, `renames` says that only its name changes now. */
export function remarksOf(old: DefinedTable | null, table: DefinedTable, situation: DiffSituation, renames: boolean): Remark[] {
  if (old === null) return [...newKeys(table, table.foreignKeys, situation), ...withoutIndex(null, table, table.written, situation)];
  const { release, run, engine } = situation;
  const columns = diffColumns(old, table, run);
  const indexes = diffIndexes(old, table, columns, engine === 'postgres' || run.indexesGoWithColumns, run);
  const keys = diffForeignKeys(old.foreignKeys, table.foreignKeys, release, run);
  const constraints = diffConstraints(old.constraints, table.constraints, release, run);
  const atTable: WrittenAt = { ...table.written, at: table.head };
  if (renames) {
    const edits = [
      ...columns.added.map(({ column }) => `adding "${column.name}"`), ...columns.renamed.map(({ column, from }) => `renaming "${from.name}" to "${column.name}"`),
      ...columns.changed.map(({ column }) => `changing "${column.name}"`), ...columns.dropped.map(({ name }) => `dropping "${name}"`),
    ];
    return edits.length === 0 ? [] : [{ kind: 'schemafile-rename', table: table.name, column: null, from: old.name, to: table.name, reason: 'edited', edits, written: { ...table.written, at: table.renamedFrom?.at ?? table.head } }];
  }
  const redefined = (what: string, name: string, written: WrittenAt, unique = false): Remark => ({ kind: 'schemafile-redefinition', table: table.name, what, name, reason: 'replaced', message: null, unique, written });
  return [
    ...columnRenames(old, table, columns),
    ...indexes.replaced.map(({ from, to }) => redefined('index', to.index.name ?? '', to.written, from.index.unique && to.index.unique)),
    ...keys.replaced.map(({ to }) => redefined('foreign key', to.foreignKey.name ?? '', to.written)),
    ...constraints.replaced.map(({ to }) => redefined(`${to.kind} constraint`, to.name, to.written, to.kind === 'unique')),
    ...repeatedIndexes(table, [...indexes.added, ...indexes.replaced.map(({ to }) => to)], situation),
    ...keyChange(old, table, situation),
    ...newKeys(table, keys.added, situation),
    ...removedKeys(old, table, columns, keys.removed, atTable, situation),
    ...withoutIndex(old, table, atTable, situation),
    ...oldReferences(table, columns, situation),
  ];
}

function columnRenames(old: DefinedTable, table: DefinedTable, columns: ColumnChanges): Remark[] {
  const base = { kind: 'schemafile-rename' as const, table: table.name };
  const lost = columns.lost.map((column): Remark => ({ ...base, column: column.name, from: column.renamedFrom?.name ?? '', to: column.name, reason: 'missing', edits: [], written: { ...column.written, at: column.renamedFrom?.at ?? column.written.at } }));
  const renamed = columns.renamed.flatMap(({ column, from, edits }): Remark[] => {
    const remark = { ...base, column: column.name, from: from.name, to: column.name, written: { ...column.written, at: column.renamedFrom?.at ?? column.written.at } };
    const changes = [...edits].filter((edit) => edit !== 'comment');
    return [
      ...(table.columns.has(from.name) ? [{ ...remark, reason: 'kept' as const, edits: [] }] : []),
      ...(from.renamedFrom && !old.columns.has(from.renamedFrom.name) ? [{ ...remark, reason: 'chained' as const, edits: [from.renamedFrom.name] }] : []),
      ...(changes.length > 0 ? [{ ...remark, reason: 'edited' as const, edits: changes.map((change) => ({ type: `the type (${printType(from.column.type)} to ${printType(column.column.type)})`, null: 'NULL', default: 'the default', other: 'other attributes', comment: '' })[change]) }] : []),
    ];
  });
  return [...lost, ...renamed];
}

function repeatedIndexes(table: DefinedTable, made: readonly { readonly index: { readonly name: string | null }; readonly options: ReadonlyMap<string, unknown>; readonly written: WrittenAt }[], { release }: DiffSituation): Remark[] {
  if (release.indexAlgorithm) return [];
  return made.filter(({ options }) => options.has('algorithm')).map(({ index, written }) => ({ kind: 'schemafile-redefinition', table: table.name, what: 'index', name: index.name ?? '', reason: 'repeated', message: null, unique: false, written }));
}

/** A changed primary key is left as it is, with a warning that scrolls by, unless that is allowed. */
function keyChange(old: DefinedTable, table: DefinedTable, { run }: DiffSituation): Remark[] {
  const text = ({ bare }: DefinedTable) => (bare === null ? '' : JSON.stringify([bare.primaryKey, bare.columns.map(({ name, type }) => [name, printType(type)])]));
  if (run.allowPrimaryKeyChange || old.bare === null || table.bare === null || text(old) === text(table)) return [];
  return [{ kind: 'schemafile-redefinition', table: table.name, what: 'primary key', name: table.bare.primaryKey.join(', '), reason: 'primary-key', message: null, unique: false, written: { ...table.written, at: table.head } }];
}

function newKeys(table: DefinedTable, added: readonly DefinedForeignKey[], { release }: DiffSituation): Remark[] {
  return added.flatMap((key): Remark[] => {
    if (key.ignored || key.named) return [];
    const remark = keyRemark(table, key, key.written);
    if (!release.unnamedForeignKeys) return [{ ...remark, reason: 'name-required' }];
    if (key.spellsOutColumn && !release.conventionalColumn) return [{ ...remark, reason: 'repeated' }];
    return siblings(table, key).length > 1 ? [{ ...remark, reason: 'unnamed' }] : [];
  });
}

function removedKeys(old: DefinedTable, table: DefinedTable, columns: ColumnChanges, removed: readonly DefinedForeignKey[], written: WrittenAt, { release }: DiffSituation): Remark[] {
  const dropped = new Set(columns.dropped.map(({ name }) => name));
  return removed.flatMap((key): Remark[] => {
    const remark = keyRemark(table, key, written);
    const indexStays = table.indexes.some(({ index }) => covers(indexColumns(index), key.foreignKey.columns));
    const late = !release.foreignKeysFirst && (key.foreignKey.columns.some((column) => dropped.has(column)) || !indexStays);
    return [
      ...(late ? [{ ...remark, reason: 'late' as const }] : []),
      ...(!key.named && siblings(old, key).length > 1 ? [{ ...remark, reason: 'ambiguous' as const }] : []),
    ];
  });
}

/** Foreign keys that stay while their column or, on MySQL, the last index on it goes, and new ones that never had one. */
function withoutIndex(old: DefinedTable | null, table: DefinedTable, atTable: WrittenAt, { engine }: DiffSituation): Remark[] {
  const isMysql = engine === 'mysql' || engine === 'mariadb';
  const known = (of: DefinedTable, column: string) => of.columns.has(column) || (of.bare?.columns.some(({ name }) => name === column) ?? false);
  const indexed = (of: DefinedTable, key: DefinedForeignKey) => covers(of.bare?.primaryKey ?? [], key.foreignKey.columns) || of.indexes.some(({ index }) => covers(indexColumns(index), key.foreignKey.columns));
  return table.foreignKeys.flatMap((key): Remark[] => {
    const isNew = !old?.foreignKeys.some((other) => other.foreignKey.name === key.foreignKey.name);
    const remark = keyRemark(table, key, isNew ? key.written : atTable);
    if (!key.foreignKey.columns.every((column) => known(table, column))) return isNew || (old && key.foreignKey.columns.every((column) => known(old, column))) ? [{ ...remark, reason: 'no-column' }] : [];
    return isMysql && !indexed(table, key) && (isNew || (old && indexed(old, key))) ? [{ ...remark, reason: 'no-index' }] : [];
  });
}

function oldReferences(table: DefinedTable, columns: ColumnChanges, { release }: DiffSituation): Remark[] {
  if (release.railsReferences) return [];
  return columns.added.filter(({ column }) => column.untypedReference).map(({ column }) => ({ kind: 'schemafile-reference', table: table.name, column: column.name, written: column.written }));
}

function keyRemark(table: DefinedTable, key: DefinedForeignKey, written: WrittenAt) {
  return { kind: 'schemafile-foreign-key' as const, table: table.name, name: key.named ? key.foreignKey.name : null, columns: key.foreignKey.columns, references: printName(key.foreignKey.references), written };
}

/** The foreign keys of the table to the same other one that have no name of their own. */
function siblings(table: DefinedTable, key: DefinedForeignKey): DefinedForeignKey[] {
  return table.foreignKeys.filter((other) => printName(other.foreignKey.references) === printName(key.foreignKey.references));
}

function covers(index: readonly string[], columns: readonly string[]): boolean {
  return columns.every((column, at) => index[at] === column);
}
