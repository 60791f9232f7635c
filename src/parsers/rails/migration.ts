import { isMysql, type Comment, type Deed, type Down, type Migration, type Operation, type Problem } from '../../operations/index.ts';
import type { Source } from '../../source/source.ts';
import type { Span } from '../../source/span.ts';
import type { RubyTree } from '../ruby/tree.ts';
import type { RailsEnvironment } from './environment.ts';
import { evaluateClassBody } from './evaluator/class-body.ts';
import { indexFile } from './evaluator/definitions.ts';
import { createMachine, type Machine, type StatementTables } from './evaluator/machine.ts';
import { runDirection, type Outcome } from './evaluator/run.ts';
import { fileNameProblems, parseFileName } from './file-name.ts';
import { classProblems, findMigrationClass, headOf, versionOf } from './migration-class.ts';
import { isStatementName, lowerStatement, spellStatement } from './statements/lower.ts';

const railsStatements: StatementTables = { lowerStatement, isStatementName, spellStatement };

/** Gems that run every migration without a transaction of its own. */
const unwrapping: readonly string[] = ['safe-pg-migrations', 'pg_ha_migrations'];

/** Reads one Rails migration into operations and problems. Never throws. `tables` replaces what turns a call into operations. */
export function parseRailsMigration(source: Source, environment: RailsEnvironment, tables: StatementTables = railsStatements): Migration {
  const firstLine = { start: 0, end: Math.max(0, source.text.indexOf('\n')) };
  const blank: Migration = {
    source, framework: 'rails', language: 'ruby', name: null, head: firstLine, version: parseFileName(source.path).version, frameworkVersion: null,
    transaction: isMysql(environment.engine) ? 'none' : 'wrapped', transactionDisabledAt: null, transactions: new Map(), operations: [], down: { kind: 'missing' }, problems: [], comments: [], statements: [],
  };
  try {
    return read(environment.ruby.parse(source), environment, tables, blank);
  } catch (error) {
    const reason = error instanceof RangeError ? 'the file is nested too deeply' : `reading it failed: ${error instanceof Error ? error.message : String(error)}`;
    return { ...blank, operations: [unread(source, reason, firstLine)] };
  }
}

/** A migration without a release is written for the one that is installed where that is older than 5.0, else for the last that had none. */
function unversioned({ railsVersion }: RailsEnvironment): readonly number[] {
  return railsVersion && (railsVersion[0] ?? 5) < 5 ? railsVersion.slice(0, 2) : [4, 2];
}

function read(tree: RubyTree, environment: RailsEnvironment, tables: StatementTables, blank: Migration): Migration {
  const { source } = tree;
  const file = indexFile(tree, false);
  const definition = findMigrationClass(file, environment);
  const probe = createMachine(environment, file, tables, [4, 2], false);
  const written = definition ? versionOf(probe, definition) : null;
  const version = written === undefined ? environment.railsVersion?.slice(0, 2) ?? [8, 0] : written?.parts ?? unversioned(environment);
  const machine = createMachine(environment, file, tables, version, false);
  const syntax: Problem[] = tree.errors.map((error) => ({ kind: 'syntax-error', language: 'ruby', message: error.message, at: { start: error.start, end: error.end } }));
  const head = definition ? headOf(definition) : blank.head;
  const shape = definition || syntax.length === 0 ? classProblems(machine, definition) : [];
  const named = { ...blank, head, comments: tree.comments, name: definition?.name ?? null, frameworkVersion: written?.text ?? null };
  const problems = [...syntax, ...fileNameProblems(source.path, head), ...shape];
  evaluateClassBody(machine, definition);
  const wrapped = !isMysql(environment.engine) && machine.transactionDisabledAt === null && !unwrapping.some((gem) => environment.libraries.has(gem));
  const up = definition ? runDirection(machine, definition, 'up', wrapped) : null;
  const down = definition ? readDown(up, runDirection(machine, definition, 'down', wrapped)) : ({ kind: 'missing' } as const);
  return {
    ...named,
    transaction: wrapped ? 'wrapped' : 'none',
    transactionDisabledAt: machine.transactionDisabledAt,
    transactions: up?.transactions ?? new Map(),
    operations: up?.operations ?? [],
    down,
    problems: [...problems, ...machine.problems],
    comments: [...tree.comments, ...distinct(machine.sqlComments)],
    statements: statementsOf(machine),
  };
}

function readDown(up: Outcome | null, down: Outcome | null): Down {
  if (up?.method === 'change') return up.downRefusedAt ? { kind: 'refuses', at: up.downRefusedAt } : { kind: 'automatic' };
  if (!down) return { kind: 'missing' };
  if (down.refusedAt) return { kind: 'refuses', at: down.refusedAt };
  return down.empty ? { kind: 'empty', at: down.at } : { kind: 'written', operations: down.operations };
}

/** Every statement that runs, outermost first. */
function statementsOf(machine: Machine): Span[] {
  return [...machine.statements.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** SQL that runs twice, in a loop or up and down, is read twice. */
function distinct(comments: readonly Comment[]): Comment[] {
  return [...new Map(comments.map((comment) => [comment.start, comment])).values()];
}

function unread(source: Source, reason: string, at: Span): Operation {
  const deed: Deed<'opaque'> = { kind: 'opaque', reason, text: source.text.slice(at.start, at.end).slice(0, 120) };
  return { ...deed, at, statement: at, via: [], transaction: null, guards: [], certain: false, assured: null, direction: 'up', language: 'ruby', verb: 'migration' };
}
