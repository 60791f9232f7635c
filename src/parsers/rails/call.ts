import type { Span } from '../../source/span.ts';
import type { Block, Lambda } from '../ruby/syntax.ts';
import type { Value } from './value.ts';

/** A call at migration level with its arguments evaluated: what the evaluator hands to the statement tables. */
export interface StatementCall {
  readonly name: string;
  /** `migration`: no receiver, `self`, `connection`, `ActiveRecord::Base.connection`; `table`: the block variable of create_table or change_table. */
  readonly on: 'migration' | 'table';
  /** The call as the user wrote it, short: `add_index`, `t.remove`, `connection.execute`. */
  readonly verb: string;
  /** Positional arguments; a trailing braceless hash is not among them. */
  readonly args: readonly Value[];
  /** Options by name (string and symbol keys alike), after `**options` and `merge`. */
  readonly options: ReadonlyMap<string, Option>;
  /** False when an unknown splat or variable may have added options. */
  readonly optionsComplete: boolean;
  readonly block: Block | Lambda | null;
  /** The whole call. */
  readonly at: Span;
  /** The method's name only. */
  readonly nameAt: Span;
}

/** One option of a call. */
export interface Option {
  readonly value: Value;
  /** Key and value together. */
  readonly at: Span;
}
