import { dirname, sep } from 'node:path';
import { parsePrismaSchema } from '../parsers/prisma/schema.ts';
import { parseDrizzleTables } from '../parsers/script/drizzle.ts';
import type { Source } from '../source/source.ts';
import type { Attribute, Model } from './application.ts';
import type { CodeTree } from './code-tree.ts';
import { entitiesOf } from './script-entities.ts';

/** What a state of JavaScript or TypeScript code declares of the database. */
export interface ScriptModels {
  /** The libraries that the declarations are for: `prisma`, `drizzle-orm`, `typeorm`, `sequelize`. */
  readonly libraries: ReadonlySet<string>;
  /** The models of a table; a schema in its name may be left out on either side. */
  of(table: string): readonly Model[];
  /** The models that are of the table if settings elsewhere do not name theirs in another way. */
  possiblyOf(table: string): readonly Model[];
}

interface Known { readonly schema: string | null; readonly model: Model }

/** Reads the Prisma schemas, Drizzle tables, TypeORM entities and Sequelize models of a tree of code; of several Prisma schemas, those nearest to `migrations` (an absolute directory). */
export function scriptModels(tree: CodeTree, migrations: string): ScriptModels {
  const models = new Map<string, Known[]>();
  const possible = new Map<string, Known[]>();
  const libraries = new Set<string>();
  const add = (library: string, model: Model, schema: string | null, to = models) => {
    libraries.add(library);
    const known = to.get(model.table);
    if (known) known.push({ schema, model });
    else to.set(model.table, [{ schema, model }]);
  };
  const schemas = nearest(tree.files.filter((file) => file.endsWith('.prisma')), migrations).flatMap((file) => tree.read(file) ?? []);
  const parsed = schemas.map((source) => ({ source, found: parsePrismaSchema(source.text) }));
  const names = new Set(parsed.flatMap(({ found }) => found.map(({ name }) => name)));
  for (const { source: { path }, found } of parsed) {
    for (const { name, table, schema, fields, ignored, start, end } of found) {
      const columns = fields.filter((field) => !ignored && !field.ignored && !names.has(field.type)).map((field): [string, Attribute] => [field.column, { name: field.name, place: { path, start: field.start, end: field.end } }]);
      add('prisma', { className: name, table, ignoredColumns: [], inheritanceColumn: null, columns: new Map(columns), place: { path, start, end } }, schema);
    }
  }
  const scripts = tree.files.filter((file) => /\.[cm]?[jt]s$/.test(file)).flatMap((file) => {
    const source = tree.read(file);
    for (const model of source ? drizzleModels(source) : []) add('drizzle-orm', model, null);
    return source && /typeorm|sequelize/i.test(source.text) ? [source] : [];
  });
  for (const { library, model, schema, isSure } of entitiesOf(scripts)) add(library, model, schema, isSure ? models : possible);
  return { libraries, of: (table) => lookUp(models, table), possiblyOf: (table) => lookUp(possible, table) };
}

/** The files below the first directory, from this one upwards, that holds any: a schema has its migrations beside it. */
function nearest(files: readonly string[], directory: string): readonly string[] {
  const below = files.filter((file) => file.startsWith(directory + sep));
  return below.length > 0 || dirname(directory) === directory ? below : nearest(files, dirname(directory));
}

/** The models of a table whose name may have a schema in front; those of the same name in another schema are others. */
function lookUp(models: ReadonlyMap<string, readonly Known[]>, table: string): readonly Model[] {
  const whole = models.get(table);
  if (whole) return whole.map(({ model }) => model);
  const schema = table.includes('.') ? table.slice(0, table.lastIndexOf('.')) : null;
  return (models.get(table.replace(/.*\./, '')) ?? []).filter((one) => schema === null || one.schema === null || one.schema === schema).map(({ model }) => model);
}

function drizzleModels({ path, text }: Source): Model[] {
  return parseDrizzleTables(text).map(({ name, table, columns, start, end }): Model => ({
    className: name, table, ignoredColumns: [], inheritanceColumn: null, place: { path, start, end },
    columns: new Map(columns.flatMap((column) => column.columns.map((one): [string, Attribute] => [one, { name: column.name, place: { path, start: column.start, end: column.end } }]))),
  }));
}
