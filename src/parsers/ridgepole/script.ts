import type { Option } from '../rails/call.ts';
import type { Value } from '../rails/value.ts';
import type { WrittenAt } from './defined.ts';

/** One call of the script that Ridgepole makes of a difference and hands to Active Record. */
export interface ScriptCall {
  readonly name: string;
  readonly args: readonly Value[];
  readonly options: ReadonlyMap<string, Option>;
  /** What stands in the block of `create_table`. */
  readonly inner?: readonly ScriptCall[];
  /** Where a reader should look: the definition that the call comes from, or the place it was taken from. */
  readonly written: WrittenAt;
  /** What is left when all that stays the same is taken out, for `change_column`. */
  readonly changes?: ReadonlySet<ColumnAspect>;
  /** True when the same object is removed first and added again. */
  readonly redefines?: true;
  /** True for one of several changes that are sent as one statement. */
  readonly combined?: true;
}

/** What of a column can differ. */
export type ColumnAspect = 'type' | 'null' | 'default' | 'comment' | 'other';
