import { jumpValue, other } from '../build.ts';
import type { Body, Case, If, Jump, Loop, RangeNode, RubyNode } from '../syntax.ts';
import { readTarget } from './assignment.ts';
import { readArguments } from './call.ts';
import { readPattern } from './pattern.ts';
import type { RawNode } from './raw.ts';
import type { Reader } from './reader.ts';
import { content, field, fields, required, spanOf, statements, textOf, token } from './reader.ts';

/** `if`, `unless`. */
export function readIf(reader: Reader, raw: RawNode): If {
  const negated = raw.type === 'unless';
  const alternative = field(raw, 'alternative');
  if (negated && alternative?.type === 'elsif') reader.doubt('elsif after unless');
  return {
    type: 'if',
    ...spanOf(raw),
    negated,
    condition: required(reader, field(raw, 'condition'), raw.start),
    then: statements(reader, field(raw, 'consequence')),
    otherwise: readAlternative(reader, alternative, raw.end),
  };
}

/** An `elsif` reaches to the `end` of the whole, as Prism has it. */
function readAlternative(reader: Reader, raw: RawNode | null, end: number): RubyNode[] {
  if (raw?.type !== 'elsif') return statements(reader, raw);
  return [reader.nested({ start: raw.start, end }, () => {
    const condition = required(reader, field(raw, 'condition'), raw.start);
    const then = statements(reader, field(raw, 'consequence'));
    return { type: 'if', start: raw.start, end, negated: false, condition, then, otherwise: readAlternative(reader, field(raw, 'alternative'), end) };
  })];
}

/** `a if b`, `a unless b`. */
export function readIfModifier(reader: Reader, raw: RawNode): If {
  const condition = required(reader, field(raw, 'condition'), raw.end);
  const then = [required(reader, field(raw, 'body'), raw.start)];
  return { type: 'if', ...spanOf(raw), negated: raw.type === 'unless_modifier', condition, then, otherwise: [] };
}

/** `a ? b : c`. */
export function readTernary(reader: Reader, raw: RawNode): If {
  const part = (name: string): RubyNode => required(reader, field(raw, name), raw.end);
  return { type: 'if', ...spanOf(raw), negated: false, condition: part('condition'), then: [part('consequence')], otherwise: [part('alternative')] };
}

/** `while`, `until` and their modifiers. */
export function readLoop(reader: Reader, raw: RawNode): Loop {
  const keyword = raw.type.startsWith('while') ? 'while' : 'until';
  const body = field(raw, 'body');
  const condition = required(reader, field(raw, 'condition'), raw.start);
  const nodes = body?.type === 'do' ? statements(reader, body) : [required(reader, body, raw.start)];
  return { type: 'loop', ...spanOf(raw), keyword, condition, variables: [], body: nodes };
}

/** `for a, b in c`; `condition` is what is gone through. */
export function readFor(reader: Reader, raw: RawNode): Loop {
  const pattern = field(raw, 'pattern');
  const targets = pattern?.type === 'left_assignment_list' ? content(pattern) : pattern ? [pattern] : [];
  const value = field(raw, 'value');
  return {
    type: 'loop',
    ...spanOf(raw),
    keyword: 'for',
    condition: required(reader, value ? content(value)[0] : null, raw.start),
    variables: targets.map((target) => readTarget(reader, target)),
    body: statements(reader, field(raw, 'body')),
  };
}

/** `case ... when`. */
export function readCase(reader: Reader, raw: RawNode): Case {
  const value = field(raw, 'value');
  const branches = content(raw).filter((child) => child.type === 'when').map((when) => ({
    patterns: fields(when, 'pattern').flatMap((pattern) => statements(reader, pattern)),
    body: statements(reader, field(when, 'body')),
  }));
  const last = content(raw).find((child) => child.type === 'else') ?? null;
  return { type: 'case', ...spanOf(raw), subject: value ? reader.node(value) : null, branches, otherwise: statements(reader, last) };
}

/** `case ... in`. */
export function readCaseMatch(reader: Reader, raw: RawNode): Case {
  const value = field(raw, 'value');
  const branches = fields(raw, 'clauses').map((clause) => ({
    patterns: [readPattern(reader, field(clause, 'pattern'), field(clause, 'guard'), clause)],
    body: statements(reader, field(clause, 'body')),
  }));
  return { type: 'case', ...spanOf(raw), subject: value ? reader.node(value) : null, branches, otherwise: statements(reader, field(raw, 'else')) };
}

/** `a => pattern`, `a in pattern`. */
export function readMatch(reader: Reader, raw: RawNode): RubyNode {
  return other('match', raw, [required(reader, field(raw, 'value'), raw.start), readPattern(reader, field(raw, 'pattern'), null, raw)]);
}

/** `return`, `break`, `next`, `redo`, `retry`. */
export function readJump(reader: Reader, raw: RawNode): Jump {
  const list = raw.children.find((child) => child.type === 'argument_list');
  const keyword = raw.type as Jump['keyword'];
  if (!list) return { type: 'jump', ...spanOf(raw), keyword, value: null };
  const { args } = readArguments(reader, list.children);
  const body: Body = { type: 'body', ...spanOf(list), body: args };
  return { type: 'jump', ...spanOf(raw), keyword, value: token(list, '(') ? body : jumpValue(args) };
}

/** `a..b`. */
export function readRange(reader: Reader, raw: RawNode): RangeNode {
  const from = field(raw, 'begin');
  const to = field(raw, 'end');
  const sign = field(raw, 'operator');
  const exclusive = sign !== null && textOf(reader, sign) === '...';
  if (!to && /^[ \t]*(?:#[^\n]*)?\r?\n/.test(reader.text.slice(raw.end, raw.end + 200))) reader.doubt('range that may go on in the next line');
  return { type: 'range', ...spanOf(raw), from: from ? reader.node(from) : null, to: to ? reader.node(to) : null, exclusive };
}
