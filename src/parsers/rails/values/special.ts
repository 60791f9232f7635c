import type { Guard } from '../../../operations/index.ts';
import type { Span } from '../../../source/span.ts';
import type { Block, Lambda, RubyNode } from '../../ruby/syntax.ts';
import type { StatementCall } from '../call.ts';
import type { Definition } from '../evaluator/definitions.ts';
import type { Frame } from '../evaluator/frame.ts';
import type { Relation } from '../records/relation.ts';
import type { Value } from '../value.ts';
import type { SafePattern } from './regex.ts';

/** A block, lambda or proc together with where it was written. */
export interface Closure {
  readonly node: Block | Lambda;
  readonly frame: Frame;
}

/** What a value that the statement tables need not know stands for. */
export type Role =
  /** `self` of the migration, or the object `connection`: their methods are migration-level statements. */
  | { readonly kind: 'migration' }
  | { readonly kind: 'connection'; readonly text: string }
  /** The block variable of create_table or change_table. */
  | { readonly kind: 'table'; readonly onCall: (call: StatementCall) => void }
  /** The block variable of `reversible`. */
  | { readonly kind: 'direction' }
  | { readonly kind: 'range'; readonly from: number | null; readonly to: number | null; readonly exclusive: boolean; readonly ends: readonly Value[] }
  | { readonly kind: 'regex'; readonly safe: SafePattern | null }
  | { readonly kind: 'closure'; readonly closure: Closure }
  /** `method(:name)` of the migration. */
  | { readonly kind: 'method'; readonly name: string }
  /** An object made by `new` of a class this code defines. */
  | { readonly kind: 'object'; readonly definition: Definition; readonly variables: Map<string, Value> }
  /** Text read from a file. */
  | { readonly kind: 'file' }
  /** `with_options`: a receiver whose calls get these options. */
  | { readonly kind: 'options'; readonly target: Value; readonly options: Value }
  /** A result of queries; the numbers are their places in the list of operations. */
  | { readonly kind: 'result'; readonly reads: readonly number[]; readonly relation: Relation | null; readonly columns: boolean }
  /** A method of a record that may be an attribute or an association. */
  | { readonly kind: 'attribute'; readonly record: Relation; readonly name: string }
  /** A collection walked in groups (`each_slice`, `group_by`) or with an index. */
  | { readonly kind: 'grouped'; readonly source: Value; readonly by: string }
  /** `Rails.env`. */
  | { readonly kind: 'environment-name' }
  /** A condition known to ask whether something of the schema exists. */
  | { readonly kind: 'existence'; readonly guard: Guard };

/** A value whose meaning only the evaluator knows. */
export type Special = Extract<Value, { type: 'unknown' }> & { readonly role: Role };

/** A relation, record or list of records with what is known of its rows. */
export type RelationValue = Extract<Value, { type: 'relation' }> & { readonly relation: Relation };

/** A lambda with its surroundings. */
export type LambdaValue = Extract<Value, { type: 'lambda' }> & { readonly closure: Closure };

/** Makes a special value. */
export function special(role: Role, text: string, at: Span, node: RubyNode | null = null): Special {
  return { type: 'unknown', text, node, at, role };
}

/** What a value stands for beyond its contract, or null. */
export function roleOf(value: Value | undefined): Role | null {
  return value?.type === 'unknown' && 'role' in value ? (value as Special).role : null;
}

/** The role of the given kind, or null. */
export function roleIs<K extends Role['kind']>(value: Value | undefined, kind: K): Extract<Role, { kind: K }> | null {
  const role = roleOf(value);
  return role?.kind === kind ? (role as Extract<Role, { kind: K }>) : null;
}

/** The rows behind a value, or null. */
export function relationOf(value: Value | undefined): Relation | null {
  return value?.type === 'relation' && 'relation' in value ? (value as RelationValue).relation : null;
}

/** The block behind a proc, lambda or block argument, or null. */
export function closureOf(value: Value | undefined): Closure | null {
  if (value?.type === 'lambda' && 'closure' in value) return (value as LambdaValue).closure;
  return roleIs(value, 'closure')?.closure ?? null;
}
