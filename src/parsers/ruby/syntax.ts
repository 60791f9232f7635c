import type { Span } from '../../source/span.ts';

/**
 * Ruby's syntax as anzen sees it: small, neutral, the same whichever parser read the text. Spans are UTF-16 offsets.
 * Anything without a node of its own is `other`, with its children, so that nothing inside it is lost.
 */
export type RubyNode =
  | Program | ClassNode | ModuleNode | SingletonClass | Def | Call | Block | BlockPass | Identifier | Constant | Variable
  | StringNode | SymbolNode | NumberNode | Literal | ArrayNode | HashNode | Splat | RegexNode | RangeNode
  | Assignment | MultipleAssignment | If | Case | Loop | Begin | Body | Jump | Logical | Not | Defined | Lambda | Other;

/** The whole file. */
export interface Program extends Span { readonly type: 'program'; readonly body: readonly RubyNode[] }
/** `class A::B < C`. `name` is the constant path's text; `nameSpan` where it stands. */
export interface ClassNode extends Span { readonly type: 'class'; readonly name: string; readonly nameSpan: Span; readonly superclass: RubyNode | null; readonly body: readonly RubyNode[] }
/** `module A::B`. */
export interface ModuleNode extends Span { readonly type: 'module'; readonly name: string; readonly nameSpan: Span; readonly body: readonly RubyNode[] }
/** `class << self`. */
export interface SingletonClass extends Span { readonly type: 'singleton-class'; readonly body: readonly RubyNode[] }
/** `def name`, `def self.name`; also endless. */
export interface Def extends Span { readonly type: 'def'; readonly name: string; readonly nameSpan: Span; readonly onSelf: boolean; readonly parameters: readonly Parameter[]; readonly body: readonly RubyNode[] }
/** A parameter of a method, block or lambda. `default` is its default value. Destructuring `(a, b)` is `kind: 'destructured'` with `parts`. The name of `...` is `...` (`rest`), of `**nil` `nil`, of a bare `*`, `**` or `&` empty. */
export interface Parameter extends Span { readonly kind: 'required' | 'optional' | 'rest' | 'keyword' | 'keyword-rest' | 'block' | 'destructured'; readonly name: string; readonly default: RubyNode | null; readonly parts?: readonly Parameter[] }
/**
 * A method call: with receiver, arguments, parentheses or a block, or a bare name ending in `!` or `?`. A bare name without any of these is `identifier`.
 * Operators are calls (`a + b` is `+` on a), also unary ones (`-@`, `+@`), `[]`, `[]=`; attribute writes are `name=`. `super` and `yield` are calls of that name.
 */
export interface Call extends Span {
  readonly type: 'call';
  readonly receiver: RubyNode | null;
  readonly name: string;
  readonly nameSpan: Span;
  readonly safe: boolean;
  /** In order. Trailing `key: value` pairs without braces are one `hash` node with `braces: false`. */
  readonly args: readonly RubyNode[];
  /** A `{ }` or `do end` block, or `&x`. */
  readonly block: Block | BlockPass | null;
}
/** A block. `implicit`: `it` or `_1`...`_9` are used without being declared. */
export interface Block extends Span { readonly type: 'block'; readonly parameters: readonly Parameter[]; readonly implicit: 'it' | 'numbered' | null; readonly body: readonly RubyNode[] }
/** `&:name`, `&block`. */
export interface BlockPass extends Span { readonly type: 'block-pass'; readonly value: RubyNode | null }
/** A bare lower-case name: a local variable, or a call without arguments. */
export interface Identifier extends Span { readonly type: 'identifier'; readonly name: string }
/** `A`, `A::B`, `::A`, as written without spaces; `scope` when it hangs on an expression (`foo::Bar::Baz`), the name is then what follows it (`Bar::Baz`). */
export interface Constant extends Span { readonly type: 'constant'; readonly name: string; readonly scope: RubyNode | null }
/** `@a`, `@@a`, `$a`; `name` with its sigil. */
export interface Variable extends Span { readonly type: 'variable'; readonly name: string }
/**
 * A string of any kind: quotes, `%q`, heredoc (dedented as Ruby does), adjacent literals joined. `parts` in order; one literal part when nothing is interpolated.
 * `shell` for backticks. For a heredoc the node's span is the marker's (`<<~SQL`), and `bodySpan` is where its lines stand.
 */
export interface StringNode extends Span { readonly type: 'string'; readonly parts: readonly StringPart[]; readonly heredoc: boolean; readonly bodySpan: Span | null; readonly shell: boolean }
/** A run of a string. Literal runs carry the value after escapes and dedenting; `exact` says that it is the source text, unit for unit. One run never spans a removed indentation. */
export type StringPart =
  | ({ readonly kind: 'literal'; readonly value: string; readonly exact: boolean } & Span)
  | ({ readonly kind: 'interpolation'; readonly body: readonly RubyNode[] } & Span);
/** `:a`, `:"a b"`, `a:` keys, members of `%i[]`. `parts` as in strings. */
export interface SymbolNode extends Span { readonly type: 'symbol'; readonly parts: readonly StringPart[] }
/** An integer or a float; `text` as written. */
export interface NumberNode extends Span { readonly type: 'number'; readonly value: number; readonly text: string }
/** `nil`, `true`, `false`, `self`. */
export interface Literal extends Span { readonly type: 'literal'; readonly value: 'nil' | 'true' | 'false' | 'self' }
/** `[...]`, `%w[]` (strings), `%i[]` (symbols). */
export interface ArrayNode extends Span { readonly type: 'array'; readonly elements: readonly RubyNode[] }
/** A hash, or the bare pairs of a call. Omitted values (`foo(x:)`) have an `identifier` value. A `**x` pair has `key: null`. */
export interface HashNode extends Span { readonly type: 'hash'; readonly braces: boolean; readonly pairs: readonly { readonly key: RubyNode | null; readonly value: RubyNode }[] }
/** `*x` in arguments or an array. */
export interface Splat extends Span { readonly type: 'splat'; readonly value: RubyNode | null }
/** A regular expression. */
export interface RegexNode extends Span { readonly type: 'regex'; readonly parts: readonly StringPart[] }
/** `a..b`, `a...b`, open at either end. */
export interface RangeNode extends Span { readonly type: 'range'; readonly from: RubyNode | null; readonly to: RubyNode | null; readonly exclusive: boolean }
/** `a = b`, `A = b`, `@a ||= b`, `a += b`; `operator` is `=`, `||=`, `+=` ... Attribute and index writes are calls. */
export interface Assignment extends Span { readonly type: 'assignment'; readonly target: Identifier | Constant | Variable | RubyNode; readonly operator: string; readonly value: RubyNode }
/** `a, b = c`. Targets in parentheses are an `other` node named `targets`; what writes through a method is its call (`b=`, `[]=`) without the value. */
export interface MultipleAssignment extends Span { readonly type: 'multiple-assignment'; readonly targets: readonly RubyNode[]; readonly value: RubyNode }
/** `if`, `unless` (`negated`), modifiers, ternaries, `elsif` as a nested `if` in `otherwise`. */
export interface If extends Span { readonly type: 'if'; readonly negated: boolean; readonly condition: RubyNode; readonly then: readonly RubyNode[]; readonly otherwise: readonly RubyNode[] }
/** `case/when` and `case/in`; the pattern of `in` is one `other` node named `pattern` with its names, keys, constants and values as children, the guard last. */
export interface Case extends Span { readonly type: 'case'; readonly subject: RubyNode | null; readonly branches: readonly { readonly patterns: readonly RubyNode[]; readonly body: readonly RubyNode[] }[]; readonly otherwise: readonly RubyNode[] }
/** `while`, `until`, `for`, `loop` is a call. */
export interface Loop extends Span { readonly type: 'loop'; readonly keyword: 'while' | 'until' | 'for'; readonly condition: RubyNode | null; readonly variables: readonly RubyNode[]; readonly body: readonly RubyNode[] }
/** `begin ... rescue ... ensure ... end`, the same in a method or block body (then it is the body's only node), and the `rescue` modifier. */
export interface Begin extends Span { readonly type: 'begin'; readonly body: readonly RubyNode[]; readonly rescues: readonly { readonly classes: readonly RubyNode[]; readonly variable: RubyNode | null; readonly body: readonly RubyNode[] }[]; readonly otherwise: readonly RubyNode[]; readonly ensure: readonly RubyNode[] }
/** Parenthesised statements, and `BEGIN {}`. */
export interface Body extends Span { readonly type: 'body'; readonly body: readonly RubyNode[] }
/** `return`, `break`, `next`, `redo`, `retry`. */
export interface Jump extends Span { readonly type: 'jump'; readonly keyword: 'return' | 'break' | 'next' | 'redo' | 'retry'; readonly value: RubyNode | null }
/** `a && b`, `a and b`, `a || b`, `a or b`. */
export interface Logical extends Span { readonly type: 'logical'; readonly operator: 'and' | 'or'; readonly left: RubyNode; readonly right: RubyNode }
/** `!a`, `not a`. */
export interface Not extends Span { readonly type: 'not'; readonly value: RubyNode }
/** `defined?(a)`. */
export interface Defined extends Span { readonly type: 'defined'; readonly value: RubyNode }
/** `-> (x) { }`; `lambda {}` and `proc {}` are calls with a block. */
export interface Lambda extends Span { readonly type: 'lambda'; readonly parameters: readonly Parameter[]; readonly body: readonly RubyNode[] }
/**
 * Valid Ruby without a node of its own (`pattern`, `match` for `a => b` and `a in b`, `alias`, `undef`, `END`, `__FILE__`, `...`, `imaginary`), what is nested
 * too deep (`too-deep`), and damaged places.
 */
export interface Other extends Span { readonly type: 'other'; readonly what: string; readonly children: readonly RubyNode[] }
