import type { Embedded } from '../../source/embedded.ts';
import type { Span } from '../../source/span.ts';
import type { RubyNode } from '../ruby/syntax.ts';

/** A Ruby value as far as it is known without running the code. Every value knows where it was written. */
export type Value =
  | { readonly type: 'string'; readonly text: Embedded; /** True when a part is not known; it then stands as `#{source}` in the text, in an inexact segment. */ readonly partial: boolean; readonly at: Span }
  | { readonly type: 'symbol'; readonly name: string; readonly partial: boolean; readonly at: Span }
  | { readonly type: 'number'; readonly value: number; readonly at: Span }
  | { readonly type: 'boolean'; readonly value: boolean; readonly at: Span }
  | { readonly type: 'nil'; readonly at: Span }
  | { readonly type: 'array'; readonly items: readonly Value[]; /** False when a splat or a call may have added more. */ readonly complete: boolean; readonly at: Span }
  | { readonly type: 'hash'; readonly entries: readonly (readonly [key: Value, value: Value])[]; readonly complete: boolean; readonly at: Span }
  | { readonly type: 'constant'; readonly name: string; readonly at: Span }
  /** A lambda or proc (`-> { 'now()' }`); `value` is what its body gives, when known. */
  | { readonly type: 'lambda'; readonly value: Value | null; readonly node: RubyNode; readonly at: Span }
  /** A relation or record of a model, with the chain of calls that made it. */
  | { readonly type: 'relation'; readonly constant: string; readonly calls: readonly string[]; readonly node: RubyNode; readonly at: Span }
  | { readonly type: 'unknown'; readonly text: string; readonly node: RubyNode | null; readonly at: Span };

/** The text of a string, symbol or number; null when it is not known, not wholly known (`partial`) or something else. */
export function literalText(value: Value | undefined): string | null {
  if (!value) return null;
  if (value.type === 'string') return value.partial ? null : value.text.text;
  if (value.type === 'symbol') return value.partial ? null : value.name;
  if (value.type === 'number') return String(value.value);
  return null;
}
