import type { BaseFiles } from '../project/base-files.ts';
import { positionAt } from '../source/source.ts';
import type { Application, ApplicationCode, Attribute, CodeState, Use } from './application.ts';
import { unknownApplication } from './application.ts';
import { codeStates } from './code-states.ts';
import { codeHere, scriptCode } from './code-tree.ts';
import type { ChangedNames } from './names-in-code.ts';
import { scriptModels } from './script-models.ts';
import { delegateOf, scriptUses } from './script-uses.ts';

/** The application around SQL migrations, when it declares its tables for Prisma, Drizzle, TypeORM or Sequelize: with what its code says of the names, in both states. `root` holds the code, `migrations` the migrations; directories are absolute. */
export async function scriptApplication({ root, migrations }: { readonly root: string; readonly migrations: string }, workspace: string, merged: BaseFiles | null, names: ChangedNames): Promise<Application> {
  const states = await codeStates(codeHere(root, workspace, scriptCode), { root, workspace }, scriptCode, merged, () => new Set([...names.tables, ...names.columns].flatMap((name) => [name, ...namesOf(name), ...attributesOf(name)])));
  const models = { here: scriptModels(states.tree('here'), migrations), base: scriptModels(states.tree('base'), migrations) };
  const libraries = new Set([...models.here.libraries, ...models.base.libraries]);
  if (libraries.size === 0) return unknownApplication;
  const both = (table: string) => [...models.here.of(table), ...models.base.of(table)];
  function namesOf(table: string): string[] {
    return [...new Set(both(table).flatMap(({ className }) => [className, delegateOf(className), `${className}s`, `${className}Repository`, `${delegateOf(className)}Repository`]))];
  }
  function attributesOf(column: string): string[] {
    return [...new Set([...names.tables].flatMap((table) => both(table).flatMap((model) => model.columns?.get(column)?.name ?? [])))];
  }
  const ownerOf = (table: string, column: string | null) => ({
    table: table.replace(/.*\./, ''), names: [...new Set(both(table).map(({ className }) => className))], column: column ?? '',
    attributes: column === null ? [] : [...new Set([column, ...both(table).flatMap((model) => model.columns?.get(column)?.name ?? [])])],
  });
  const declared = (place: Attribute['place'], state: CodeState): Use[] => {
    const source = states.at(place.path, state);
    return source ? [{ place, position: positionAt(source, place.start), line: source.text.slice(place.start, place.end).split('\n', 1)[0] ?? '', certainty: 'certain', isNew: false }] : [];
  };
  const code: ApplicationCode = {
    base: states.base,
    runsAfterDeployment: () => false,
    modelsOf: (table, state) => models[state].of(table),
    possibleModelsOf: (table, state) => models[state].possiblyOf(table),
    columnUses(table, column, isShared, state) {
      const owner = ownerOf(table, column);
      const own = models[state].of(table).flatMap((model) => model.columns?.get(column) ?? []).flatMap(({ place }) => declared(place, state));
      const { found, complete } = states.uses(owner.attributes, state, (source) => scriptUses(source, owner, isShared));
      return { found: [...own, ...found.filter((use) => !own.some((one) => one.place.path === use.place.path && one.place.start <= use.place.start && use.place.start < one.place.end))], complete };
    },
    tableUses(table, state) {
      const owner = ownerOf(table, null);
      const own = models[state].of(table).flatMap(({ place }) => declared(place, state));
      const perhaps = models[state].possiblyOf(table).flatMap(({ place }) => declared(place, state)).map((use): Use => ({ ...use, certainty: 'possible' }));
      const { found, complete } = states.uses([owner.table, ...namesOf(table)], state, (source) => scriptUses(source, owner, false));
      return { found: [...own, ...found.filter((use) => !own.some((one) => one.place.path === use.place.path && one.place.start === use.place.start)), ...perhaps], complete };
    },
  };
  return { ...unknownApplication, modelsOf: (table) => models.here.of(table), libraries, code };
}
