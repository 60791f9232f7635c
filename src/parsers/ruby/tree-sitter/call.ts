import type { Span } from '../../../source/span.ts';
import { bareHash, logicalOperators, nameNode, numberNode, numberValue, other, withoutParentheses } from '../build.ts';
import type { Block, BlockPass, Call, HashNode, RubyNode, Splat } from '../syntax.ts';
import { readParameters } from './definition.ts';
import type { RawNode } from './raw.ts';
import type { Reader, Scope } from './reader.ts';
import { content, doubtKeyword, field, required, spanOf, textOf, token } from './reader.ts';
import { readBody } from './rescue.ts';
import { nameSymbol, readDelimitedSymbol } from './string.ts';

/** The arguments of a call, an index or an array. */
export interface Arguments {
  readonly args: readonly RubyNode[];
  readonly pass: BlockPass | null;
}

/** A call node made of its parts. */
export function callNode(span: Span, name: string, nameSpan: Span, parts: Partial<Pick<Call, 'receiver' | 'safe' | 'args' | 'block'>>): Call {
  const { receiver = null, safe = false, args = [], block = null } = parts;
  return { type: 'call', start: span.start, end: span.end, receiver, name, nameSpan: { start: nameSpan.start, end: nameSpan.end }, safe, args, block };
}

/** `foo(1)`, `a.b`, `foo 1 do ... end`. */
export function readCall(reader: Reader, raw: RawNode): RubyNode {
  const receiver = field(raw, 'receiver');
  const operator = field(raw, 'operator');
  const method = field(raw, 'method');
  const list = field(raw, 'arguments');
  const block = field(raw, 'block');
  const nameSpan = method ?? { start: operator?.end ?? raw.start, end: operator?.end ?? raw.start };
  const name = method ? textOf(reader, method) : 'call';
  if (receiver) doubtJump(reader, receiver);
  else doubtKeyword(reader, name);
  if (list?.start === nameSpan.end && !token(list, '(') && list.children[0]?.type !== 'parenthesized_statements') reader.doubt('argument without space');
  if (method && list && !token(list, '(')) noteAmbiguity(reader, receiver ? null : name, list);
  const { args, pass } = list ? readArguments(reader, argumentNodes(list, nameSpan.end)) : { args: [], pass: null };
  return callNode(raw, name, nameSpan, {
    receiver: receiver ? reader.node(receiver) : null,
    safe: operator !== null && textOf(reader, operator) === '&.',
    args,
    block: block ? readBlock(reader, block) : pass,
  });
}

/** After a block, `end.and_return(1)` comes as a command call whose argument is in parentheses. */
function argumentNodes(list: RawNode, after: number): readonly RawNode[] {
  const [only] = list.children;
  return list.children.length === 1 && only?.type === 'parenthesized_statements' && only.start === after ? only.children : list.children;
}

/** `return +1` comes as an addition to a bare `return`. */
function doubtJump(reader: Reader, raw: RawNode): void {
  if (/^(?:return|break|next|redo|retry)$/.test(raw.type)) reader.doubt(`operator after ${raw.type}`);
}

/** `yield`, `yield 1`, bare `super`. */
export function readKeywordCall(reader: Reader, raw: RawNode): Call {
  const name = raw.type;
  const list = raw.children.find((child) => child.type === 'argument_list');
  return callNode(raw, name, { start: raw.start, end: raw.start + name.length }, { args: list ? readArguments(reader, list.children).args : [] });
}

/** `a[1]`. */
export function readIndex(reader: Reader, raw: RawNode): Call {
  const object = field(raw, 'object');
  if (object) doubtJump(reader, object);
  const { args, pass } = readArguments(reader, raw.children.filter((child) => !child.field));
  const block = field(raw, 'block');
  const nameSpan = { start: token(raw, '[')?.start ?? raw.start, end: token(raw, ']')?.end ?? raw.end };
  return callNode(raw, '[]', nameSpan, { receiver: required(reader, object, raw.start), args, block: block ? readBlock(reader, block) : pass });
}

/** Turns a list of arguments; pairs in a row become one hash. */
export function readArguments(reader: Reader, raws: readonly RawNode[]): Arguments {
  const args: RubyNode[] = [];
  let pass: BlockPass | null = null;
  let pairs: RawNode[] = [];
  const flush = (): void => {
    if (pairs.length > 0) args.push(bareHash(pairs.map((pair) => readPair(reader, pair)), pairs));
    pairs = [];
  };
  for (const child of content({ children: raws } as RawNode)) {
    if (child.type === 'pair' || child.type === 'hash_splat_argument') {
      pairs.push(child);
      continue;
    }
    flush();
    if (child.type === 'block_argument') pass = readBlockPass(reader, child);
    else args.push(reader.node(child));
  }
  flush();
  return { args, pass };
}

/** `{ a: 1 }`. */
export function readHash(reader: Reader, raw: RawNode): HashNode {
  return { type: 'hash', ...spanOf(raw), braces: true, pairs: content(raw).map((child) => readPair(reader, child)) };
}

function readPair(reader: Reader, raw: RawNode): HashNode['pairs'][number] {
  if (raw.type !== 'pair') {
    const value = content(raw)[0];
    return { key: null, value: value ? reader.node(value) : other(raw.type === 'hash_splat_argument' ? '**' : raw.type, raw) };
  }
  const key = field(raw, 'key');
  const value = field(raw, 'value');
  if (!key) return { key: null, value: required(reader, value, raw.end) };
  return { key: readKey(reader, raw, key), value: value ? reader.node(value) : nameNode(textOf(reader, key), key) };
}

function readKey(reader: Reader, pair: RawNode, key: RawNode): RubyNode {
  if (key.type === 'hash_key_symbol') return nameSymbol(reader, key);
  return key.type === 'string' && token(pair, ':') ? readDelimitedSymbol(reader, key) : reader.node(key);
}

/** `{ |a| ... }`, `do |a| ... end`. */
export function readBlock(reader: Reader, raw: RawNode): Block {
  const list = field(raw, 'parameters');
  const scope: Scope = { kind: 'block', declares: list !== null, locals: new Set(), implicit: null };
  reader.scopes.push(scope);
  const parameters = readParameters(reader, list);
  const body = readBody(reader, field(raw, 'body'));
  reader.scopes.pop();
  return { type: 'block', ...spanOf(raw), parameters, implicit: scope.implicit, body };
}

function readBlockPass(reader: Reader, raw: RawNode): BlockPass {
  const value = content(raw)[0];
  return { type: 'block-pass', ...spanOf(raw), value: value ? reader.node(value) : null };
}

/** `*a`. */
export function readSplat(reader: Reader, raw: RawNode): Splat {
  const value = content(raw)[0];
  return { type: 'splat', ...spanOf(raw), value: value ? reader.node(value) : null };
}

/** `a + b`, `a and b`. */
export function readBinary(reader: Reader, raw: RawNode): RubyNode {
  const sign = field(raw, 'operator');
  const first = field(raw, 'left');
  if (first) doubtJump(reader, first);
  const left = required(reader, first, raw.start);
  const operand = field(raw, 'right');
  const right = required(reader, operand, raw.end);
  const name = sign ? textOf(reader, sign) : '';
  // Ruby reads `a +b` as a call with an argument unless `a` is a local variable.
  if (name === '+' && sign?.end === operand?.start && first && first.end < (sign?.start ?? 0) && /^(?:identifier|call)$/.test(first.type)) reader.doubt('plus or sign');
  const logical = logicalOperators[name];
  if (logical) return { type: 'logical', ...spanOf(raw), operator: logical, left, right };
  return callNode(raw, name, sign ?? raw, { receiver: left, args: [right] });
}

/** `-a`, `!a`, `not a`, `defined?(a)`, and numbers with a sign. */
export function readUnary(reader: Reader, raw: RawNode): RubyNode {
  const sign = field(raw, 'operator');
  const name = sign ? textOf(reader, sign) : '';
  const operand = field(raw, 'operand');
  if (operand && /^(?:integer|float|rational)$/.test(operand.type) && /^[+-]$/.test(name) && (name === '+' || sign?.end === operand.start)) {
    const text = textOf(reader, raw);
    return numberNode(raw, text, numberValue(name + textOf(reader, operand)));
  }
  const value = required(reader, operand, raw.end);
  if (name === '!' || name === 'not') return { type: 'not', ...spanOf(raw), value: name === 'not' ? withoutParentheses(value) : value };
  if (name === 'defined?') return { type: 'defined', ...spanOf(raw), value: withoutParentheses(value) };
  return callNode(raw, name === '-' || name === '+' ? `${name}@` : name, sign ?? raw, { receiver: value });
}

/**
 * `a [1]`, `a -1`: what it is depends on whether `a` is a local variable, which the grammar does not know. `a { b => c }` is always a block.
 */
function noteAmbiguity(reader: Reader, name: string | null, list: RawNode): void {
  const first = reader.text[list.start] ?? '';
  if (first === '{') reader.doubt('hash or block');
  if (name !== null && /[[\-+*&/%:(?<]/.test(first)) reader.ambiguous.add(name);
}
