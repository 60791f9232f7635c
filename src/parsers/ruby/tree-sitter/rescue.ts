import type { Begin, RubyNode } from '../syntax.ts';
import type { Clause } from '../build.ts';
import { implicitSpan, rescueModifier } from '../build.ts';
import type { RawNode } from './raw.ts';
import type { Reader } from './reader.ts';
import { content, field, required, spanOf, statements } from './reader.ts';

const clauseTypes = new Set(['rescue', 'else', 'ensure']);

/** The body of a class, method or block; with `rescue` or `ensure` in it, one `begin`. */
export function readBody(reader: Reader, raw: RawNode | null): RubyNode[] {
  if (!raw) return [];
  if (raw.type !== 'body_statement' && raw.type !== 'block_body') return [reader.node(raw)];
  const children = content(raw);
  if (!children.some((child) => clauseTypes.has(child.type))) return children.map((child) => reader.node(child));
  const { parts, clauses } = readClauses(reader, children);
  return [{ type: 'begin', ...implicitSpan(parts.body, clauses), ...parts }];
}

/** `begin ... end`. */
export function readBegin(reader: Reader, raw: RawNode): Begin {
  return { type: 'begin', ...spanOf(raw), ...readClauses(reader, content(raw)).parts };
}

/** `a rescue b`. */
export function readRescueModifier(reader: Reader, raw: RawNode): Begin {
  return rescueModifier(raw, required(reader, field(raw, 'body'), raw.start), required(reader, field(raw, 'handler'), raw.end));
}

function readClauses(reader: Reader, children: readonly RawNode[]): { parts: Pick<Begin, 'body' | 'rescues' | 'otherwise' | 'ensure'>; clauses: Clause[] } {
  const body: RubyNode[] = [];
  const rescues: Begin['rescues'][number][] = [];
  const otherwise: RubyNode[] = [];
  const ensure: RubyNode[] = [];
  const clauses: Clause[] = [];
  for (const child of children) {
    if (!clauseTypes.has(child.type)) {
      body.push(reader.node(child));
      continue;
    }
    const keyword = { start: child.start, end: child.start + child.type.length };
    if (child.type === 'rescue') {
      const rescue = readRescue(reader, child);
      rescues.push(rescue);
      clauses.push({ keyword, nodes: [...rescue.classes, ...(rescue.variable ? [rescue.variable] : []), ...rescue.body] });
      continue;
    }
    const nodes = statements(reader, child);
    (child.type === 'else' ? otherwise : ensure).push(...nodes);
    clauses.push({ keyword, nodes });
  }
  return { parts: { body, rescues, otherwise, ensure }, clauses };
}

function readRescue(reader: Reader, raw: RawNode): Begin['rescues'][number] {
  const exceptions = field(raw, 'exceptions');
  const variable = field(raw, 'variable');
  const target = variable ? content(variable)[0] : null;
  return {
    classes: statements(reader, exceptions),
    variable: target ? reader.node(target) : null,
    body: statements(reader, field(raw, 'body')),
  };
}
