import { joinEmbedded, wholeSlice, type Embedded } from '../../../source/embedded.ts';
import type { Span } from '../../../source/span.ts';
import type { Assignment, HashNode, RubyNode, StringPart } from '../../ruby/syntax.ts';
import type { Value } from '../value.ts';
import { array, boolean, computed, hash, nil, number, string, unknown } from '../values/make.ts';
import { equal, truth } from '../values/inspect.ts';
import { translateRegex } from '../values/regex.ts';
import { special, type LambdaValue } from '../values/special.ts';
import { hole, inexact, moveTo, tooLong } from '../values/text.ts';
import { assign, destructure } from './assign.ts';
import { callClosure } from './blocks.ts';
import { evaluateBegin, evaluateCase, evaluateIf, evaluateLogical, evaluateLoop } from './branches.ts';
import { constantValue } from './constants.ts';
import { evaluateCall, evaluateIdentifier, callMethod } from './call.ts';
import { emitOpaque, exhaust } from './emit.ts';
import { lookUpLocal, type Frame } from './frame.ts';
import { statementSpan } from './statement-span.ts';
import { limits, silently, sourceText, within, type Machine } from './machine.ts';

/** What an expression gives, with everything that evaluating it does. */
export function evaluate(machine: Machine, node: RubyNode, frame: Frame): Value {
  const { budget } = machine;
  budget.steps -= 1;
  if (budget.steps < 0) exhaust(machine, machine.context.statement ?? node);
  if (machine.exhausted) return unknown('...', node, node);
  if (budget.depth > limits.depth) {
    emitOpaque(machine, 'the code is nested too deep to be followed', sourceText(frame.file, node), { at: node, verb: 'ruby' });
    return unknown('...', node, node);
  }
  budget.depth += 1;
  try {
    return evaluateNode(machine, node, frame);
  } finally {
    budget.depth -= 1;
  }
}

/** Runs statements in order until one of them jumps; gives the last one's value. */
export function evaluateBody(machine: Machine, body: readonly RubyNode[], frame: Frame): Value {
  let value: Value = nil({ start: 0, end: 0 });
  for (const node of body) {
    if (machine.jump || machine.exhausted) break;
    value = evaluateStatement(machine, node, frame);
  }
  return value;
}

function evaluateStatement(machine: Machine, node: RubyNode, frame: Frame): Value {
  const { context } = machine;
  if (context.foreign) {
    const foreign = { ...context.foreign, statement: { start: node.start, end: node.end } };
    return context.pinned ? evaluate(machine, node, frame) : within(machine, { foreign }, () => evaluate(machine, node, frame));
  }
  if (frame.file.foreign) return evaluate(machine, node, frame);
  const span = statementSpan(node, frame.file.tree.source.text);
  if (machine.muted === 0) machine.statements.set(`${span.start}-${span.end}`, span);
  return context.pinned ? evaluate(machine, node, frame) : within(machine, { statement: span }, () => evaluate(machine, node, frame));
}

function evaluateNode(machine: Machine, node: RubyNode, frame: Frame): Value {
  switch (node.type) {
    case 'string': {
      const { text, partial } = evaluateParts(machine, node.parts, frame, node);
      return node.shell ? unknown(sourceText(frame.file, node), node, node) : string(text, node, partial);
    }
    case 'symbol': {
      const { text, partial } = evaluateParts(machine, node.parts, frame, node);
      return { type: 'symbol', name: text.text, partial, at: node };
    }
    case 'number':
      return number(node.value, node);
    case 'literal':
      if (node.value === 'self') return selfValue(frame, node);
      return node.value === 'nil' ? nil(node) : boolean(node.value === 'true', node);
    case 'array':
      return evaluateArray(machine, node.elements, frame, node);
    case 'hash':
      return evaluateHash(machine, node, frame);
    case 'regex':
      return evaluateRegex(machine, node.parts, frame, node);
    case 'range': {
      const from = node.from ? evaluate(machine, node.from, frame) : nil(node);
      const to = node.to ? evaluate(machine, node.to, frame) : nil(node);
      const end = (value: Value): number | null => (value.type === 'number' ? value.value : null);
      return special({ kind: 'range', from: end(from), to: end(to), exclusive: node.exclusive, ends: [from, to] }, sourceText(frame.file, node), node, node);
    }
    case 'identifier':
      return lookUpLocal(frame.scope, node.name) ?? evaluateIdentifier(machine, node, frame);
    case 'variable':
      return frame.self.variables.get(node.name) ?? unknown(node.name, node, node);
    case 'constant':
      return constantValue(machine, node, frame, null);
    case 'call':
      return evaluateCall(machine, node, frame);
    case 'assignment':
      return evaluateAssignment(machine, node, frame);
    case 'multiple-assignment': {
      const value = evaluate(machine, node.value, frame);
      destructure(machine, node.targets, value, frame);
      return value;
    }
    case 'if':
      return evaluateIf(machine, node, frame);
    case 'case':
      return evaluateCase(machine, node, frame);
    case 'loop':
      return evaluateLoop(machine, node, frame);
    case 'begin':
      return evaluateBegin(machine, node, frame);
    case 'body':
      return node.body.length === 1 && node.body[0] ? evaluate(machine, node.body[0], frame) : evaluateBody(machine, node.body, frame);
    case 'jump': {
      const value = node.value ? evaluate(machine, node.value, frame) : null;
      if (!machine.jump && (node.keyword === 'return' || node.keyword === 'next' || node.keyword === 'break')) machine.jump = { kind: node.keyword, value };
      return nil(node);
    }
    case 'logical':
      return evaluateLogical(machine, node, frame);
    case 'not': {
      const known = truth(evaluate(machine, node.value, frame));
      return known === null ? unknown(sourceText(frame.file, node), node, node) : boolean(!known, node);
    }
    case 'defined':
      return node.value.type === 'constant' && frame.file.definitions.has(node.value.name) ? computed('constant', node) : unknown(sourceText(frame.file, node), node, node);
    case 'lambda':
      return makeLambda(machine, node, frame);
    case 'splat':
      return node.value ? evaluate(machine, node.value, frame) : unknown('*', node, node);
    case 'other':
      if (node.what === '**') return lookUpLocal(frame.scope, '**') ?? unknown('**', node, node);
      if (node.what === 'pattern' || node.what === 'alias') return unknown(node.what, node, node);
      for (const child of node.children) evaluate(machine, child, frame);
      return unknown(sourceText(frame.file, node), node, node);
    case 'program':
      return evaluateBody(machine, node.body, frame);
    case 'def':
      return { type: 'symbol', name: node.name, partial: false, at: node };
    case 'class':
    case 'module':
    case 'singleton-class':
    case 'block':
    case 'block-pass':
      return nil(node);
  }
}

/** The text of a string's or symbol's parts, with a hole for each interpolation that is not known. */
function evaluateParts(machine: Machine, parts: readonly StringPart[], frame: Frame, whole: Span): { text: Embedded; partial: boolean } {
  const pieces: Embedded[] = [];
  const computes = parts.some(({ kind }) => kind !== 'literal');
  let partial = false;
  let length = 0;
  for (const part of parts) {
    let piece: Embedded;
    if (part.kind === 'literal') piece = part.exact ? wholeSlice(part.value, part.start) : inexact(part.value, part);
    else {
      const value = evaluateBody(machine, part.body, frame);
      const known = interpolated(value, part);
      partial ||= known === null || (value.type === 'string' && value.partial) || (value.type === 'symbol' && value.partial);
      const first = part.body[0];
      const last = part.body.at(-1);
      piece = known ?? hole(first && last ? sourceText(frame.file, { start: first.start, end: last.end }) : '', part);
    }
    length += piece.text.length;
    pieces.push(piece);
    // A text without interpolation is no longer than its file.
    if (length > limits.text && computes) return { text: tooLong(pieces, limits.text, whole), partial: true };
  }
  return { text: joinEmbedded(pieces), partial };
}

/** What `#{value}` prints, at the place of the interpolation; null when it is not known. */
export function interpolated(value: Value, at: Span): Embedded | null {
  switch (value.type) {
    case 'string':
      return moveTo(value.text, at);
    case 'symbol':
      return value.partial ? moveTo(hole(value.name.replace(/^#\{|\}$/g, ''), at), at) : inexact(value.name, at);
    case 'number':
    case 'boolean':
      return inexact(String(value.value), at);
    case 'nil':
      return inexact('', at);
    default:
      return null;
  }
}

function evaluateArray(machine: Machine, elements: readonly RubyNode[], frame: Frame, at: Span): Value {
  const items: Value[] = [];
  let complete = true;
  for (const element of elements) {
    const value = evaluate(machine, element, frame);
    if (element.type !== 'splat') items.push(value);
    else if (value.type === 'array') {
      items.push(...value.items);
      complete &&= value.complete;
    } else if (value.type !== 'nil') complete = false;
  }
  return array(items, at, complete && items.length <= limits.items);
}

function evaluateHash(machine: Machine, node: HashNode, frame: Frame): Value {
  let entries: (readonly [Value, Value])[] = [];
  let complete = true;
  for (const pair of node.pairs) {
    const value = evaluate(machine, pair.value, frame);
    if (pair.key) {
      const key = evaluate(machine, pair.key, frame);
      entries = [...entries.filter(([other]) => equal(other, key) !== true), [key, value]];
    } else if (value.type === 'hash') {
      entries = [...entries.filter(([other]) => !value.entries.some(([key]) => equal(other, key) === true)), ...value.entries];
      complete &&= value.complete;
    } else if (value.type !== 'nil') complete = false;
  }
  return hash(entries, node, complete);
}

function evaluateRegex(machine: Machine, parts: readonly StringPart[], frame: Frame, node: RubyNode): Value {
  const { text, partial } = evaluateParts(machine, parts, frame, node);
  const source = sourceText(frame.file, node, 1000);
  const flags = /[a-z]*$/.exec(source)?.[0] ?? '';
  return special({ kind: 'regex', safe: partial ? null : translateRegex(text.text, flags) }, source, node, node);
}

function evaluateAssignment(machine: Machine, node: Assignment, frame: Frame): Value {
  const { operator, target } = node;
  if (operator === '=') {
    const value = evaluate(machine, node.value, frame);
    assign(machine, target, value, frame);
    return value;
  }
  const before = target.type === 'identifier' ? lookUpLocal(frame.scope, target.name) : target.type === 'variable' ? frame.self.variables.get(target.name) : evaluate(machine, target, frame);
  if (operator === '||=' || operator === '&&=') {
    const known = before ? truth(before) : false;
    if (known !== null && known === (operator === '||=')) return before as Value;
    const value = evaluate(machine, node.value, frame);
    const result = known === null ? unknown(sourceText(frame.file, target), node, node) : value;
    assign(machine, target, result, frame);
    return result;
  }
  const value = evaluate(machine, node.value, frame);
  const result = before ? callMethod(machine, frame, before, operator.slice(0, -1), [value], node) : unknown(sourceText(frame.file, target), node, node);
  assign(machine, target, result, frame);
  return result;
}

function makeLambda(machine: Machine, node: Extract<RubyNode, { type: 'lambda' }>, frame: Frame): LambdaValue {
  const closure = { node, frame };
  const value = node.parameters.length === 0 ? silently(machine, () => callClosure(machine, closure, [])) : null;
  return { type: 'lambda', value, node, at: node, closure };
}

function selfValue(frame: Frame, node: RubyNode): Value {
  const { self } = frame;
  if (self.kind === 'model' || self.kind === 'record') return { type: 'relation', constant: self.relation.constant, calls: self.relation.calls, node, at: node, relation: self.relation } as Value;
  if (self.kind === 'object') return special({ kind: 'object', definition: self.definition, variables: self.variables }, 'self', node, node);
  if (self.kind === 'module') return { type: 'constant', name: self.definition.name, at: node };
  return special({ kind: 'migration' }, 'self', node, node);
}
