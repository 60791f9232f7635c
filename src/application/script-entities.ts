import type { DeclaredModel } from '../parsers/script/declared.ts';
import { parseSequelize } from '../parsers/script/sequelize.ts';
import { parseEntities } from '../parsers/script/typeorm.ts';
import type { Source } from '../source/source.ts';
import type { Attribute, Model } from './application.ts';

/** A model of an object mapper, with the tables that it can be of. */
export interface Entity {
  readonly library: 'typeorm' | 'sequelize';
  /** The schema that it names for its table, or null. */
  readonly schema: string | null;
  readonly model: Model;
  /** False when its table has this name only by a default that settings elsewhere can change. */
  readonly isSure: boolean;
}

interface Stated extends DeclaredModel { readonly path: string; readonly library: Entity['library'] }

/** The entities of TypeORM and the models of Sequelize in some files, with the columns that they inherit and that associations give them. */
export function entitiesOf(sources: Iterable<Source>): Entity[] {
  const classes = new Map<string, Stated[]>();
  const given = new Map<string, [string, Attribute][]>();
  const put = (path: string, library: Entity['library'], models: readonly DeclaredModel[]) => {
    for (const model of models) classes.set(model.name, [...(classes.get(model.name) ?? []), { ...model, path, library }]);
  };
  for (const { text, path } of sources) {
    put(path, 'typeorm', parseEntities(text));
    const { models, foreignKeys } = parseSequelize(text);
    put(path, 'sequelize', models);
    for (const { model, column } of foreignKeys) given.set(model, [...(given.get(model) ?? []), ...attributes(column, path)]);
  }
  return [...classes.values()].flat().flatMap((one) => (one.kind === 'part' ? [] : modelsOf(one, classes, given.get(one.name) ?? [])));
}

function modelsOf(one: Stated, classes: ReadonlyMap<string, readonly Stated[]>, given: readonly [string, Attribute][]): Entity[] {
  const { line, complete } = ancestry(one, classes);
  // Rows of a child stand in the table of the first class above it that has one.
  const owner = one.kind === 'child' ? (line.find(({ kind }) => kind === 'table') ?? one) : one;
  const columns = new Map([...line.flatMap(({ columns: own, path }) => own.flatMap((column) => attributes(column, path))), ...given].reverse());
  const entity = (table: string, isSure: boolean, known: boolean): Entity => ({
    library: one.library, schema: owner.schema, isSure,
    model: { className: one.name, table, ignoredColumns: [], inheritanceColumn: null, ...(known ? { columns } : {}), place: { path: one.path, start: one.start, end: one.end } },
  });
  return [
    ...(owner.table === null ? [] : [entity(owner.table, true, complete)]),
    ...owner.possible.filter((table) => table !== owner.table).map((table) => entity(table, false, complete)),
    ...one.joinTables.map((table) => entity(table, true, false)),
  ];
}

/** A class and those above it; not complete when one of them cannot be found or has columns that cannot be read. */
function ancestry(one: Stated, classes: ReadonlyMap<string, readonly Stated[]>): { readonly line: readonly Stated[]; readonly complete: boolean } {
  const line: Stated[] = [one];
  let complete = one.complete;
  for (let at: readonly Stated[] = [one]; at.some(({ parent }) => parent !== null) && line.length < 20;) {
    const parents = at.flatMap(({ parent }) => parent ?? []);
    const found = parents.flatMap((parent) => classes.get(parent) ?? []).filter((each) => !line.includes(each));
    complete = complete && parents.every((parent) => classes.has(parent)) && found.every((each) => each.complete);
    line.push(...found);
    at = found;
  }
  return { line, complete };
}

function attributes({ name, columns, start, end }: DeclaredModel['columns'][number], path: string): [string, Attribute][] {
  return columns.map((column) => [column, { name, place: { path, start, end } }]);
}
