import { basename, relative, sep } from 'node:path';
import type { RailsEnvironment } from '../parsers/rails/environment.ts';
import { classify, pluralize, underscore } from '../parsers/rails/inflector.ts';
import type { ModelFacts } from '../parsers/rails/models.ts';
import { readModel } from '../parsers/rails/models.ts';
import type { Source } from '../source/source.ts';
import type { Model } from './application.ts';
import type { CodeTree } from './code-tree.ts';
import { escapeRegExp } from '../source/regexp.ts';

/** Finds the models of a Rails application by table, in one state of its code; files are read on the first question and parsed only when they can matter. `root` is absolute. */
export function railsModels(tree: CodeTree, root: string, environment: RailsEnvironment): (table: string) => readonly Model[] {
  const { inflections } = environment;
  const parsed = new Map<Source, readonly ModelFacts[]>();
  const known = new Map<string, readonly Model[]>();
  let sources: readonly Source[] | null = null;
  const factsOf = (source: Source) => {
    const facts = parsed.get(source) ?? readModel(environment.ruby.parse(source), environment);
    parsed.set(source, facts);
    return facts;
  };
  const named = (name: string) => constantFiles(tree, root, underscore(name, inflections)).flatMap((file) => {
    const source = tree.read(file);
    return source ? factsOf(source).filter(({ className }) => className === name) : [];
  })[0] ?? null;
  const lookUp: LookUp = (name, from) => from.split('::').map((_, at, parts) => [...parts.slice(0, parts.length - 1 - at), name].join('::')).map(named).find((facts) => facts !== null) ?? null;
  return (table) => {
    const cached = known.get(table);
    if (cached) return cached;
    sources ??= tree.files.filter((file) => isModelFile(relative(root, file))).flatMap((file) => tree.read(file) ?? []);
    const name = escapeRegExp(classify(table, inflections).split('::').at(-1) ?? '');
    const form = new RegExp(`(?:class\\s+(?:\\w+::)*|<\\s*(?:::)?(?:\\w+::)*)${name}\\b`, 'i');
    const found = sources.filter((source) => source.text.includes(table) || form.test(source.text) || table.endsWith(`_${pluralize(basename(source.path, '.rb'), inflections)}`))
      .flatMap((source) => factsOf(source).flatMap((facts) => modelOf(facts, source.path, lookUp) ?? [])).filter((model) => model.table === table);
    known.set(table, found);
    return found;
  };
}

/** The class or module that a name means where another one stands, or null. */
type LookUp = (name: string, from: string) => ModelFacts | null;


/** The model with what it inherits and includes: its table from a parent in the same table, and the columns that they ignore. */
function modelOf(facts: ModelFacts, path: string, lookUp: LookUp): Model | null {
  if (facts.kind !== 'class' || facts.abstract) return null;
  const line = ancestry(facts, lookUp);
  if (!isRecord(line)) return null;
  const first = line.find((one) => one.tableName !== null) ?? line.findLast((one) => !one.abstract) ?? facts;
  return {
    className: facts.className,
    table: first.tableName ?? `${prefixOf(first, lookUp)}${first.conventionalTable}`,
    ignoredColumns: ignoredBy(line, lookUp),
    inheritanceColumn: line.flatMap((one) => [one, ...mixinsOf(one, lookUp)]).find((one) => one.inheritanceColumn)?.inheritanceColumn ?? facts.inheritanceColumn,
    uniqueness: line.flatMap((one) => [one, ...mixinsOf(one, lookUp)]).flatMap((one) => one.uniqueness.map(({ attributes, span }) => ({ attributes, place: { path, start: one === facts ? span.start : facts.span.start, end: one === facts ? span.end : facts.span.end } }))),
    place: { path, start: facts.span.start, end: facts.span.end },
  };
}

/** Classes that stand in `app/models` and are no records. */
const noRecord = /^(?:::)?(?:Struct|Data|Object|BasicObject|Module|OpenStruct|SimpleDelegator|\w*Error|\w*Exception)\b/;

/** False for a class without a parent, which has no table, unless it says something about one: then it is opened once more. */
function isRecord(line: readonly ModelFacts[]): boolean {
  const parent = line.at(-1)?.superclass ?? null;
  if (parent === null) return line.some((one) => one.tableName !== null || one.ignoredColumns.length > 0);
  return !noRecord.test(parent);
}

/** A class and those above it, as far as the application's own code defines them; what is above a table's first class is abstract. */
function ancestry(facts: ModelFacts, lookUp: LookUp): readonly ModelFacts[] {
  const line: ModelFacts[] = [facts];
  for (let at = facts; at.superclass !== null && line.length < 8;) {
    const above = lookUp(at.superclass.replace(/^::/, ''), at.className);
    if (!above || line.includes(above)) break;
    line.push(above);
    at = above;
  }
  return line;
}

function mixinsOf(facts: ModelFacts, lookUp: LookUp): readonly ModelFacts[] {
  return facts.includes.flatMap((name) => lookUp(name, facts.className) ?? []);
}

/** `+=` adds to what the classes above ignore, `=` replaces it. */
function ignoredBy(line: readonly ModelFacts[], lookUp: LookUp): readonly string[] {
  const ignored = new Set<string>();
  for (const one of line) {
    const own = [one, ...mixinsOf(one, lookUp)];
    for (const column of own.flatMap(({ ignoredColumns }) => ignoredColumns)) ignored.add(column);
    if (own.some((facts) => facts.ignoredColumns.length > 0 && !facts.addsIgnoredColumns)) break;
  }
  return [...ignored];
}

/** `table_name_prefix` of the class, or of the module around it. */
function prefixOf(facts: ModelFacts, lookUp: LookUp): string {
  if (facts.tableNamePrefix !== null) return facts.tableNamePrefix;
  const around = facts.className.split('::').slice(0, -1).join('::');
  return around === '' ? '' : (lookUp(around, '')?.tableNamePrefix ?? '');
}

function isModelFile(path: string): boolean {
  return path.endsWith('.rb') && /(?:^|[\\/])app[\\/]models[\\/]/.test(path);
}

/** Where Rails would look for a constant: the files whose path ends so, the shallowest first. */
function constantFiles(tree: CodeTree, root: string, path: string): readonly string[] {
  const known = byName.get(tree) ?? filesByName(tree);
  byName.set(tree, known);
  const end = `${sep}${path.split('/').join(sep)}.rb`;
  return (known.get(basename(end)) ?? []).filter((file) => file.endsWith(end) && /(?:^|[\\/])(?:app|lib)[\\/]/.test(relative(root, file))).sort((a, b) => a.length - b.length).slice(0, 4);
}

const byName = new WeakMap<CodeTree, ReadonlyMap<string, readonly string[]>>();

function filesByName(tree: CodeTree): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const file of tree.files) if (file.endsWith('.rb')) files.set(basename(file), [...(files.get(basename(file)) ?? []), file]);
  return files;
}
