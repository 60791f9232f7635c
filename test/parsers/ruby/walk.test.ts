import { describe, expect, it } from 'vitest';
import { children, walk } from '../../../src/parsers/ruby/walk.ts';
import { parse } from './parse.ts';
import { snippets } from './snippets.ts';

describe('walk', () => {
  it('visits parents first and in source order', () => {
    const seen: string[] = [];
    walk(parse('a.b(1, c: 2) { |d = 3| "e#{f}" }').program, (node) => void seen.push(node.type));
    expect(seen).toEqual(['program', 'call', 'identifier', 'number', 'hash', 'symbol', 'number', 'block', 'number', 'string', 'identifier']);
  });

  it('skips what lies below when told to', () => {
    const seen: string[] = [];
    walk(parse('def a\n  b\nend\nc').program, (node) => {
      seen.push(node.type);
      return node.type !== 'def';
    });
    expect(seen).toEqual(['program', 'def', 'identifier']);
  });

  it('reaches nothing outside its parent, heredocs aside', () => {
    for (const text of Object.values(snippets)) {
      walk(parse(text).program, (node) => {
        if (node.type === 'string') return;
        for (const child of children(node)) expect([node.start <= child.start, child.end <= node.end]).toEqual([true, true]);
      });
    }
  });
});
