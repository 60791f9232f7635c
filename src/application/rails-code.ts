import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { RailsEnvironment } from '../parsers/rails/environment.ts';
import { classify, demodulize, pluralize, singularize, underscore } from '../parsers/rails/inflector.ts';
import type { BaseFiles } from '../project/base-files.ts';
import type { ApplicationCode, CodeState, Model } from './application.ts';
import { codeStates } from './code-states.ts';
import type { CodeTree } from './code-tree.ts';
import { rubyCode } from './code-tree.ts';
import { isAfterDeployment } from './names-in-code.ts';
import type { ChangedNames } from './names-in-code.ts';
import { railsModels } from './rails-models.ts';
import type { RubyOwner } from './ruby-column-uses.ts';
import { columnWords, rubyColumnUses } from './ruby-column-uses.ts';
import { rubyTableUses, tableWords } from './ruby-table-uses.ts';
import { escapeRegExp } from '../source/regexp.ts';

/** What a Rails application's code says of the names, in both states. Directories are absolute; `here` is its code as it lies here. */
export async function railsCode(here: CodeTree, { root, workspace }: { readonly root: string; readonly workspace: string }, environment: RailsEnvironment, merged: BaseFiles | null, names: ChangedNames): Promise<ApplicationCode> {
  const states = await codeStates(here, { root, workspace }, rubyCode, merged, () => new Set([
    ...[...names.columns].flatMap(columnWords),
    ...[...names.tables].flatMap((table) => tableWords(namesOf(table, classesOf(table)))),
  ]));
  const models = { here: railsModels(here, root, environment), base: railsModels(states.tree('base'), root, environment) };
  // A class that one state has no more names the table all the same.
  const classesOf = (table: string) => [...new Set([...models.here(table), ...models.base(table)].map(({ className }) => className))];
  const namesOf = (table: string, classes: readonly string[]) => {
    const name = table.replace(/.*\./, '');
    const { inflections } = environment;
    const own = classes.map((one) => underscore(demodulize(one), inflections));
    const singular = own.length === 1 && own[0] ? own[0] : singularize(name, inflections);
    // Without a model the table's own name leads to a class, unless that is one of another table.
    const guessed = classes.length > 0 ? [] : [classify(name, inflections)].filter((one) => !environment.resolveConstant(one));
    return {
      table: name, classes: [...classes, ...guessed], isGuessed: classes.length === 0, singular, plural: own.length === 1 ? pluralize(singular, inflections) : name,
      associations: classes.length > 0 ? own.flatMap((one) => [one, pluralize(one, inflections)]) : guessed.length > 0 ? [singular, name] : [],
    };
  };
  const ownerOf = (table: string, column: string | null, state: CodeState): RubyOwner => {
    const own = models[state](table);
    const modelPaths = new Set(own.map(({ place }) => place.path));
    const names = namesOf(table, classesOf(table));
    return { ...names, modelPaths, elsewhere: namesakes(states.tree(state), root, names.classes.map((one) => underscore(demodulize(one), environment.inflections)), new Set([...modelPaths].map((path) => resolve(workspace, path)))), definesItself: column !== null && own.some((model) => definesItself(model, column, states.tree(state), workspace)) };
  };
  return {
    base: states.base,
    runsAfterDeployment: isAfterDeployment,
    modelsOf: (table, state) => models[state](table),
    columnUses(table, column, isShared, state) {
      const owner = ownerOf(table, column, state);
      return states.uses(columnWords(column), state, (source) => rubyColumnUses(source, column, owner, isShared));
    },
    tableUses(table, state) {
      const owner = ownerOf(table, null, state);
      return states.uses(tableWords(owner), state, (source) => rubyTableUses(source, owner));
    },
  };
}

/** True when the model has a method, an attribute without column, an attachment or an association of that name: what uses the name may mean that one. */
function definesItself({ place }: Model, column: string, tree: CodeTree, workspace: string): boolean {
  const text = tree.read(resolve(workspace, place.path))?.text.slice(place.start, place.end) ?? '';
  const name = escapeRegExp(column);
  return new RegExp(`\\b(?:attr_accessor|attr_reader|attribute|has_one_attached|has_many_attached|has_rich_text|has_one|has_many|belongs_to|delegate|store_accessor|store)\\b[^\\n]*[:\\s]${name}\\b|\\b\\w\\.(?:boolean|string|text|integer|float|decimal|date|datetime|any) :${name}\\b|\\bdef ${name}\\b`).test(text);
}

/** The directories below `app/*` and `lib` with a file of one of the names that is no model of the table. */
function namesakes(tree: CodeTree, root: string, names: readonly string[], models: ReadonlySet<string>): ReadonlySet<string> {
  const files = tree.files.filter((file) => names.includes(basename(file, '.rb')) && !models.has(file));
  return new Set(files.flatMap((file) => relative(root, dirname(file)).split(sep).filter((part) => !/^(?:app|lib|models|jobs|controllers|services|concerns|helpers|mailers|views|workers|packs|engines|components)$/.test(part))));
}
