import type { Migration, Operation, Problem } from '../../operations/index.ts';
import type { Span } from '../../source/span.ts';
import type { RailsEnvironment } from '../rails/environment.ts';
import type { Definitions, DefinedTable, WrittenAt } from './defined.ts';
import { diffDefinitions } from './diff.ts';
import { joinFiles } from './joined.ts';
import type { JoinedFiles } from './joined.ts';
import { lowerScript } from './lower.ts';
import type { LowerSituation } from './lower.ts';
import type { ReadSchema } from './read.ts';
import { printScript } from './print.ts';
import { releaseOf } from './release.ts';
import type { Remark } from './remark.ts';
import type { RunOptions } from './run-options.ts';
import type { ScriptCall } from './script.ts';
import { addForeignKeyCall, createTableCall } from './table-script.ts';

/** What applying the Schemafile as it is here does to a database as the merged one leaves it. */
export interface SchemaDifference {
  /** Everything that runs, in order, as one migration over the joined files. */
  readonly migration: Migration;
  /** What builds the schema before it. */
  readonly before: readonly Operation[];
  /** What builds the schema after it. */
  readonly after: readonly Operation[];
  /** The calls that Ridgepole would print. */
  readonly script: readonly ScriptCall[];
  /** The same as text. */
  readonly text: string;
}

/** What the two sides are compared with. */
export interface DifferenceSituation {
  readonly environment: RailsEnvironment;
  /** Ridgepole's release, or null. */
  readonly release: readonly number[] | null;
  readonly run: RunOptions;
}

/** Compares two evaluated Schemafiles and lowers what follows. */
export function schemaDifference(from: ReadSchema, to: ReadSchema, { environment, release: version, run }: DifferenceSituation): SchemaDifference {
  const joined = joinFiles(to.files);
  const railsVersion = environment.railsVersion?.slice(0, 2) ?? [8, 0];
  const situation: LowerSituation = { environment, version: railsVersion, run, place: (written, span) => joined.at(written.path, span) };
  const { script, remarks, notCompared } = diffDefinitions(from.definitions, to.definitions, {
    engine: environment.engine.name, release: releaseOf(version), run, placeOfLost: (table) => placeOfLost(table, from.definitions, to, joined),
  });
  const known = new Set(from.definitions.executes.map(({ sql }) => sql));
  const executes = to.definitions.executes.filter(({ sql }) => !known.has(sql));
  const executed = executes.flatMap(({ operations, written }) => operations.map((operation): Operation => ({ ...operation, at: joined.at(written.path, operation.at), statement: joined.at(written.path, operation.statement) })));
  const operations = [...settings(run, joined), ...lowerScript(script, situation), ...executed];
  const unread = unreadOperations(from, to, joined, notCompared);
  const problems = [
    ...to.files.flatMap((file) => file.problems.map((problem): Problem => ({ ...problem, at: joined.at(file.source.path, problem.at), ...(problem.statement ? { statement: joined.at(file.source.path, problem.statement) } : {}) }))),
    ...[...remarks, ...refusals(from, to), ...executes.filter(({ conditional }) => !conditional).map(({ sql, written }): Remark => ({ kind: 'schemafile-execute', sql, written }))].map((remark) => placed(remark, joined)),
  ];
  const migration: Migration = {
    source: joined.source, framework: 'ridgepole', language: 'ruby', name: null, head: headOf(joined), version: null, frameworkVersion: environment.railsVersion?.slice(0, 2).join('.') ?? null, transaction: 'none',
    transactionDisabledAt: null, transactions: new Map(), operations: [...operations, ...unread], down: { kind: 'automatic' }, problems, comments: joined.comments, statements: joined.statements, files: joined.parts,
  };
  return { migration, before: building(from.definitions, situation), after: building(to.definitions, situation), script, text: printScript(script) };
}

/** What builds a schema from nothing. */
function building({ tables }: Definitions, situation: LowerSituation): Operation[] {
  const all = [...tables.values()];
  return lowerScript([...all.map((table) => createTableCall(table, table.indexes)), ...all.flatMap((table) => table.foreignKeys.map((key) => addForeignKeyCall(table, key)))], situation);
}

/** A definition that is gone: the one that came after it in its file and is still there, else the last one of the file, else the root's first statement. */
function placeOfLost(lost: DefinedTable, from: Definitions, to: ReadSchema, joined: JoinedFiles): WrittenAt {
  const { path } = lost.written;
  const here = [...to.definitions.tables.values()].filter(({ written }) => written.path === path);
  const order = [...from.tables.values()].filter(({ written }) => written.path === path).map(({ name }) => name);
  const after = order.slice(order.indexOf(lost.name) + 1).flatMap((name) => here.find((table) => table.name === name) ?? [])[0];
  const near = after ?? here.at(-1);
  if (near) return { ...near.written, at: near.head };
  const file = to.files.find(({ source }) => source.path === path) ?? to.files[0];
  const first = file?.statements[0] ?? { start: 0, end: Math.max(0, file?.source.text.indexOf('\n') ?? 0) };
  return { path: file?.source.path ?? joined.source.path, at: first, statement: first };
}

/** What `--pre-query` sets for the session. */
function settings(run: RunOptions, joined: JoinedFiles): Operation[] {
  const head = headOf(joined);
  return [...(run.preQuery ?? '').matchAll(/\bSET\s+(?:SESSION\s+|@@(?:SESSION\.)?)?(lock_timeout|statement_timeout|lock_wait_timeout)\s*(?:=|\bTO\b)\s*('[^']*'|[\w.]+)/gi)].map((match) => ({
    kind: 'set-setting', name: (match[1] ?? '').toLowerCase(), value: (match[2] ?? '').replaceAll("'", ''), local: false,
    at: head, statement: head, via: [], transaction: null, guards: [], certain: true, assured: null, direction: 'up', language: 'sql', verb: '--pre-query',
  }));
}

/** What could not be read here and was not so before, and the tables that are not compared because of it. */
function unreadOperations(from: ReadSchema, to: ReadSchema, joined: JoinedFiles, notCompared: readonly { readonly table: string; readonly written: WrittenAt }[]): Operation[] {
  const before = new Set(from.definitions.unread.map(({ reason, text }) => `${reason}\0${text}`));
  const texts = new Map(to.files.map(({ source }) => [source.path, source.text]));
  const told = to.definitions.unread.filter(({ reason, text }) => !before.has(`${reason}\0${text}`)).map(({ reason, text, written }) => ({ reason, text, written }));
  const tables = notCompared.filter(({ table }) => isTouched(from.definitions.tables.get(table), to.definitions.tables.get(table), from, texts))
    .map(({ table, written }) => ({ reason: `the table "${table}" is not compared, because parts of its definition are not known`, text: table, written }));
  return [...told, ...tables].map(({ reason, text, written }): Operation => ({
    kind: 'opaque', reason, text, at: joined.at(written.path, written.at), statement: joined.at(written.path, written.statement), via: [], transaction: null, guards: [], certain: false, assured: null, direction: 'up', language: 'ruby', verb: 'create_table',
  }));
}

function isTouched(old: DefinedTable | undefined, now: DefinedTable | undefined, from: ReadSchema, texts: ReadonlyMap<string, string>): boolean {
  const text = (table: DefinedTable | undefined, of: (path: string) => string | undefined) => table && of(table.written.path)?.slice(table.written.at.start, table.written.at.end);
  return text(old, (path) => from.files.find(({ source }) => source.path === path)?.source.text) !== text(now, (path) => texts.get(path));
}

/** Definitions that Ridgepole refuses now and did not before. */
function refusals(from: ReadSchema, to: ReadSchema): Remark[] {
  const before = new Set(from.definitions.refused.map(({ message }) => message));
  return to.definitions.refused.filter(({ message }) => !before.has(message)).map(({ message, written }) => ({ kind: 'schemafile-redefinition', table: '', what: '', name: '', reason: 'refused', message, unique: false, written }));
}

function placed({ written, ...remark }: Remark, joined: JoinedFiles): Problem {
  return { ...remark, at: joined.at(written.path, written.at), statement: joined.at(written.path, written.statement) } as Problem;
}

function headOf({ source }: JoinedFiles): Span {
  return { start: 0, end: Math.max(0, source.text.indexOf('\n')) };
}
