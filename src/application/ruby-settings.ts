import { literalValue } from '../parsers/ruby/literal-value.ts';
import type { LiteralValue } from '../parsers/ruby/literal-value.ts';
import type { RubyTree } from '../parsers/ruby/tree.ts';
import type { RubyNode } from '../parsers/ruby/syntax.ts';
import { walk } from '../parsers/ruby/walk.ts';

/** One setting of an initializer: `StrongMigrations.start_after = 1`, `config.check_down = true`, `StrongMigrations.disable_check(:x)`. */
export interface RubySetting {
  /** The receiver as written, or the enclosing `configure` call's receiver for its block variable. */
  readonly on: string;
  readonly name: string;
  readonly values: readonly LiteralValue[];
}

/** Reads assignments and calls with literal arguments on constants and on the block variable of `X.configure do |config|`. Computed values are left out. */
export function readSettings(tree: RubyTree): readonly RubySetting[] {
  const settings: RubySetting[] = [];
  const variables = new Map<string, string>();
  walk(tree.program, (node) => {
    if (node.type !== 'call') return;
    const receiver = node.receiver ? receiverName(node.receiver, variables) : null;
    if (node.name === 'configure' && receiver && node.block?.type === 'block') {
      const variable = node.block.parameters[0]?.name;
      if (variable) variables.set(variable, receiver);
    }
    if (receiver && node.args.length > 0) settings.push({ on: receiver, name: node.name.replace(/=$/, ''), values: node.args.map(literalValue) });
  });
  return settings;
}

function receiverName(node: RubyNode, variables: ReadonlyMap<string, string>): string | null {
  if (node.type === 'constant') return node.name;
  if (node.type === 'identifier') return variables.get(node.name) ?? node.name;
  if (node.type === 'call' && node.receiver && node.args.length === 0) {
    const outer = receiverName(node.receiver, variables);
    return outer ? `${outer}.${node.name}` : null;
  }
  return null;
}
