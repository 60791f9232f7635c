import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RailsEnvironment } from '../parsers/rails/environment.ts';
import { classify } from '../parsers/rails/inflector.ts';
import type { ModelFacts } from '../parsers/rails/models.ts';
import { readModel } from '../parsers/rails/models.ts';
import type { RubyParser } from '../parsers/ruby/tree.ts';
import { workspacePath } from '../project/discover.ts';
import { readText } from '../project/read.ts';
import type { Source } from '../source/source.ts';
import type { Model } from './application.ts';

/** Finds the models of a Rails application by table; files are read on the first question and parsed only when they can matter. */
export function railsModels(root: string, workspace: string, ruby: RubyParser, environment: RailsEnvironment): (table: string) => readonly Model[] {
  let sources: readonly Source[] | null = null;
  const parsed = new Map<Source, readonly ModelFacts[]>();
  const known = new Map<string, readonly Model[]>();
  return (table) => {
    const cached = known.get(table);
    if (cached) return cached;
    sources ??= modelSources(root, workspace);
    const name = classify(table, environment.inflections).split('::').at(-1) ?? '';
    const found = sources.filter((source) => source.text.includes(table) || new RegExp(`class\\s+(?:\\w+::)*${escapeRegExp(name)}\\b`, 'i').test(source.text)).flatMap((source) => {
      const facts = parsed.get(source) ?? readModel(ruby.parse(source), environment);
      parsed.set(source, facts);
      return facts.filter((model) => model.kind === 'class' && !model.abstract && (model.tableName ?? model.conventionalTable) === table).map((model) => withInherited(model, source.path, environment));
    });
    known.set(table, found);
    return found;
  };
}

/** Columns that a superclass or an included concern ignores count for the model, too. */
function withInherited(model: ModelFacts, path: string, environment: RailsEnvironment): Model {
  const above = [model.superclass, ...model.includes].flatMap((name) => {
    const tree = name ? environment.resolveConstant(name) : null;
    return tree ? readModel(tree, environment) : [];
  });
  return {
    className: model.className,
    table: model.tableName ?? model.conventionalTable,
    ignoredColumns: [...model.ignoredColumns, ...above.flatMap((facts) => facts.ignoredColumns)],
    inheritanceColumn: model.inheritanceColumn ?? above.find((facts) => facts.inheritanceColumn)?.inheritanceColumn ?? null,
    place: { path, start: model.span.start, end: model.span.end },
  };
}

function modelSources(root: string, workspace: string): Source[] {
  const sources: Source[] = [];
  const visit = (directory: string, depth: number) => {
    if (depth > 8 || !existsSync(directory)) return;
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) visit(path, depth + 1);
      else if (entry.isFile() && entry.name.endsWith('.rb')) {
        const text = readText(path, workspacePath(workspace, path), root);
        if ('source' in text) sources.push(text.source);
      }
    }
  };
  visit(join(root, 'app', 'models'), 0);
  for (const packages of ['packs', 'engines', 'components']) for (const child of children(join(root, packages))) visit(join(root, packages, child, 'app', 'models'), 0);
  return sources;
}

function children(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
