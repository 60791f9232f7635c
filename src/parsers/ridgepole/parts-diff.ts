import { indexColumns } from '../../operations/index.ts';
import type { DefinedColumn, DefinedConstraint, DefinedForeignKey, DefinedIndex, DefinedTable } from './defined.ts';
import { columnAspects } from './column-aspects.ts';
import { indexKey, indexText } from './parts.ts';
import type { Release } from './release.ts';
import type { RunOptions } from './run-options.ts';
import type { ColumnAspect } from './script.ts';

/** What happens to the columns of one table. */
export interface ColumnChanges {
  /** With the name of the column before it in the definition; null for the first. */
  readonly added: readonly { readonly column: DefinedColumn; readonly after: string | null }[];
  readonly renamed: readonly { readonly column: DefinedColumn; readonly from: DefinedColumn; readonly edits: ReadonlySet<ColumnAspect> }[];
  readonly changed: readonly { readonly column: DefinedColumn; readonly from: DefinedColumn; readonly aspects: ReadonlySet<ColumnAspect> }[];
  readonly dropped: readonly DefinedColumn[];
  /** Columns with a `renamed_from` whose old name is nowhere. */
  readonly lost: readonly DefinedColumn[];
}

/** What happens to other parts. A part that differs is removed and added again. */
export interface PartChanges<T> {
  readonly removed: readonly T[];
  readonly added: readonly T[];
  readonly replaced: readonly { readonly from: T; readonly to: T }[];
  /** Only made valid. */
  readonly validated: readonly T[];
}

/** Compares the columns of a table as Ridgepole does: renames first, in the order of the new definition, then what is new or differs, then what is gone. */
export function diffColumns(from: DefinedTable, to: DefinedTable, run: RunOptions): ColumnChanges {
  const left = new Map(from.columns);
  const renamed: { column: DefinedColumn; from: DefinedColumn; edits: ReadonlySet<ColumnAspect> }[] = [];
  const lost: DefinedColumn[] = [];
  const done = new Set<string>();
  for (const column of to.columns.values()) {
    if (!column.renamedFrom || left.has(column.name)) continue;
    const old = left.get(column.renamedFrom.name);
    if (!old) lost.push(column);
    else {
      renamed.push({ column, from: old, edits: columnAspects(old.column, column.column) });
      left.delete(old.name);
    }
    done.add(column.name);
  }
  const added: { column: DefinedColumn; after: string | null }[] = [];
  const changed: { column: DefinedColumn; from: DefinedColumn; aspects: ReadonlySet<ColumnAspect> }[] = [];
  const keyed = to.bare?.columns[0]?.name ?? null;
  let previous = keyed;
  for (const column of to.columns.values()) {
    if (done.has(column.name)) continue;
    const old = left.get(column.name);
    left.delete(column.name);
    if (column.ignored) continue;
    if (!old) added.push({ column, after: previous });
    else {
      const aspects = new Set(columnAspects(old.column, column.column));
      if (run.skipColumnComments) aspects.delete('comment');
      if (aspects.size > 0) changed.push({ column, from: old, aspects });
    }
    previous = column.name;
  }
  return { added, renamed, changed, dropped: run.merge ? [] : [...left.values()], lost };
}

/** Compares the indexes of a table. Those of dropped columns go with them: all of them on Postgres, those of no other column elsewhere. */
export function diffIndexes(from: DefinedTable, to: DefinedTable, columns: ColumnChanges, goWithColumns: boolean, run: RunOptions): PartChanges<DefinedIndex> {
  const names = new Map(columns.renamed.map((one) => [one.from.name, one.column.name]));
  const dropped = new Set(columns.dropped.map(({ name }) => name));
  const left = from.indexes.map((index) => withColumns(index, names)).filter((index) => {
    const own = indexColumns(index.index);
    const hit = own.filter((column) => dropped.has(column));
    return hit.length === 0 || (!goWithColumns && hit.length < index.index.keys.length);
  });
  const take = (at: number): DefinedIndex | undefined => (at < 0 ? undefined : left.splice(at, 1)[0]);
  const removed: DefinedIndex[] = [];
  const added: DefinedIndex[] = [];
  const replaced: { from: DefinedIndex; to: DefinedIndex }[] = [];
  for (const index of to.indexes) {
    const old = take(left.findIndex((other) => (index.named ? other.index.name === index.index.name : indexKey(other) === indexKey(index))));
    if (index.ignored) continue;
    if (!old) added.push(index);
    else if (indexText(old) !== indexText(index)) replaced.push({ from: old, to: index });
  }
  // Ridgepole leaves an index alone that names a column which is not defined any more: the server has taken it along.
  const known = new Set([...to.columns.keys(), ...(to.bare?.columns ?? []).map(({ name }) => name)]);
  if (!run.merge) removed.push(...left.filter((index) => indexColumns(index.index).filter((column) => !dropped.has(column)).every((column) => known.has(column))));
  return { removed, added, replaced, validated: [] };
}

function withColumns(index: DefinedIndex, names: ReadonlyMap<string, string>): DefinedIndex {
  if (!index.index.keys.some(({ column }) => column !== null && names.has(column))) return index;
  return { ...index, index: { ...index.index, keys: index.index.keys.map((key) => (key.column === null ? key : { ...key, column: names.get(key.column) ?? key.column })) } };
}

/** Compares the foreign keys of a table. One without a name is known by its table, the referenced one and its column. */
export function diffForeignKeys(from: readonly DefinedForeignKey[], to: readonly DefinedForeignKey[], release: Release, run: RunOptions): PartChanges<DefinedForeignKey> {
  const left = [...from];
  const added: DefinedForeignKey[] = [];
  const replaced: { from: DefinedForeignKey; to: DefinedForeignKey }[] = [];
  const validated: DefinedForeignKey[] = [];
  for (const key of to) {
    const at = left.findIndex((other) => other.foreignKey.name === key.foreignKey.name || (!key.named && !other.named && identity(other) === identity(key)));
    const old = at < 0 ? undefined : left.splice(at, 1)[0];
    if (key.ignored) continue;
    if (!old) added.push(key);
    else if (keyText(old) !== keyText(key)) replaced.push({ from: old, to: key });
    else if (!old.foreignKey.validated && key.foreignKey.validated) {
      if (release.validates) validated.push(key);
      else replaced.push({ from: old, to: key });
    }
  }
  return { removed: run.merge ? [] : left, added, replaced, validated };
}

function identity({ foreignKey }: DefinedForeignKey): string {
  return `${foreignKey.references.schema ?? ''}.${foreignKey.references.name}(${foreignKey.columns.join()})`;
}

function keyText(key: DefinedForeignKey): string {
  const { referencedColumns, onDelete, onUpdate, deferrable, initiallyDeferred } = key.foreignKey;
  const referenced = referencedColumns.join() === 'id' ? '' : referencedColumns.join();
  return [identity(key), referenced, onDelete, onUpdate, deferrable ?? false, initiallyDeferred ?? false].join(' / ');
}

/** Compares the check, unique and exclusion constraints of a table. */
export function diffConstraints(from: readonly DefinedConstraint[], to: readonly DefinedConstraint[], release: Release, run: RunOptions): PartChanges<DefinedConstraint> {
  const left = [...from];
  const added: DefinedConstraint[] = [];
  const replaced: { from: DefinedConstraint; to: DefinedConstraint }[] = [];
  const validated: DefinedConstraint[] = [];
  for (const constraint of to) {
    const at = left.findIndex((other) => other.kind === constraint.kind && other.name === constraint.name);
    const old = at < 0 ? undefined : left.splice(at, 1)[0];
    if (!old) added.push(constraint);
    else if (old.text !== constraint.text) replaced.push({ from: old, to: constraint });
    else if (!old.validated && constraint.validated && release.validates) validated.push(constraint);
    else if (!old.validated && constraint.validated) replaced.push({ from: old, to: constraint });
  }
  return { removed: run.merge ? [] : left, added, replaced, validated };
}
