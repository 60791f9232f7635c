import type { ClassNode, Def, Lambda, ModuleNode, Parameter, RubyNode, SingletonClass } from '../syntax.ts';
import type { RawNode } from './raw.ts';
import type { Reader, Scope } from './reader.ts';
import { content, field, spanOf, textOf } from './reader.ts';
import { readBody } from './rescue.ts';

/** `class A < B`. */
export function readClass(reader: Reader, raw: RawNode): ClassNode {
  const superclass = field(raw, 'superclass');
  const parent = superclass ? content(superclass)[0] : null;
  return { type: 'class', ...spanOf(raw), ...readName(reader, raw), superclass: parent ? reader.node(parent) : null, body: readScopedBody(reader, raw) };
}

/** `module A`. */
export function readModule(reader: Reader, raw: RawNode): ModuleNode {
  return { type: 'module', ...spanOf(raw), ...readName(reader, raw), body: readScopedBody(reader, raw) };
}

/** `class << self`. */
export function readSingletonClass(reader: Reader, raw: RawNode): SingletonClass {
  return { type: 'singleton-class', ...spanOf(raw), body: readScopedBody(reader, raw) };
}

/** `def a`, `def self.a`, `def a = b`. */
export function readMethod(reader: Reader, raw: RawNode): Def {
  const { name, nameSpan } = readName(reader, raw);
  reader.scopes.push(methodScope());
  const parameters = readParameters(reader, field(raw, 'parameters'));
  const body = readBody(reader, field(raw, 'body'));
  reader.scopes.pop();
  return { type: 'def', ...spanOf(raw), name, nameSpan, onSelf: raw.type === 'singleton_method', parameters, body };
}

/** `-> (a) { }`. */
export function readLambda(reader: Reader, raw: RawNode): Lambda {
  const list = field(raw, 'parameters');
  const block = field(raw, 'body');
  reader.scopes.push({ kind: 'block', declares: list !== null, locals: new Set(), implicit: null });
  const parameters = readParameters(reader, list);
  const body = readBody(reader, block ? field(block, 'body') : null);
  reader.scopes.pop();
  return { type: 'lambda', ...spanOf(raw), parameters, body };
}

/** The parameters of a method, block or lambda; those a block declares for itself (`|a; b|`) are left out. */
export function readParameters(reader: Reader, raw: RawNode | null): Parameter[] {
  return raw ? content(raw).filter((child) => child.field !== 'locals').map((child) => readParameter(reader, child)) : [];
}

const kinds: Readonly<Record<string, Parameter['kind']>> = {
  identifier: 'required',
  optional_parameter: 'optional',
  splat_parameter: 'rest',
  forward_parameter: 'rest',
  keyword_parameter: 'keyword',
  hash_splat_parameter: 'keyword-rest',
  hash_splat_nil: 'keyword-rest',
  block_parameter: 'block',
};

function readParameter(reader: Reader, raw: RawNode): Parameter {
  if (raw.type === 'destructured_parameter') {
    return { kind: 'destructured', name: '', default: null, parts: readParameters(reader, raw), ...spanOf(raw) };
  }
  const value = field(raw, 'value');
  const name = parameterName(reader, raw);
  reader.locals.add(name);
  reader.scopes.at(-1)?.locals.add(name);
  return { kind: kinds[raw.type] ?? 'required', name, default: value ? reader.node(value) : null, ...spanOf(raw) };
}

function parameterName(reader: Reader, raw: RawNode): string {
  if (raw.type === 'forward_parameter') return '...';
  if (raw.type === 'hash_splat_nil') return 'nil';
  const name = raw.type === 'identifier' ? raw : field(raw, 'name');
  return name ? textOf(reader, name) : '';
}

function readName(reader: Reader, raw: RawNode): { name: string; nameSpan: { start: number; end: number } } {
  const name = field(raw, 'name');
  if (!name) return { name: '', nameSpan: { start: raw.start, end: raw.start } };
  return { name: textOf(reader, name).replaceAll(/\s/g, ''), nameSpan: spanOf(name) };
}

function readScopedBody(reader: Reader, raw: RawNode): RubyNode[] {
  reader.scopes.push(methodScope());
  const body = readBody(reader, field(raw, 'body'));
  reader.scopes.pop();
  return body;
}

function methodScope(): Scope {
  return { kind: 'method', declares: true, locals: new Set(), implicit: null };
}
