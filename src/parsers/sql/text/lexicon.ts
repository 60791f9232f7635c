import type { EngineName } from '../../../operations/index.ts';

/** The lexical rules in which the SQL dialects differ. */
export interface Lexicon {
  readonly engine: EngineName;
  /** A backslash escapes inside every string. */
  readonly backslashes: boolean;
  /** `E'...'` strings, in which alone a backslash escapes. */
  readonly escapeStrings: boolean;
  /** `$tag$...$tag$`. */
  readonly dollarQuotes: boolean;
  /** What `"..."` is. */
  readonly doubleQuotes: 'name' | 'string';
  readonly backticks: boolean;
  /** `[name]`. */
  readonly bracketNames: boolean;
  /** `# comment`. */
  readonly hashComments: boolean;
  readonly nestedComments: boolean;
  /** `--` starts a comment only before white space. */
  readonly dashNeedsSpace: boolean;
  /** The inside of a comment that begins with an exclamation mark (`!40101`, `M!`) is code. */
  readonly executableComments: boolean;
  /** Lines that begin with a backslash are commands of psql. */
  readonly psqlCommands: boolean;
  /** `DELIMITER` lines change what ends a statement: of MySQL's own client, and of runners that bring the line to Postgres. */
  readonly delimiterLines: boolean;
}

const standard = {
  backslashes: false, escapeStrings: false, dollarQuotes: false, doubleQuotes: 'name', backticks: false, bracketNames: false,
  hashComments: false, nestedComments: false, dashNeedsSpace: false, executableComments: false, psqlCommands: false, delimiterLines: false,
} as const;

const mysql = {
  ...standard, backslashes: true, doubleQuotes: 'string', backticks: true, hashComments: true, dashNeedsSpace: true, executableComments: true, delimiterLines: true,
} as const;

const lexicons: Readonly<Record<EngineName, Lexicon>> = {
  postgres: { ...standard, engine: 'postgres', escapeStrings: true, dollarQuotes: true, nestedComments: true, psqlCommands: true, delimiterLines: true },
  mysql: { ...mysql, engine: 'mysql' },
  mariadb: { ...mysql, engine: 'mariadb' },
  sqlite: { ...standard, engine: 'sqlite', backticks: true, bracketNames: true },
};

/** The lexical rules of an engine. */
export function lexiconOf(engine: EngineName): Lexicon {
  return lexicons[engine];
}
