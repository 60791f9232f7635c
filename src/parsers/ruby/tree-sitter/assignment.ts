import type { Span } from '../../../source/span.ts';
import { bareArray, other } from '../build.ts';
import type { Call, RubyNode } from '../syntax.ts';
import { callNode } from './call.ts';
import type { RawNode } from './raw.ts';
import type { Reader } from './reader.ts';
import { content, field, required, spanOf, textOf } from './reader.ts';

/** `a = 1`, `a.b = 1`, `a[1] = 2`, `a, b = c`. */
export function readAssignment(reader: Reader, raw: RawNode): RubyNode {
  const left = field(raw, 'left');
  if (left?.type === 'left_assignment_list') {
    const targets = targetList(left).map((child) => readTarget(reader, child));
    return { type: 'multiple-assignment', ...spanOf(raw), targets, value: readValue(reader, raw) };
  }
  const target = left ? readTarget(reader, left, raw) : other('missing', { start: raw.start, end: raw.start });
  const value = readValue(reader, raw);
  if (target.type === 'call') return { ...target, args: [...target.args, value] };
  return { type: 'assignment', ...spanOf(raw), target, operator: '=', value };
}

/** `a ||= 1`, `a.b += 1`. */
export function readOperatorAssignment(reader: Reader, raw: RawNode): RubyNode {
  const left = field(raw, 'left');
  const sign = field(raw, 'operator');
  if (left) noteLocal(reader, left);
  const target = required(reader, left, raw.start);
  return { type: 'assignment', ...spanOf(raw), target, operator: sign ? textOf(reader, sign) : '=', value: readValue(reader, raw) };
}

/**
 * What is written to: a variable, a splat, `other` with the targets in parentheses, or the call that writes (`b=`, `[]=`), whose span is `whole`
 * when it is the only target.
 */
export function readTarget(reader: Reader, raw: RawNode, whole: Span = raw): RubyNode {
  noteLocal(reader, raw);
  if (raw.type === 'rest_assignment') {
    const inner = content(raw)[0];
    return { type: 'splat', ...spanOf(raw), value: inner ? readTarget(reader, inner) : null };
  }
  if (raw.type === 'destructured_left_assignment') return other('targets', raw, content(raw).map((child) => readTarget(reader, child)));
  const node = reader.node(raw);
  return node.type === 'call' && isWritable(raw) ? writing(node, whole) : node;
}

/** The targets; parentheses around all of them mean nothing. */
function targetList(raw: RawNode): RawNode[] {
  const targets = content(raw);
  const [only] = targets;
  return targets.length === 1 && only?.type === 'destructured_left_assignment' && only.end === raw.end ? targetList(only) : targets;
}

function writing(call: Call, span: Span): Call {
  return callNode(span, call.name === '[]' ? '[]=' : `${call.name}=`, call.nameSpan, call);
}

function isWritable(raw: RawNode): boolean {
  return raw.type === 'element_reference' || (raw.type === 'call' && field(raw, 'receiver') !== null && !field(raw, 'arguments'));
}

function noteLocal(reader: Reader, raw: RawNode): void {
  if (raw.type !== 'identifier') return;
  const name = textOf(reader, raw);
  reader.locals.add(name);
  reader.scopes.at(-1)?.locals.add(name);
}

function readValue(reader: Reader, raw: RawNode): RubyNode {
  const right = field(raw, 'right');
  if (right?.type === 'right_assignment_list') return bareArray(content(right).map((child) => reader.node(child)));
  const value = required(reader, right, raw.end);
  return value.type === 'splat' ? bareArray([value]) : value;
}
