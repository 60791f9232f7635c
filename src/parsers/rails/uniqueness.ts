import type { Span } from '../../source/span.ts';
import { literalValue } from '../ruby/literal-value.ts';
import type { Call, HashNode, RubyNode } from '../ruby/syntax.ts';
import type { Value } from './value.ts';
import { literalText } from './value.ts';

/** A model's own check before it saves a row that no other one equals it. */
export interface UniquenessValidation {
  /** The attribute first, then its scope; columns or associations, as written. */
  readonly attributes: readonly string[];
  readonly span: Span;
}

/** What makes a validation hold for some rows only. */
const conditions: ReadonlySet<string> = new Set(['if', 'unless', 'conditions']);

/**
 * The uniqueness validations among the statements of a class body: `validates :a, :b, uniqueness: true`, `uniqueness: { scope: ... }`, `validates_uniqueness_of`. Left out are those under a condition
 * and those whose attributes cannot be read. `evaluate` gives the value of an expression of the body.
 */
export function uniquenessValidations(statements: readonly RubyNode[], evaluate: (node: RubyNode) => Value): UniquenessValidation[] {
  return statements.flatMap((node) => {
    if (node.type !== 'call' || node.receiver !== null || node.block !== null || !/^validates!?$|^validates_uniqueness_of$/.test(node.name)) return [];
    const options = optionsOf(node);
    const details = node.name === 'validates_uniqueness_of' ? options : detailsOf(options.get('uniqueness'));
    if (details === null || [...options.keys(), ...details.keys()].some((key) => key === '**' || conditions.has(key))) return [];
    const scope = details.get('scope');
    const scoped = scope === undefined ? [] : textsOf(evaluate(scope));
    const names = node.args.filter((arg) => arg !== optionsNode(node)).map((arg) => textsOf(evaluate(arg)));
    if (scoped === null || names.includes(null)) return [];
    return names.flat().map((name) => ({ attributes: [name ?? '', ...scoped], span: { start: node.start, end: node.end } }));
  });
}

function optionsNode({ args }: Call): HashNode | null {
  const last = args.at(-1);
  return last?.type === 'hash' ? last : null;
}

function optionsOf(node: Call): Map<string, RubyNode> {
  const options = optionsNode(node);
  return options ? pairsOf(options) : new Map<string, RubyNode>();
}

/** By key; `**` stands for pairs that are not written out. */
function pairsOf({ pairs }: HashNode): Map<string, RubyNode> {
  return new Map(pairs.map(({ key, value }) => [key === null ? '**' : String(literalValue(key)), value]));
}

/** What `uniqueness:` is given; null when it is not there, switched off, or not written out. */
function detailsOf(node: RubyNode | undefined): Map<string, RubyNode> | null {
  if (node?.type === 'hash') return pairsOf(node);
  return node && literalValue(node) === true ? new Map<string, RubyNode>() : null;
}

/** Names in a value, however deep; null when one of them is not known. */
function textsOf(value: Value): string[] | null {
  if (value.type === 'nil') return [];
  if (value.type !== 'array') {
    const text = value.type === 'string' || value.type === 'symbol' ? literalText(value) : null;
    return text === null ? null : [text];
  }
  const texts = value.items.map(textsOf);
  return !value.complete || texts.includes(null) ? null : texts.flatMap((one) => one ?? []);
}
