import { contains } from '../../source/span.ts';
import type { Span } from '../../source/span.ts';
import type { Comment, Problem } from '../../operations/index.ts';
import type { Source } from '../../source/source.ts';
import type { StatementCall } from '../rails/call.ts';
import type { RailsEnvironment } from '../rails/environment.ts';
import type { Found } from '../rails/evaluator/ancestors.ts';
import type { Machine } from '../rails/evaluator/machine.ts';
import type { Value } from '../rails/value.ts';
import type { Definitions, WrittenAt } from './defined.ts';
import type { Release } from './release.ts';

/** The files that a Schemafile can pull in. Paths are absolute. */
export interface SchemaFiles {
  /** The text, or null when there is no such file. The source's path is workspace-relative. */
  read(file: string): Source | null;
  /** All files in a directory and below it. */
  below(directory: string): readonly string[];
}

/** One file as it was evaluated. */
export interface ReadSchemaFile {
  /** Absolute. */
  readonly file: string;
  readonly source: Source;
  readonly comments: readonly Comment[];
  readonly statements: readonly Span[];
  readonly problems: readonly Problem[];
}

/** All that is shared while a Schemafile and what it requires are read. */
export interface Reading {
  readonly root: string;
  /** Where Ridgepole is run: relative paths of `Dir.glob` start here. */
  readonly directory: string;
  readonly files: SchemaFiles;
  readonly environment: RailsEnvironment;
  readonly version: readonly number[];
  readonly release: Release;
  readonly definitions: Definitions;
  readonly loaded: Map<string, ReadSchemaFile | null>;
  readonly methods: Map<string, Found>;
  readonly variables: Map<string, Value>;
  /** Paths by the value that stands for the text of the file. */
  readonly texts: WeakMap<Value, string>;
  /** Definitions of tables that were not defined yet when they were met. */
  readonly pending: { readonly table: string; readonly attach: (() => boolean); readonly written: WrittenAt; readonly what: string }[];
  /** False while a file is read that is required only under some condition. */
  certain: boolean;
}

/** Where a call stands for a reader: itself, or the call of the helper that holds it. */
export function writtenAt(machine: Machine, at: Span): WrittenAt {
  const { foreign, via, statement } = machine.context;
  const { path } = machine.file.tree.source;
  const outer = via.find((place) => place.path === path);
  const site = foreign?.site ?? outer ?? at;
  const span = { start: site.start, end: site.end };
  const around = statement && contains(statement, span) ? { start: statement.start, end: statement.end } : null;
  return { path, at: span, statement: around ?? outermost(machine, span) };
}

/** The innermost recorded statement around a place: one that a helper's call belongs to. */
function outermost(machine: Machine, span: Span): Span {
  let found: Span | null = null;
  for (const statement of machine.statements.values()) if (contains(statement, span) && (!found || statement.end - statement.start > found.end - found.start)) found = statement;
  return found ?? span;
}

/** Notes a call whose meaning is not known. */
export function noteUnread(reading: Reading, machine: Machine, reason: string, call: Pick<StatementCall, 'at'>): void {
  const text = machine.file.tree.source.text.slice(call.at.start, call.at.end).split('\n', 1)[0]?.slice(0, 120) ?? '';
  reading.definitions.unread.push({ reason, text, written: writtenAt(machine, call.at) });
}
