import { printName } from '../operations/index.ts';
import type { ColumnType, EngineName, QualifiedName } from '../operations/index.ts';
import type { DatabaseFunction, View } from './schema.ts';
import type { Table } from './table.ts';

/** An enum type at one moment. */
export interface EnumType {
  readonly name: QualifiedName;
  readonly values: readonly string[];
  readonly isNew: boolean;
  /** Labels that the change set has added to it. */
  readonly newValues: ReadonlySet<string>;
}

/** A domain at one moment. */
export interface Domain {
  readonly name: QualifiedName;
  readonly base: ColumnType;
  readonly constrained: boolean;
}

/** What is there, by name. */
export interface Cells {
  readonly tables: Map<string, Table>;
  readonly views: Map<string, View>;
  readonly enums: Map<string, EnumType>;
  readonly domains: Map<string, Domain>;
  readonly functions: Map<string, DatabaseFunction>;
  /** Keys of temporary tables: they go with the session. */
  readonly temporary: Map<string, true>;
}

/**
 * The state a schema is folded into. Copies share maps until one of them writes. `links` only ever grows and is shared by all copies: it says where
 * to look, and who asks checks what stands there.
 */
export interface Store {
  readonly engine: EngineName;
  readonly complete: boolean;
  cells: Cells;
  readonly shared: Set<keyof Cells>;
  readonly links: Map<string, Set<string>>;
  /** Keys of tables that are new, written to, or have new columns; more may be named than are. */
  readonly fresh: Set<string>;
}

const cellNames = ['tables', 'views', 'enums', 'domains', 'functions', 'temporary'] as const;

/** An empty store. */
export function createStore(engine: EngineName, complete: boolean): Store {
  const cells: Cells = { tables: new Map(), views: new Map(), enums: new Map(), domains: new Map(), functions: new Map(), temporary: new Map() };
  return { engine, complete, cells, shared: new Set(), links: new Map(), fresh: new Set() };
}

/** A copy that is independent from now on; constant time. */
export function copyStore(store: Store): Store {
  for (const name of cellNames) store.shared.add(name);
  return { ...store, cells: { ...store.cells }, shared: new Set(cellNames), fresh: new Set(store.fresh) };
}

/** Puts the store back to what it was when the copy was made; the copy stays as it is. */
export function restoreStore(store: Store, to: Pick<Store, 'cells' | 'fresh'>): void {
  store.cells = { ...to.cells };
  for (const name of cellNames) store.shared.add(name);
  store.fresh.clear();
  for (const key of to.fresh) store.fresh.add(key);
}

/** The map to write to. */
export function writable<K extends keyof Cells>(store: Store, name: K): Cells[K] {
  if (store.shared.delete(name)) store.cells = { ...store.cells, [name]: new Map(store.cells[name] as ReadonlyMap<string, unknown>) };
  return store.cells[name];
}

/** A type's or function's name as a map key: `public.` and letter case of unquoted names do not matter. */
export function typeKey(name: QualifiedName | string): string {
  const text = typeof name === 'string' ? name : printName(name);
  return text.startsWith('public.') ? text.slice('public.'.length) : text;
}

/** The table of the name, if it is known. */
export function tableAt(store: Store, name: QualifiedName): Table | undefined {
  return store.cells.tables.get(printName(name));
}

/** Puts a table in place of the one that has its name, and notes what points where. */
export function putTable(store: Store, table: Table): void {
  const key = printName(table.name);
  const before = store.cells.tables.get(key);
  writable(store, 'tables').set(key, table);
  if (table.isNew || table.written || table.newColumns.size > 0) store.fresh.add(key);
  for (const index of added(before?.indexes, table.indexes)) if (index.name !== null) link(store, `index ${index.name}`, key);
  for (const unique of added(before?.uniques, table.uniques)) if (unique.name !== null) link(store, `index ${unique.name}`, key);
  for (const foreign of added(before?.foreignKeys, table.foreignKeys)) link(store, `parent ${printName(foreign.references)}`, key);
  for (const policy of added(before?.policies, table.policies)) for (const read of policy.reads) link(store, `policy ${printName(read)}`, key);
  if (table.partitionOf !== null && before?.partitionOf !== table.partitionOf) link(store, `partitions ${printName(table.partitionOf)}`, key);
  if (table.partitionOf !== null && isDefaultBound(table.partitionBounds)) link(store, `default ${printName(table.partitionOf)}`, key);
}

function added<T>(before: readonly T[] | undefined, after: readonly T[]): readonly T[] {
  return before === after ? [] : after.filter((item, at) => before?.[at] !== item);
}

/** Takes a table out. */
export function removeTable(store: Store, name: QualifiedName): void {
  const key = printName(name);
  if (store.cells.tables.has(key)) writable(store, 'tables').delete(key);
}

/** Puts a view in place of the one that has its name. */
export function putView(store: Store, view: View): void {
  const key = printName(view.name);
  writable(store, 'views').set(key, view);
  for (const table of view.reads) link(store, `read ${printName(table)}`, key);
  for (const index of view.indexes) if (index.name !== null) link(store, `view index ${index.name}`, key);
}

/** The materialized view that an index stands on. */
export function viewOfIndex(store: Store, index: string): View | undefined {
  return linked(store, `view index ${index}`, store.cells.views, (view) => view.indexes.some((one) => one.name === index))[0];
}

/** The tables with a foreign key to the table, itself among them when it refers to itself. */
export function referencing(store: Store, name: QualifiedName): Table[] {
  const key = printName(name);
  return linked(store, `parent ${key}`, store.cells.tables, (table) => table.foreignKeys.some((foreign) => printName(foreign.references) === key));
}

/** The partitions of the table. */
export function partitionsOf(store: Store, name: QualifiedName): Table[] {
  const key = printName(name);
  return linked(store, `partitions ${key}`, store.cells.tables, (table) => table.partitionOf !== null && printName(table.partitionOf) === key);
}

/** The DEFAULT partition of the table: each table has one at most. */
export function defaultPartitionOf(store: Store, name: QualifiedName): Table | undefined {
  const key = printName(name);
  return linked(store, `default ${key}`, store.cells.tables, (table) => isDefaultBound(table.partitionBounds) && table.partitionOf !== null && printName(table.partitionOf) === key)[0];
}

/** True for the bounds of a DEFAULT partition. */
export function isDefaultBound(bounds: string | null | undefined): boolean {
  return bounds !== null && bounds !== undefined && /^\s*default\b/i.test(bounds);
}

/** The views that read the table or view. */
export function viewsReading(store: Store, name: QualifiedName): View[] {
  const key = printName(name);
  return linked(store, `read ${key}`, store.cells.views, (view) => view.reads.some((read) => printName(read) === key));
}

/** The tables with a policy that reads the table, itself left out. */
export function policiesReading(store: Store, name: QualifiedName): Table[] {
  const key = printName(name);
  return linked(store, `policy ${key}`, store.cells.tables, (table) => printName(table.name) !== key && table.policies.some((policy) => policy.reads.some((read) => printName(read) === key)));
}

/** The table that an index, or the index behind a unique constraint, stands on. */
export function tableOfIndex(store: Store, index: string): Table | undefined {
  return linked(store, `index ${index}`, store.cells.tables, (table) =>
    table.indexes.some((one) => one.name === index) || table.uniques.some((one) => one.name === index))[0];
}

function link(store: Store, from: string, to: string): void {
  const links = store.links.get(from);
  if (links === undefined) store.links.set(from, new Set([to]));
  else links.add(to);
}

function linked<T>(store: Store, from: string, cells: ReadonlyMap<string, T>, holds: (value: T) => boolean): T[] {
  const found: T[] = [];
  for (const key of store.links.get(from) ?? []) {
    const value = cells.get(key);
    if (value !== undefined && holds(value)) found.push(value);
  }
  return found;
}
