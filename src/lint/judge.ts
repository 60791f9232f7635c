import type { Application } from '../application/application.ts';
import type { Standing } from '../config/standing.ts';
import { isBlocking } from '../engines/effect.ts';
import { createLedger } from '../engines/ledger.ts';
import { effectOf } from '../engines/effect-of.ts';
import type { Assurance, Engine, Migration, Operation, OperationKind, QualifiedName } from '../operations/index.ts';
import { doTheSame, printName, rollbacksIn, tableOf } from '../operations/index.ts';
import type { Remedy } from '../remedies/remedy.ts';
import { renderRemedy } from '../remedies/render.ts';
import type { MigrationHistory } from '../rules/shared/change-set.ts';
import type { Finding, Findings, Hazard, Rule, RuleContext, Severity, Step, StepContext, TablePolicy } from '../rules/rule.ts';
import { foldingOf } from '../schema/folding.ts';
import type { Schema } from '../schema/schema.ts';
import type { SchemaState } from '../schema/state.ts';
import type { Table } from '../schema/table.ts';
import type { Position } from '../source/source.ts';
import type { Place, Span } from '../source/span.ts';
import type { RenderedRemedy } from './diagnostic.ts';
import { createLimit, judgedPart, restNotJudged } from './limit.ts';
import type { KnownTable } from './table-standing.ts';
import { moveSeverity } from './table-standing.ts';

/** A finding with its rule and severity settled. */
export interface JudgedFinding {
  readonly ruleId: string;
  readonly hazard: Hazard;
  readonly severity: Exclude<Severity, 'off'>;
  readonly at: Span;
  readonly statement: Span;
  readonly message: string;
  readonly why: string;
  readonly remedy: RenderedRemedy;
  readonly related: readonly { readonly place: Place; readonly position?: Position; readonly text: string }[];
  readonly assured: Assurance | null;
}

/** What a migration is judged with. */
export interface Court {
  readonly rules: readonly EnabledRule[];
  /** The rules' handlers by kind of operation. */
  readonly checks: ReadonlyMap<OperationKind, readonly Check[]>;
  readonly engine: Engine;
  readonly application: Application;
  readonly tablePolicy: (table: QualifiedName) => TablePolicy;
  /** What is known of a table, and by whom; null when nothing is. */
  readonly standing: (table: QualifiedName) => Standing | null;
}

/** One rule's handler of one kind of operation. */
export interface Check {
  readonly enabled: EnabledRule;
  readonly handle: (operation: Operation, context: StepContext) => Findings;
}

/** The options of a rule that is given none; one object, so that contexts can be shared. */
export const noOptions: Readonly<Record<string, unknown>> = {};

/** A rule that is on and speaks on the engine, with its settings. */
export interface EnabledRule {
  readonly rule: Rule;
  /** The severity of its findings; one set by the user caps what a finding asks for, the rule's own does not. */
  readonly severity: Exclude<Severity, 'off'>;
  readonly configured: boolean;
  readonly options: Readonly<Record<string, unknown>>;
  /** Tells the findings that are not wanted, by the operation that they are about; left out when all of them are. */
  readonly isUnwanted?: (operation: Operation) => boolean;
}

/**
 * Judges one migration of a change set, operation by operation, and folds it into the schema as it goes; tables that it makes are new. `outcomeAfter` gives the schema that the run ends in,
 * from the one after this migration. `history` is what git tells of the migration: one that does what it did in the base is only asked what its rules of history say.
 */
export function judge(whole: Migration, schema: SchemaState, court: Court, outcomeAfter: (migration: Migration, schema: SchemaState) => Schema, history: MigrationHistory | null = null): JudgedFinding[] {
  const isMerged = isUnchanged(whole, history);
  const { engine, application, tablePolicy } = court;
  const { migration, rest } = judgedPart(whole);
  const found: JudgedFinding[] = [];
  const steps: Step[] = [];
  const undone = rollbacksIn(migration.operations, engine.name);
  const lasting = undone.size === 0 ? migration.operations : migration.operations.filter((operation) => !undone.has(operation));
  const ledger = createLedger(engine.name);
  const fold = foldingOf(schema, whole.operations, engine.name);
  const outcome = () => outcomeAfter(whole, schema);
  const limit = createLimit();
  const isNew = (name: QualifiedName) => isUnwritten(schema.table(name));
  // Rendered at once: a remedy's names come from the schema as it is before the operation.
  const render = (remedy: Remedy) => renderRemedy(remedy, { migration, engine, schema, application });
  const plain: RuleContext = { migration, engine, schema, application, steps, lasting, tablePolicy, isNew, outcome, options: noOptions };
  const contextOf = ({ options }: EnabledRule): RuleContext => (options === noOptions ? plain : { ...plain, options });
  const known = ({ rule }: EnabledRule, finding: Finding, step: Step | undefined): readonly KnownTable[] => {
    const tables = rule.hazard === 'blocks' ? concerned(finding, step ?? steps.find(({ operation }) => operation === finding.operation)) : [];
    return tables.map((table) => ({ table, standing: court.standing(table) }));
  };
  const accept = (enabled: EnabledRule, findings: Findings, place: FindingPlace, step?: Step) => {
    if (findings === undefined) return;
    for (const finding of isList(findings) ? findings : [findings]) {
      const about = finding.operation ?? step?.operation;
      if (about && (enabled.isUnwanted?.(about) || (undone.has(about) && ofWhatStays.has(enabled.rule.hazard)))) continue;
      const told = limit.count(enabled, finding.operation ?? place, () => settle(enabled, finding, place, known(enabled, finding, step), render));
      if (told) found.push(told);
    }
  };

  for (const problem of isMerged ? [] : migration.problems) {
    for (const enabled of court.rules) {
      const handler = enabled.rule.problem?.[problem.kind] as ((problem: unknown, context: RuleContext) => Findings) | undefined;
      if (handler) accept(enabled, handler(problem, contextOf(enabled)), { at: problem.at, statement: problem.statement ?? problem.at, assured: null });
    }
  }
  for (const operation of migration.operations) {
    const { locks: held, created, settings } = ledger.before(operation);
    const effect = effectOf(operation, schema, engine, settings);
    const name = tableOf(operation);
    // In SQL an index is dropped by its name alone.
    const table = name ? schema.table(name) : operation.kind === 'drop-index' && operation.name ? schema.tableOfIndex(operation.name.name) : undefined;
    const onNewTable = isUnwritten(table);
    const creates = operation.kind === 'create-table' && (table === undefined || operation.force !== false);
    const takes = effect.locks.length === 0 ? effect.locks : effect.locks.filter((lock) => !isNew(lock.table) && !created.has(printName(lock.table)) && !(creates && lock.role === 'target'));
    const step: Step = { operation, effect, table, onNewTable, held, takes, settings, undoneAt: undone.get(operation) ?? null };
    // Written out, not spread: this is made for every operation.
    const context: StepContext = { migration, engine, schema, application, steps, lasting, tablePolicy, isNew, outcome, operation, effect, table, onNewTable, held, takes, settings, undoneAt: step.undoneAt, options: noOptions };
    for (const { enabled, handle } of isMerged ? [] : (court.checks.get(operation.kind) ?? [])) {
      if (!limit.isReached(enabled)) accept(enabled, handle(operation, enabled.options === noOptions ? context : { ...context, options: enabled.options }), operation, step);
    }
    steps.push(step);
    ledger.book(operation, { effect, takes, creates });
    fold(operation, { inChangeSet: true });
  }
  for (const enabled of court.rules) {
    const atHead = { at: migration.head, statement: migration.head, assured: null };
    if (enabled.rule.migration && !isMerged) accept(enabled, enabled.rule.migration(contextOf(enabled)), atHead);
    if (enabled.rule.history && history) accept(enabled, enabled.rule.history({ ...contextOf(enabled), history }), atHead);
  }
  for (const operation of rest) fold(operation, { inChangeSet: true });
  return [...found, ...(isMerged ? [] : restNotJudged(rest))];
}

/** True for a merged migration that was touched and does what it did: what it does is nobody's question any more. */
export function isUnchanged(migration: Migration, history: MigrationHistory | null): boolean {
  return history !== null && history.before !== null && doTheSame(migration, history.before);
}

/** Hazards that come from what a statement leaves: none of one that is rolled back, which still can fail and block while it runs. */
const ofWhatStays: ReadonlySet<Hazard> = new Set(['breaks-code', 'loses-data', 'advice']);

/** Where a finding stands when it does not say so itself. */
export interface FindingPlace { readonly at: Span; readonly statement: Span; readonly assured: Assurance | null }

/** The tables whose traffic a finding is about. */
function concerned(finding: Finding, step: Step | undefined): readonly QualifiedName[] {
  if (finding.tables || !step) return finding.tables ?? [];
  const locked = step.takes.filter((lock) => isBlocking(lock) && lock.role !== 'view').map((lock) => lock.table);
  const main = tableOf(step.operation);
  return locked.length > 0 || main === null || step.onNewTable ? locked : [main];
}

function settle({ rule, severity, configured }: EnabledRule, finding: Finding, place: FindingPlace, tables: readonly KnownTable[], render: (remedy: Remedy) => RenderedRemedy): JudgedFinding {
  const source = finding.operation ?? place;
  const wanted = finding.severity ?? severity;
  // What the user has set for a rule is as bad as it gets.
  const moved = moveSeverity(configured ? milder(wanted, severity) : wanted, tables, finding.severity === undefined && !configured);
  return {
    ruleId: rule.id,
    hazard: rule.hazard,
    severity: moved.severity,
    at: finding.at ?? source.at,
    statement: finding.statement ?? (finding.at && !finding.operation ? finding.at : source.statement),
    message: finding.message,
    why: finding.why + moved.reason,
    remedy: render(finding.remedy),
    related: finding.related ?? [],
    assured: source.assured,
  };
}

const rank = { error: 2, warn: 1, notice: 0 } as const;

function milder(a: JudgedFinding['severity'], b: JudgedFinding['severity']): JudgedFinding['severity'] {
  return rank[a] < rank[b] ? a : b;
}

function isUnwritten(table: Table | undefined): boolean {
  return table !== undefined && table.isNew && !table.written;
}

function isList(findings: Finding | readonly Finding[]): findings is readonly Finding[] {
  return Array.isArray(findings);
}

/** Folds a migration that is not judged into the schema. */
export function replay(migration: Migration, schema: SchemaState, engine: Engine, inChangeSet: boolean): void {
  const fold = foldingOf(schema, migration.operations, engine.name);
  for (const operation of migration.operations) fold(operation, { inChangeSet });
}

