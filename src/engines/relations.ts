import { printName } from '../operations/index.ts';
import type { ForeignKey, QualifiedName } from '../operations/index.ts';
import { createBudget } from '../schema/budget.ts';
import type { Schema, View } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';

/** The tables with a foreign key to the table, itself left out. */
export function childrenOf(name: QualifiedName, schema: Schema): Table[] {
  const key = printName(name);
  const found = schema.referencing?.(name) ?? [...schema.tables()].filter((table) => table.foreignKeys.some((foreign) => printName(foreign.references) === key));
  return [...found].filter((table) => printName(table.name) !== key);
}

/** What a DELETE does to other tables by its foreign keys: whose rows go with it (ON DELETE CASCADE, however far), and whose rows forbid it. */
export function reachOfDelete(name: QualifiedName, schema: Schema): { readonly taken: readonly Table[]; readonly forbidding: readonly { readonly table: Table; readonly key: ForeignKey }[] } {
  const taken = new Map<string, Table>();
  const forbidding: { table: Table; key: ForeignKey }[] = [];
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined && taken.size < 1_000; next = waiting.pop()) {
    const parent = printName(next);
    for (const table of childrenOf(next, schema)) {
      for (const key of table.foreignKeys.filter((one) => printName(one.references) === parent)) {
        if (key.onDelete === 'cascade' && !taken.has(printName(table.name)) && printName(table.name) !== printName(name)) {
          taken.set(printName(table.name), table);
          waiting.push(table.name);
        } else if (!/cascade|set/.test(key.onDelete ?? '')) forbidding.push({ table, key });
      }
    }
  }
  return { taken: [...taken.values()], forbidding };
}

/** The tables that the table's foreign keys refer to, each once, itself left out. */
export function parentsOf(table: Table | undefined): QualifiedName[] {
  return distinct(table?.foreignKeys.map((key) => key.references) ?? []).filter((name) => table === undefined || printName(name) !== printName(table.name));
}

/** The partitions that are looked up in one schema. Thousands of statements on a table with thousands of partitions take minutes; beyond it a few partitions stand for all. */
const lookedUp = createBudget<Schema>(1_000_000);
const aFew = 20;

/** All partitions below the table, whatever their depth; some of them once a million were asked for. */
export function partitionsBelow(name: QualifiedName, schema: Schema): Table[] {
  const most = lookedUp.isSpent(schema) ? aFew : 10_000;
  const found = new Map<string, Table>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined && found.size < most; next = waiting.pop()) {
    const key = printName(next);
    const partitions = schema.partitionsOf?.(next) ?? [...schema.tables()].filter((table) => table.partitionOf !== null && printName(table.partitionOf) === key);
    for (const partition of partitions) {
      if (found.has(printName(partition.name)) || printName(partition.name) === printName(name)) continue;
      found.set(printName(partition.name), partition);
      waiting.push(partition.name);
      if (found.size >= most) break;
    }
  }
  lookedUp.spend(schema, found.size);
  return [...found.values()];
}

/** The views that read the table, or read such a view. */
export function viewsOn(name: QualifiedName, schema: Schema): View[] {
  const found = new Map<string, View>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined && found.size < 1_000; next = waiting.pop()) {
    const key = printName(next);
    const views = schema.viewsReading?.(next) ?? [...schema.views()].filter((view) => view.reads.some((read) => printName(read) === key));
    for (const view of views) {
      if (found.has(printName(view.name))) continue;
      found.set(printName(view.name), view);
      waiting.push(view.name);
    }
  }
  return [...found.values()];
}

/** Each name once, in order. */
export function distinct(names: readonly QualifiedName[]): QualifiedName[] {
  return [...new Map(names.map((name) => [printName(name), name])).values()];
}
