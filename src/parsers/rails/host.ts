import type { Deed, Guard, Problem } from '../../operations/index.ts';
import type { Embedded } from '../../source/embedded.ts';
import type { Span } from '../../source/span.ts';
import type { Block, Lambda } from '../ruby/syntax.ts';
import type { StatementCall } from './call.ts';
import type { RailsEnvironment } from './environment.ts';

/**
 * What the evaluator offers to the statement tables: the call's surroundings, and a place to put what it means.
 * The evaluator adds the transaction, guards, direction, assurance and places to everything that is emitted.
 */
export interface StatementHost {
  readonly environment: RailsEnvironment;
  /** The migration's own version (`ActiveRecord::Migration[5.0]` is `[5, 0]`); without one `[4, 2]`. Decides the defaults. */
  readonly version: readonly number[];
  /** True inside `create_table`, `change_table` of schema.rb and structure files: defaults of the dump apply, `force:` is no hazard. */
  readonly isSchemaFile: boolean;
  /** True while code of a `change` method runs: what cannot be reversed is a problem then. False inside `up`, `up_only`, `reversible`. */
  readonly reversing: boolean;
  /**
   * Emits what a call does, in order. `at` points at a part of the call; the whole call when left out. `guards` are the call's own
   * (`if_not_exists: true`), in addition to those of the code around it.
   */
  emit(deed: Deed, at?: Span, guards?: readonly Guard[]): void;
  problem(problem: Problem): void;
  /** Hands a text of SQL to the SQL front end, which emits its operations. */
  sql(text: Embedded, at: Span): void;
  /** Emits an `opaque` operation for the current call. */
  opaque(reason: string, at?: Span): void;
  /** Runs a block of `create_table` or `change_table`: calls on its parameter (or on an implicit one) come to `onCall`; everything else in it is evaluated as usual. */
  runBlock(block: Block | Lambda, onCall: (call: StatementCall) => void): void;
}
