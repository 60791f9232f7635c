import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');

/** What each room may import besides itself, `operations/` and `source/`. Arrows only point down. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  source: [],
  operations: [],
  parsers: [],
  schema: [],
  engines: ['schema'],
  application: ['parsers', 'config', 'project', 'rules'],
  config: ['rules', 'project'],
  project: [],
  frameworks: ['application', 'config', 'parsers', 'project'],
  remedies: ['schema', 'lint', 'engines', 'application'],
  rules: ['application', 'engines', 'remedies', 'schema'],
  lint: ['application', 'config', 'engines', 'frameworks', 'project', 'remedies', 'rules', 'schema'],
  'lint.ts': ['config', 'frameworks', 'lint', 'project', 'rules'],
  formats: ['lint'],
  cli: ['config', 'formats', 'frameworks', 'lint', 'lint.ts', 'project', 'rules'],
  action: ['cli', 'config', 'formats', 'lint', 'lint.ts', 'project', 'rules'],
};
/** Rooms that may only take types from another: the vocabulary of settings is the rules', but config knows none of their insides. */
const typesOnly: readonly string[] = ['config>rules', 'remedies>lint', 'application>config', 'rules>application', 'config>project', 'application>rules', 'remedies>application'];
/** Values that cross such a boundary all the same, with the reason. */
const allowed: Readonly<Record<string, string>> = {
  'config/load.ts>rules/index.ts': 'a configuration names rules by id and a misspelt one has to be told',
  'project/rails-paths.ts>config/database-yml.ts': 'which folders hold migrations is said there',
  'config/load.ts>project/discover.ts': 'paths in messages are workspace-relative',
  'application/rails.ts>config/gemfile-lock.ts': 'the lock file is a settings file',
  'application/rails.ts>config/database-yml.ts': 'so is database.yml',
  'cli/main.ts>parsers/wasm-budget.ts': 'all flags of V8 are set before the first module is compiled, or the compile cache is of no use',
  'remedies/model.ts>parsers/rails/inflector.ts': 'the class that Rails names after a table is part of what the remedy writes',
};

interface Import { readonly from: string; readonly to: string; readonly typeOnly: boolean }

const files = list(src);
const imports = files.flatMap(importsOf);

describe('the house', () => {
  it('has no import against its arrows', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      const [here, there] = [room(from), room(to)];
      if (here === there || there === 'operations' || there === 'source') return false;
      if (`${from}>${to}` in allowed) return false;
      if (!mayImport[here]?.includes(there)) return true;
      return typesOnly.includes(`${here}>${there}`) && !typeOnly;
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('keeps parsers of a language apart from rules, engines, schema and configuration', () => {
    expect(imports.filter(({ from, to }) => room(from) === 'parsers' && !['parsers', 'operations', 'source'].includes(room(to)))).toEqual([]);
  });

  it('lets rules see no syntax, files or process', () => {
    const wrong = files.filter((file) => room(file) === 'rules' && /from '(node:|.*parsers\/)/.test(text(file)));
    expect(wrong).toEqual([]);
  });

  it('keeps formats pure', () => {
    const wrong = files.filter((file) => room(file) === 'formats' && /from 'node:(?!path')|process\.(?!platform)/.test(text(file)));
    expect(wrong).toEqual([]);
  });

  it('has no drawer of oddments', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|manager|service|misc|common)(\.ts|\/)/.test(file))).toEqual([]);
  });

  it('keeps files small', () => {
    const long = files.filter((file) => !/\.data\.ts$|rules\/index\.ts$/.test(file) && text(file).split('\n').length > 320);
    expect(long).toEqual([]);
  });

  it('shows the pipeline on one screen', () => {
    expect(text('lint.ts').split('\n').length).toBeLessThan(100);
  });

  it('documents every exported function and type', () => {
    const bare = files.flatMap((file) => {
      const lines = text(file).split('\n');
      return lines.flatMap((line, at) => (/^export (async )?(function|interface|type|const|class) \w/.test(line) && !/\*\/\s*$/.test(lines[at - 1] ?? '') ? [`${file}:${at + 1}`] : []));
    });
    expect(bare).toEqual([]);
  });
});

function list(directory: string): string[] {
  return readdirSync(directory).flatMap((entry) => {
    const path = join(directory, entry);
    return statSync(path).isDirectory() ? list(path) : path.endsWith('.ts') ? [relative(src, path)] : [];
  });
}

function text(file: string): string {
  return readFileSync(join(src, file), 'utf8');
}

function room(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : file;
}

function importsOf(file: string): Import[] {
  return [...text(file).matchAll(/^(?:import|export)\s+(type\s+)?[^;]*?from '(\.[^']+)'/gm)].map((match) => ({
    from: file,
    to: relative(src, resolve(src, dirname(file), match[2] ?? '')),
    typeOnly: match[1] !== undefined,
  }));
}
