import { dirname, resolve } from 'node:path';
import type { Problem } from '../../operations/index.ts';
import type { StatementCall } from '../rails/call.ts';
import type { RailsEnvironment } from '../rails/environment.ts';
import { indexFile } from '../rails/evaluator/definitions.ts';
import { evaluateBody } from '../rails/evaluator/evaluate.ts';
import { frameFor, type Owner } from '../rails/evaluator/frame.ts';
import type { Invocation } from '../rails/evaluator/invocation.ts';
import { sourceText, type Machine, type StatementTables, createMachine, guarded } from '../rails/evaluator/machine.ts';
import { sqlCall } from '../rails/evaluator/sql-call.ts';
import { literalText, type Value } from '../rails/value.ts';
import { nil } from '../rails/values/make.ts';
import { define, isDefinition } from './define.ts';
import type { Definitions } from './defined.ts';
import { fileCall } from './file-calls.ts';
import { noteUnread, writtenAt } from './reading.ts';
import type { Reading, ReadSchemaFile, SchemaFiles } from './reading.ts';
import { releaseOf } from './release.ts';

/** A Schemafile may hold thousands of tables. */
const budget = { steps: 10_000_000, calls: 2_000_000 };

/** What a Schemafile and the files that it requires define, and those files, in the order they were met. */
export interface ReadSchema {
  readonly definitions: Definitions;
  readonly files: readonly ReadSchemaFile[];
}

/** How a Schemafile is read. Paths are absolute. */
export interface ReadOptions {
  readonly root: string;
  /** Where Ridgepole is run. */
  readonly directory: string;
  readonly files: SchemaFiles;
  readonly environment: RailsEnvironment;
  /** Ridgepole's release, `[1, 2, 1]`, or null when it is not known. */
  readonly release: readonly number[] | null;
}

/** Evaluates a Schemafile and everything that it requires. Never throws; what cannot be read is among the unread. */
export function readSchemafile(options: ReadOptions): ReadSchema {
  const { root, directory, files, environment } = options;
  const definitions: Definitions = { tables: new Map(), executes: [], unread: [], refused: [] };
  const reading: Reading = {
    root, directory, files, environment, definitions, version: environment.railsVersion?.slice(0, 2) ?? [8, 0], release: releaseOf(options.release),
    loaded: new Map(), methods: new Map(), variables: new Map(), texts: new WeakMap(), pending: [], certain: true,
  };
  load(reading, root);
  for (const { attach, table, written, what } of reading.pending) {
    if (!attach()) definitions.refused.push({ what: 'orphan', message: `${what} of "${table}" is defined, and the table is not.`, written });
  }
  return { definitions, files: [...reading.loaded.values()].filter((file) => file !== null) };
}

/** Evaluates one file in place. False when there is none. */
function load(reading: Reading, file: string): boolean {
  if (reading.loaded.has(file)) return reading.loaded.get(file) !== null;
  const source = reading.files.read(file);
  reading.loaded.set(file, null);
  if (!source) return false;
  try {
    const tree = reading.environment.ruby.parse(source);
    const code = indexFile(tree, false);
    const tables: StatementTables = {
      lowerStatement: (call, host) => (isDefinition(call.name) ? (define(call, host, machine, reading), true) : false),
      isStatementName: isDefinition,
      spellStatement: () => null,
      intercept: (inv) => intercept(inv, reading, file),
      sharedMethod: (name) => reading.methods.get(name) ?? null,
    };
    const machine: Machine = createMachine(reading.environment, code, tables, reading.version, true);
    Object.assign(machine.budget, budget);
    const self: Owner = { kind: 'migration', definition: null, variables: reading.variables };
    machine.owner = self;
    // Placed before its body is evaluated, so that files stand in the order they are met.
    const read = { file, source, comments: tree.comments, statements: [] as ReadSchemaFile['statements'], problems: [] as readonly Problem[] };
    reading.loaded.set(file, read);
    const { top } = indexFile(tree, true);
    for (const [name, def] of top.methods) reading.methods.set(name, { def, definition: top });
    evaluateBody(machine, tree.program.body, frameFor(code, self, []));
    for (const operation of machine.operations) {
      if (operation.kind === 'opaque') reading.definitions.unread.push({ reason: operation.reason, text: operation.text, written: { path: source.path, at: operation.at, statement: operation.statement } });
    }
    read.statements = [...machine.statements.values()].sort((a, b) => a.start - b.start || b.end - a.end);
    read.problems = [...tree.errors.map(({ start, end, message }): Problem => ({ kind: 'syntax-error', language: 'ruby', message, at: { start, end } })), ...machine.problems];
  } catch (error) {
    const at = { start: 0, end: 0 };
    reading.definitions.unread.push({ reason: error instanceof RangeError ? 'the file is nested too deeply' : `reading it failed: ${error instanceof Error ? error.message : String(error)}`, text: '', written: { path: source.path, at, statement: at } });
  }
  return true;
}

/** The calls that mean something of their own in a Schemafile: other files, and SQL. */
function intercept(inv: Invocation, reading: Reading, file: string): Value | undefined {
  const known = fileCall(inv, reading, file);
  if (known || inv.receiver !== null || inv.frame.self.kind !== 'migration') return known;
  const call = (): Pick<StatementCall, 'at'> => ({ at: { start: inv.node.start, end: inv.node.end } });
  switch (inv.name) {
    case 'require':
    case 'require_relative': {
      const wanted = literalText(inv.args[0]);
      if (wanted === null) noteUnread(reading, inv.machine, 'it is not known which file is required', call());
      else pull(inv, reading, resolve(dirname(inv.name === 'require' ? reading.root : file), wanted), inv.name === 'require_relative' || /^[./]|\.(?:rb|schema)$/.test(wanted));
      return nil(inv.node);
    }
    case 'eval':
    case 'instance_eval': {
      const path = inv.args[0] && reading.texts.get(inv.args[0]);
      if (path === undefined) return undefined;
      pull(inv, reading, path, true);
      return nil(inv.node);
    }
    case 'execute':
      return executeCall(inv, reading);
    default:
      return undefined;
  }
}

/** Evaluates a file that is required, under the condition of the call. A name that is no file here is a library's. */
function pull(inv: Invocation, reading: Reading, path: string, expected: boolean): void {
  const before = reading.certain;
  reading.certain &&= inv.machine.context.certain;
  if (!load(reading, path) && !load(reading, `${path}.rb`) && expected) noteUnread(reading, inv.machine, 'the file is not there', { at: { start: inv.node.start, end: inv.node.end } });
  reading.certain = before;
}

/** `execute(sql) { |connection| ... }`: the SQL runs after everything else, when the block says so. */
function executeCall(inv: Invocation, reading: Reading): Value {
  const { machine } = inv;
  const first = machine.operations.length;
  const conditional = inv.closure !== null || inv.pass !== null;
  const plain: Invocation = { ...inv, closure: null, pass: null, args: inv.args.slice(0, 1) };
  const guard = { kind: 'condition' as const, text: 'execute do ... end', inStatement: true };
  const value = guarded(machine, conditional ? [guard] : [], !conditional, () => sqlCall(plain));
  const operations = machine.operations.splice(first);
  const [sql] = inv.args;
  const text = sql?.type === 'string' ? sql.text.text : sourceText(machine.file, inv.node);
  const written = writtenAt(machine, { start: inv.node.start, end: inv.node.end });
  reading.definitions.executes.push({ sql: text, conditional: conditional || !reading.certain || !machine.context.certain, operations, written });
  return value;
}

