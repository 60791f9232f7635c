import { parsePrismaSchema } from '../parsers/prisma/schema.ts';
import { parseDrizzleTables } from '../parsers/script/drizzle.ts';
import type { Source } from '../source/source.ts';
import type { Attribute, Model } from './application.ts';
import type { CodeTree } from './code-tree.ts';

/** What a state of JavaScript or TypeScript code declares of the database. */
export interface ScriptModels {
  /** The libraries that the declarations are for: `prisma`, `drizzle-orm`. */
  readonly libraries: ReadonlySet<string>;
  /** The models of a table; a schema in its name may be left out on either side. */
  of(table: string): readonly Model[];
}

/** Reads the Prisma schemas and Drizzle tables of a tree of code. */
export function scriptModels(tree: CodeTree): ScriptModels {
  const models = new Map<string, Model[]>();
  const libraries = new Set<string>();
  const add = (library: string, model: Model) => {
    libraries.add(library);
    const known = models.get(model.table);
    if (known) known.push(model);
    else models.set(model.table, [model]);
  };
  const schemas = tree.files.filter((file) => file.endsWith('.prisma')).flatMap((file) => tree.read(file) ?? []);
  const parsed = schemas.map((source) => ({ source, found: parsePrismaSchema(source.text) }));
  const names = new Set(parsed.flatMap(({ found }) => found.map(({ name }) => name)));
  for (const { source: { path }, found } of parsed) {
    for (const { name, table, fields, ignored, start, end } of found) {
      const columns = fields.filter((field) => !ignored && !field.ignored && !names.has(field.type)).map((field): [string, Attribute] => [field.column, { name: field.name, place: { path, start: field.start, end: field.end } }]);
      add('prisma', { className: name, table, ignoredColumns: [], inheritanceColumn: null, columns: new Map(columns), place: { path, start, end } });
    }
  }
  for (const file of tree.files) {
    const source = /\.[cm]?[jt]s$/.test(file) ? tree.read(file) : null;
    for (const model of source ? drizzleModels(source) : []) add('drizzle-orm', model);
  }
  return { libraries, of: (table) => models.get(table) ?? models.get(table.replace(/.*\./, '')) ?? [] };
}

function drizzleModels({ path, text }: Source): Model[] {
  return parseDrizzleTables(text).map(({ name, table, columns, start, end }): Model => ({
    className: name, table, ignoredColumns: [], inheritanceColumn: null, place: { path, start, end },
    columns: new Map(columns.flatMap((column) => column.columns.map((one): [string, Attribute] => [one, { name: column.name, place: { path, start: column.start, end: column.end } }]))),
  }));
}
