import type { Span } from '../../../source/span.ts';
import type { RubyNode } from '../../ruby/syntax.ts';
import { walk } from '../../ruby/walk.ts';

const spans = new WeakMap<RubyNode, Span>();

/** A statement's span with the lines of the heredocs that it opens, which stand behind it. */
export function statementSpan(node: RubyNode, text: string): Span {
  const opener = text.indexOf('<<', node.start);
  if (opener < 0 || opener >= node.end) return { start: node.start, end: node.end };
  const known = spans.get(node);
  if (known) return known;
  let { end } = node;
  walk(node, (inner) => {
    if (inner.type === 'string' && inner.bodySpan) end = Math.max(end, inner.bodySpan.end);
  });
  const span = { start: node.start, end };
  spans.set(node, span);
  return span;
}
