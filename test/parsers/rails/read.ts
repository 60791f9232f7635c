import type { EngineName, Migration, Operation } from '../../../src/operations/index.ts';
import { printName, tableOf } from '../../../src/operations/index.ts';
import { defaultInflections, type RailsEnvironment } from '../../../src/parsers/rails/environment.ts';
import { parseRailsMigration } from '../../../src/parsers/rails/migration.ts';
import { loadRubyParser } from '../../../src/parsers/ruby/parser.ts';
import type { SqlParser, SqlStatement } from '../../../src/parsers/sql/statement.ts';
import { createSource } from '../../../src/source/source.ts';

const ruby = await loadRubyParser();

/** Splits at semicolons and understands UPDATE, BEGIN and COMMIT: enough to see which text arrives, and where it points. */
const splitter: SqlParser = {
  degraded: null,
  parse(text, holes = []) {
    const statements: SqlStatement[] = [];
    for (const match of text.matchAll(/[^;]+/g)) {
      const start = match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0);
      const words = match[0].trim();
      if (!words) continue;
      const span = { start, end: start + words.length };
      const update = /^UPDATE\s+(\S+)(.*)/is.exec(words);
      const deed = update
        ? { kind: 'update-rows' as const, table: { schema: null, name: update[1] ?? '' }, columns: [], scope: /WHERE/i.test(words) ? 'filtered' as const : 'all' as const, where: null, mode: { by: 'statement' as const, batchedRead: false, model: null } }
        : words === 'BEGIN' ? { kind: 'begin' as const, isolation: null } : words === 'COMMIT' ? { kind: 'commit' as const } : { kind: 'other' as const, text: words };
      const error = words.startsWith('BROKEN') ? { message: 'This is no SQL.', at: { start, end: start + 6 } } : null;
      statements.push({ ...span, deeds: [{ deed, at: span, guards: [], uncertain: false }], error, verb: words.split(/\s+/)[0] ?? '', dynamic: holes.some((hole) => hole.start >= span.start && hole.end <= span.end) });
    }
    return statements;
  },
};

/** What a test may change of its surroundings. */
export interface Surroundings {
  readonly engine?: EngineName;
  readonly rails?: readonly number[] | null;
  /** Other files of the repository, by the constant they define. */
  readonly files?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly gems?: readonly string[];
  /** What reads SQL; else a mere splitter. */
  readonly sql?: SqlParser;
}

/** An environment for snippets. */
export function environment({ engine = 'postgres', rails = [7, 1], files = {}, gems = [], sql = splitter }: Surroundings = {}): RailsEnvironment {
  return {
    engine: { name: engine, version: [], from: 'test' },
    railsVersion: rails,
    libraries: new Set(gems),
    inflections: defaultInflections,
    primaryKeyType: null,
    resolveConstant: (name) => (files[name] === undefined ? null : ruby.parse(createSource(`lib/${name.toLowerCase().replaceAll('::', '/')}.rb`, files[name]))),
    ruby,
    sql,
  };
}

/** Reads a whole file. */
export function readFile(text: string, surroundings: Surroundings = {}): Migration {
  return parseRailsMigration(createSource(surroundings.path ?? 'db/migrate/20240102030405_change_things.rb', text), environment(surroundings));
}

/** Reads the body of `def up`, with what stands in the class before it. */
export function readUp(body: string, classBody = '', surroundings: Surroundings = {}): Migration {
  return readFile(`class ChangeThings < ActiveRecord::Migration[7.1]\n${classBody}\n  def up\n${body}\n  end\n  def down\n  end\nend\n`, surroundings);
}

/** One line for each operation: kind, what it works on, and what is special about how it runs. */
export function summary(operations: readonly Operation[]): string[] {
  return operations.map((operation) => {
    const marks = [
      operation.certain ? '' : 'maybe',
      ...operation.guards.map((guard) => `${guard.kind} ${guard.text}`),
      operation.assured ? 'assured' : '',
    ].filter(Boolean);
    return `${operation.kind} ${subject(operation)}`.trim() + (marks.length > 0 ? ` [${marks.join('; ')}]` : '');
  });
}

/** The operations of `up` in one line each; uses of models are left out unless asked for. */
export function up(body: string, classBody = '', surroundings: Surroundings = {}): string[] {
  return summary(readUp(body, classBody, surroundings).operations.filter(({ kind }) => kind !== 'use-model'));
}

function subject(operation: Operation): string {
  const table = tableOf(operation);
  const name = table ? printName(table) : '';
  switch (operation.kind) {
    case 'add-column':
      return `${name}.${operation.column.name}`;
    case 'drop-column':
    case 'set-not-null':
      return `${name}.${operation.column}`;
    case 'rename-column':
      return `${name}.${operation.column} ${operation.to}`;
    case 'create-index':
      return `${name}(${operation.index.keys.map((key) => key.column ?? key.expression).join(',')})`;
    case 'create-table':
      return `${name}(${operation.columns.map((column) => column.name).join(',')})`;
    case 'update-rows':
    case 'delete-rows':
      return `${name} ${operation.scope} ${operation.mode.by}${operation.mode.batchedRead ? ' batched' : ''}${operation.kind === 'update-rows' && operation.columns.length > 0 ? ` (${operation.columns.join(',')})` : ''}`;
    case 'insert-rows':
      return `${name} ${operation.rows}`;
    case 'read-rows':
      return `${name}${operation.check ? ' check' : ''}`;
    case 'use-model':
      return `${operation.constant} ${operation.declared ? 'declared' : 'application'}${operation.method ? ` ${operation.method}` : ''}${name ? ` ${name}` : ''}`;
    case 'other':
      return operation.text;
    case 'opaque':
      return `${operation.reason}: ${operation.text}`;
    default:
      return name;
  }
}
