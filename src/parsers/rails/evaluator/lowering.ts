import { contains, type Span } from '../../../source/span.ts';
import type { Block, HashNode, Lambda, RubyNode } from '../../ruby/syntax.ts';
import type { Option, StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import type { Value } from '../value.ts';
import { special } from '../values/special.ts';
import { callClosure } from './blocks.ts';
import { emit, emitOpaque, report } from './emit.ts';
import { textOf, verbOf, type Invocation } from './invocation.ts';
import { sourceText, within, type Machine } from './machine.ts';
import { invertCall } from './revert.ts';
import { runSql } from './sql-text.ts';

/** Hands a call to the statement tables. False when they do not know it; nothing has happened then. */
export function lower(inv: Invocation): boolean {
  const { machine } = inv;
  const call = statementCall(inv, 'migration');
  if (!machine.context.inverted) return lowerCall(inv, call);
  if (!machine.tables.isStatementName(inv.name)) return false;
  machine.reversals.push(machine.operations.length);
  const inverse = invertCall(call);
  if (inverse) return lowerCall(inv, inverse);
  emitOpaque(machine, `"${inv.name}" cannot be reversed`, textOf(inv), { at: inv.node, verb: call.verb });
  return true;
}

function lowerCall(inv: Invocation, call: StatementCall): boolean {
  return inv.machine.tables.lowerStatement(call, hostFor(inv, call));
}

/** A call as the statement tables take it. */
export function statementCall(inv: Invocation, on: StatementCall['on']): StatementCall {
  const { machine, args } = inv;
  const last = args.at(-1);
  const hasOptions = last?.type === 'hash' && inv.keywords;
  const block = inv.closure?.node ?? null;
  if (inv.closure && block) machine.closures.set(block, inv.closure);
  return {
    name: inv.name,
    on,
    verb: verbOf(inv),
    args: hasOptions ? args.slice(0, -1) : args,
    options: hasOptions ? readOptions(inv, last) : new Map(),
    optionsComplete: inv.complete,
    block,
    at: spanOf(inv.node),
    nameAt: spanOf(inv.nameAt),
  };
}

function readOptions(inv: Invocation, last: Extract<Value, { type: 'hash' }>): ReadonlyMap<string, Option> {
  const written = inv.node.type === 'call' ? inv.node.args.at(-1) : null;
  const pairs = written?.type === 'hash' ? pairSpans(written) : new Map<number, Span>();
  const options = new Map<string, Option>();
  for (const [key, value] of last.entries) {
    const name = key.type === 'symbol' ? key.name : key.type === 'string' ? key.text.text : null;
    if (name === null) continue;
    const pair = pairs.get(key.at.start);
    const at = pair ?? (contains(inv.node, key.at) && contains(inv.node, value.at) ? { start: key.at.start, end: Math.max(key.at.end, value.at.end) } : spanOf(inv.node));
    options.set(name, { value, at });
  }
  return options;
}

function pairSpans(node: HashNode): Map<number, Span> {
  const spans = new Map<number, Span>();
  for (const pair of node.pairs) if (pair.key) spans.set(pair.key.start, { start: pair.key.start, end: Math.max(pair.key.end, pair.value.end) });
  return spans;
}

/** The surroundings that the statement tables see while they lower `call`. */
export function hostFor(inv: Invocation, call: StatementCall): StatementHost {
  const { machine, frame } = inv;
  let current = call;
  const bulk = call.name === 'change_table' ? call.options.get('bulk')?.value : undefined;
  const combined = bulk?.type === 'boolean' && bulk.value && machine.environment.engine.name !== 'sqlite';
  return {
    environment: machine.environment,
    version: machine.version,
    isSchemaFile: machine.isSchemaFile,
    get reversing() {
      return machine.context.reversing && !machine.context.inverted;
    },
    emit: (deed, at, guards = []) => void emit(machine, deed, { at: at ?? current.at, verb: current.verb, guards, combined }),
    problem: (problem) => report(machine, problem),
    sql: (text, at) => void runSql(machine, text, at, current.verb),
    opaque: (reason, at) => emitOpaque(machine, reason, sourceText(frame.file, current.at), { at: at ?? current.at, verb: current.verb }),
    runBlock(block, onCall) {
      const outer = current;
      runTableBlock(machine, block, (inner) => {
        current = inner;
        try {
          onCall(inner);
        } finally {
          current = outer;
        }
      });
    },
  };
}

function runTableBlock(machine: Machine, block: Block | Lambda, onCall: (call: StatementCall) => void): void {
  const closure = machine.closures.get(block);
  if (!closure) return;
  const name = block.parameters[0]?.name ?? block.parameters[0]?.kind ?? (block.type === 'block' && block.implicit === 'it' ? 'it' : '_1');
  const table = special({ kind: 'table', onCall }, name, spanOf(block), block);
  within(machine, { pinned: true }, () => callClosure(machine, closure, [table]));
}

function spanOf(node: RubyNode | Span): Span {
  return { start: node.start, end: node.end };
}
