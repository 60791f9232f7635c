import type { Operation } from '../../operations/index.ts';
import type { Source } from '../../source/source.ts';
import { literalValue } from '../ruby/literal-value.ts';
import type { Call, RubyNode } from '../ruby/syntax.ts';
import { walk } from '../ruby/walk.ts';
import type { RailsEnvironment } from './environment.ts';
import { indexFile } from './evaluator/definitions.ts';
import { evaluateBody } from './evaluator/evaluate.ts';
import { frameFor, type Owner } from './evaluator/frame.ts';
import { createMachine, type StatementTables } from './evaluator/machine.ts';
import { isStatementName, lowerStatement, spellStatement } from './statements/lower.ts';

/** The tables that turn calls into operations. */
const railsStatements: StatementTables = { lowerStatement, isStatementName, spellStatement };

/** A dump may hold thousands of tables. */
const dumpBudget = { steps: 10_000_000, calls: 2_000_000 };

/** Reads `db/schema.rb` into the operations that would build it. Never throws; what cannot be read at all gives nothing. */
export function parseRailsSchema(source: Source, environment: RailsEnvironment): readonly Operation[] {
  try {
    const tree = environment.ruby.parse(source);
    const file = indexFile(tree, false);
    const define = defineCall(tree.program);
    const block = define?.block;
    if (!define || block?.type !== 'block') return [];
    const machine = createMachine(environment, file, railsStatements, schemaRelease(define, source, environment), true);
    Object.assign(machine.budget, dumpBudget);
    const self: Owner = { kind: 'migration', definition: null, variables: new Map() };
    machine.owner = self;
    evaluateBody(machine, block.body, frameFor(file, self, []));
    return machine.operations;
  } catch {
    return [];
  }
}

/** The version that a `schema.rb` says it is at, digits only, or null. */
export function schemaVersion(source: Source, environment: RailsEnvironment): string | null {
  try {
    const define = defineCall(environment.ruby.parse(source).program);
    for (const arg of define?.args ?? []) {
      if (arg.type !== 'hash') continue;
      const pair = arg.pairs.find(({ key }) => key && literalValue(key) === 'version');
      if (!pair) continue;
      const text = pair.value.type === 'number' ? pair.value.text : literalValue(pair.value);
      const digits = typeof text === 'string' ? text.replace(/\D/g, '') : '';
      return digits === '' ? null : digits;
    }
    return null;
  } catch {
    return null;
  }
}

/** `ActiveRecord::Schema.define(...) do` or `ActiveRecord::Schema[7.1].define(...) do`. */
function defineCall(program: RubyNode): Call | null {
  let found: Call | null = null;
  walk(program, (node) => {
    if (found) return false;
    if (node.type === 'call' && node.name === 'define' && node.receiver && /Schema$/.test(receiverName(node.receiver))) {
      found = node;
      return false;
    }
    return node.type !== 'call' || node.block === null;
  });
  return found;
}

function receiverName(node: RubyNode): string {
  if (node.type === 'constant') return node.name;
  return node.type === 'call' && node.name === '[]' && node.receiver ? receiverName(node.receiver) : '';
}

/** The release whose defaults the dump is written for; dumps without one are older than 7.0, and those that write `:version =>` older than 5.0. */
function schemaRelease(define: Call, source: Source, environment: RailsEnvironment): readonly number[] {
  const arg = define.receiver?.type === 'call' ? define.receiver.args[0] : null;
  const text = arg?.type === 'number' ? arg.text : arg ? literalValue(arg) : null;
  if (typeof text === 'string' && /^\d+(\.\d+)?$/.test(text)) return text.split('.').map(Number);
  const known = environment.railsVersion;
  if (known && (known[0] ?? 0) < 7) return known.slice(0, 2);
  return /^\(\s*:version\s*=>/.test(source.text.slice(define.start, define.end).replace(/^[^(]*/, '')) ? [4, 2] : [6, 1];
}
