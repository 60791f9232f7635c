import type { Application } from '../application/application.ts';
import type { Effect, Lock } from '../engines/effect.ts';
import type { HeldLock, Settings } from '../engines/ledger.ts';
import type { Engine, EngineName, Migration, Operation, OperationKind, OperationOf, ProblemKind, ProblemOf, QualifiedName } from '../operations/index.ts';
import type { Remedy } from '../remedies/remedy.ts';
import type { Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import type { Position } from '../source/source.ts';
import type { Place, Span } from '../source/span.ts';
import type { HistoryContext, SetContext, SetFinding } from './shared/change-set.ts';

/** What a rule protects from. */
export type Hazard = 'fails' | 'blocks' | 'breaks-code' | 'loses-data' | 'history' | 'advice';

/** `error`: a senior reviewer would block the merge. `warn`: they would ask. `notice`: shown, never fails a run. */
export type Severity = 'error' | 'warn' | 'notice' | 'off';

/** What a rule says. Sentences are plain, in the present tense, with the real names in double quotes. */
export interface Finding {
  /** What happens: one sentence. */
  readonly message: string;
  /** Why: the lock, what it blocks and for how long; or what fails and on which rows. One to three sentences. */
  readonly why: string;
  readonly remedy: Remedy;
  /** Where; the operation's or problem's own span when left out. */
  readonly at?: Span;
  /** The statement it belongs to; the operation's when left out. */
  readonly statement?: Span;
  /** Other places that matter, with a word on each; `position` for those in other files than the migration's. */
  readonly related?: readonly { readonly place: Place; readonly position?: Position; readonly text: string }[];
  /** Overrides the rule's severity for this finding (never raises above a configured one). */
  readonly severity?: Exclude<Severity, 'off'>;
  /** The tables whose traffic it blocks, where those are not the ones that its operation locks. */
  readonly tables?: readonly QualifiedName[];
  /** Set by findings of `migration` handlers that concern one operation: its assurance then holds for them. */
  readonly operation?: Operation;
}

/** One operation with all that was known when its turn came. */
export interface Step {
  readonly operation: Operation;
  readonly effect: Effect;
  /** The operation's main table as it was before it, when known. */
  readonly table: Table | undefined;
  /** True when the main table was created in the change set and holds no rows yet: locking and row hazards do not exist. */
  readonly onNewTable: boolean;
  /** Locks that earlier operations of the same transaction still hold, on tables that other sessions can be using. */
  readonly held: readonly HeldLock[];
  /** The locks of its effect on tables that other sessions can be using: neither new and without rows, nor created by its own transaction. */
  readonly takes: readonly Lock[];
  /** What SET has set before it and nothing has taken back. */
  readonly settings: Settings;
  /** The number of the step whose ROLLBACK takes it back: up to there it has happened, from there on it has not. Null when it stays. */
  readonly undoneAt: number | null;
}

/** What a rule's handlers are given besides the operation. */
export interface RuleContext {
  readonly migration: Migration;
  readonly engine: Engine;
  /** The schema before the operation (in `migration` handlers: after the last one). */
  readonly schema: Schema;
  readonly application: Application;
  /** The steps before this one, in order (in `migration` handlers: all). */
  readonly steps: readonly Step[];
  /** The operations of the migration, without those that a ROLLBACK takes back. */
  readonly lasting: readonly Operation[];
  /** The schema that the run ends in, once all its migrations have run. For `migration` handlers. */
  outcome(): Schema;
  /** Options given to this rule in the configuration. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Policy for a table: from the configuration and from the settings files of other tools. */
  tablePolicy(table: QualifiedName): TablePolicy;
  /** True when the table was created in the change set and holds no rows yet. */
  isNew(table: QualifiedName): boolean;
}

/** How big and busy a table is said to be: `wide` is one with so many columns or indexes that every change of it is discussed. */
export type TablePolicy = 'small' | 'normal' | 'large' | 'hot' | 'wide';

/** The context of one operation's handler. */
export interface StepContext extends RuleContext, Step {}

/** What handlers return. */
export type Findings = Finding | readonly Finding[] | undefined;

/** A rule: one object, registered by its file's place in `src/rules/`. */
export interface Rule {
  /** Names the hazard in plain words, `kebab-case`; equals the file's name. */
  readonly id: string;
  /** One sentence for lists: what it finds. Ends with a period. */
  readonly summary: string;
  readonly hazard: Hazard;
  readonly severity: Severity;
  /** The engines it can speak on. */
  readonly engines: readonly EngineName[] | 'all';
  /** The same rule in other tools, `tool/rule`. */
  readonly replaces: readonly string[];
  readonly docs: {
    /** Markdown paragraphs: what happens on a production database, with figures where measured. */
    readonly why: string;
    /** When to switch it off or accept the finding. */
    readonly exceptions: string;
  };
  /** Handlers a kind of operation. Only operations of direction `up` get here. */
  readonly check?: { readonly [K in OperationKind]?: (operation: OperationOf<K>, context: StepContext) => Findings };
  /** Called once a migration, after its last operation. */
  readonly migration?: (context: RuleContext) => Findings;
  /** Called once a migration that git tells something of, also for one that does what it did before. Its findings can be acknowledged by version. */
  readonly history?: (context: HistoryContext) => Findings;
  /** Called once a set of migrations that git tells something of. Its findings can be acknowledged by version. */
  readonly set?: (context: SetContext) => readonly SetFinding[];
  /** Handlers a kind of problem. */
  readonly problem?: { readonly [K in ProblemKind]?: (problem: ProblemOf<K>, context: RuleContext) => Findings };
}

/** Types a rule; gives it back unchanged. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
