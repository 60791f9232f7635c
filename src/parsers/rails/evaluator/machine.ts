import type { Assurance, BatchMode, Comment, Guard, OpenedBy, Operation, Problem, QualifiedName, TransactionId } from '../../../operations/index.ts';
import type { Place, Span } from '../../../source/span.ts';
import type { RubyNode } from '../../ruby/syntax.ts';
import { createMemory, type SqlMemory } from '../../sql/text/memory.ts';
import type { StatementCall } from '../call.ts';
import type { RailsEnvironment } from '../environment.ts';
import type { StatementHost } from '../host.ts';
import type { Closure } from '../values/special.ts';
import type { Value } from '../value.ts';
import type { CodeFile } from './definitions.ts';
import type { Activation, Owner } from './frame.ts';
import type { Found } from './ancestors.ts';
import type { Invocation } from './invocation.ts';

/** The statement tables as the evaluator uses them. */
export interface StatementTables {
  lowerStatement(call: StatementCall, host: StatementHost): boolean;
  isStatementName(name: string): boolean;
  spellStatement(name: string): string | null;
  /** What a call gives that means something of its own here, before anybody else is asked; undefined for all others. */
  intercept?(inv: Invocation): Value | undefined;
  /** A method that another file of the same run has defined. */
  sharedMethod?(name: string): Found | null;
}

/** What holds for everything that runs now. Replaced as a whole, never changed. */
export interface Context {
  /** While code of another file runs: that file, where this file called it, and the statement of that file that runs. */
  readonly foreign: { readonly path: string; readonly site: Span; readonly statement?: Span } | null;
  readonly via: readonly Place[];
  readonly guards: readonly Guard[];
  readonly certain: boolean;
  readonly assured: Assurance | null;
  readonly direction: 'up' | 'down';
  /** Code of `change` that Rails must be able to run backwards. */
  readonly reversing: boolean;
  /** Inside `revert`: calls mean their opposite. */
  readonly inverted: boolean;
  /** The statement that runs; null before the first one. */
  readonly statement: Span | null;
  /** Statements inside (of a `create_table` block, of a walk over records) belong to the one around them. */
  readonly pinned: boolean;
  /** How rows are changed here, when that is decided by a loop around. */
  readonly loop: BatchMode | null;
  /** The condition's source, while one is evaluated for its value. */
  readonly condition: boolean;
}

/** A jump on its way to its target. */
export interface Jump {
  readonly kind: 'return' | 'next' | 'break' | 'raise';
  readonly value: Value | null;
  /** True for `raise ActiveRecord::Rollback`, which the block of a transaction swallows. */
  readonly rollsBack?: boolean;
}

/** One assignment, to be undone when another branch is tried. */
export interface Write {
  readonly variables: Map<string, Value>;
  readonly name: string;
  readonly before: Value | undefined;
}

/** How much work one file may cause. */
export interface Budget {
  steps: number;
  calls: number;
  sqlText: number;
  depth: number;
}

/** Everything that changes while a file is evaluated. */
export interface Machine {
  readonly environment: RailsEnvironment;
  readonly file: CodeFile;
  readonly tables: StatementTables;
  readonly version: readonly number[];
  readonly isSchemaFile: boolean;
  context: Context;
  readonly activations: Activation[];
  jump: Jump | null;
  operations: Operation[];
  /** Where in the list each reversed call's operations begin. */
  readonly reversals: number[];
  problems: Problem[];
  readonly statements: Map<string, Span>;
  /** Comments of SQL that the file holds, where they may be directives. */
  readonly sqlComments: Comment[];
  transaction: TransactionId;
  /** Who opened each transaction so far. */
  transactions: Map<number, OpenedBy>;
  readonly trail: Write[];
  readonly budget: Budget;
  exhausted: boolean;
  /** Greater than zero while code is evaluated for its value only. */
  muted: number;
  /** Functions and prepared statements that the file's SQL defined so far. */
  readonly sqlMemory: SqlMemory;
  /** Set where `raise ActiveRecord::IrreversibleMigration` was met on a sure path. */
  refusedAt: Span | null;
  readonly files: Map<string, CodeFile | null>;
  readonly constants: Map<RubyNode, Value>;
  readonly closures: Map<RubyNode, Closure>;
  readonly uses: Set<string>;
  /** Problems that were reported, as text: a loop reports each once. */
  readonly reported: Set<string>;
  /** Tables that the code gives to models while it runs (`Model.table_name = ...`). */
  readonly tableNames: Map<string, QualifiedName>;
  /** `self` of the migration's methods. */
  owner: Owner | null;
  /** Where the class switches the transaction off. */
  transactionDisabledAt: Span | null;
  /** Where the class bounds how long its statements wait for locks, or lifts a bound set for all migrations. */
  lockTimeout: { readonly at: Span; readonly verb: string; readonly bounded: boolean } | null;
  /** True while the body of the migration's class is read: schema statements there are misplaced. */
  bodyStatements: boolean;
}

/** Limits of one file: evaluated nodes, calls, characters of SQL, nesting; of one loop; of one value: items, characters, pieces; and of what is emitted. */
export const limits = { steps: 400_000, calls: 20_000, sqlText: 4_000_000, depth: 150, iterations: 1_000, items: 10_000, text: 1_000_000, segments: 4_000, operations: 20_000 };

/** The context in which a method of a migration starts. */
export function startContext(direction: 'up' | 'down', reversing: boolean): Context {
  return {
    foreign: null, via: [], guards: [], certain: true, assured: null, direction, reversing, inverted: false,
    statement: null, pinned: false, loop: null, condition: false,
  };
}

/** Opens a transaction; from here on operations run in it. */
export function openTransaction(machine: Machine, by: OpenedBy): void {
  machine.transaction = machine.transactions.size + 1;
  machine.transactions.set(machine.transaction, by);
}

/** A machine at rest. */
export function createMachine(environment: RailsEnvironment, file: CodeFile, tables: StatementTables, version: readonly number[], isSchemaFile: boolean): Machine {
  return {
    environment, file, tables, version, isSchemaFile,
    context: startContext('up', false),
    activations: [],
    jump: null,
    operations: [],
    reversals: [],
    problems: [],
    statements: new Map(),
    sqlComments: [],
    transaction: null,
    transactions: new Map(),
    trail: [],
    budget: { steps: limits.steps, calls: limits.calls, sqlText: limits.sqlText, depth: 0 },
    exhausted: false,
    muted: 0,
    sqlMemory: createMemory(),
    refusedAt: null,
    files: new Map(),
    constants: new Map(),
    closures: new Map(),
    uses: new Set(),
    reported: new Set(),
    tableNames: new Map(),
    owner: null,
    transactionDisabledAt: null,
    lockTimeout: null,
    bodyStatements: false,
  };
}

/** Runs `work` in a changed context and restores the old one. */
export function within<T>(machine: Machine, change: Partial<Context>, work: () => T): T {
  const before = machine.context;
  machine.context = { ...before, ...change };
  try {
    return work();
  } finally {
    machine.context = before;
  }
}

/** Runs `work` under a guard. */
export function guarded<T>(machine: Machine, guards: readonly Guard[], certain: boolean, work: () => T): T {
  return within(machine, { guards: [...machine.context.guards, ...guards], certain: machine.context.certain && certain }, work);
}

/** Runs `work` with nothing emitted: for the value alone. */
export function silently<T>(machine: Machine, work: () => T): T {
  machine.muted += 1;
  try {
    return work();
  } finally {
    machine.muted -= 1;
  }
}

/** Runs `work` inside an activation. */
export function activated<T>(machine: Machine, running: Activation, work: () => T): T {
  machine.activations.push(running);
  try {
    return work();
  } finally {
    machine.activations.pop();
  }
}

/** Writes a variable so that the write can be undone. */
export function write(machine: Machine, variables: Map<string, Value>, name: string, value: Value): void {
  machine.trail.push({ variables, name, before: variables.get(name) });
  variables.set(name, value);
}

/** The source text of a span in the given file, cut to `length`. */
export function sourceText(file: CodeFile, span: Span, length = 200): string {
  const text = file.tree.source.text.slice(span.start, Math.min(span.end, span.start + length));
  return span.end - span.start > length ? `${text}...` : text;
}
