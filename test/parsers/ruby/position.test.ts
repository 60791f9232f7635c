import { describe, expect, it } from 'vitest';
import type { Span } from '../../../src/source/span.ts';
import { callOf, nodesOf, parse } from './parse.ts';

const before = '# 日本語 🎉\r\nx = "é🎉"\r\n';

describe('spans are UTF-16 offsets', () => {
  const texts = {
    'tree-sitter': `${before}t.string(:名前, null: false) { |列| 列 }\r\n`,
    prism: `${before}t.string(:名前, null: false) { |列| 列 }\r\ndef up = execute "x"\r\n`,
  };
  for (const [parser, text] of Object.entries(texts)) {
    it(`in trees of ${parser}`, () => {
      const tree = parse(text);
      const slice = ({ start, end }: Span): string => text.slice(start, end);
      expect(tree.parser).toBe(parser);
      const call = callOf(tree, 'string');
      expect(slice(call)).toBe('t.string(:名前, null: false) { |列| 列 }');
      expect(slice(call.nameSpan)).toBe('string');
      expect(call.args.map(slice)).toEqual([':名前', 'null: false']);
      expect(call.block && slice(call.block)).toBe('{ |列| 列 }');
      expect(nodesOf(tree, 'symbol').map(slice)).toEqual([':名前', 'null']);
      expect(tree.comments.map(slice)).toEqual(['# 日本語 🎉']);
    });
  }
});

describe('names', () => {
  it('keep characters beyond ASCII', () => {
    const tree = parse('class Élan < B\n  def 実行?(引数, 鍵: 1) = 引数\n  foo(名前: 1, 年齢:)\nend\n');
    expect(nodesOf(tree, 'class')[0]?.name).toBe('Élan');
    expect(nodesOf(tree, 'def')[0]).toMatchObject({ name: '実行?', parameters: [{ name: '引数' }, { name: '鍵' }] });
    expect(nodesOf(tree, 'symbol').map((symbol) => symbol.parts)).toMatchObject([[{ value: '名前' }], [{ value: '年齢' }]]);
  });

  it('of operators and writes stand at the operator', () => {
    const text = 'a + b\na.c = 1\nd[1] = 2\n-e\n';
    const calls = nodesOf(parse(text), 'call').map((call) => [call.name, text.slice(call.nameSpan.start, call.nameSpan.end)]);
    expect(calls).toEqual([['+', '+'], ['c=', 'c'], ['[]=', '[1]'], ['-@', '-']]);
  });
});

describe('comments', () => {
  const tree = parse('# a\nb # c\n  #d\n=begin\ne\n f\n=end\n"#{g # h\n}" # i\n__END__\n# j\n');

  it('come without their marker', () => {
    expect(tree.comments.map((comment) => comment.text)).toEqual([' a', ' c', 'd', 'e\n f\n', ' h', ' i']);
  });

  it('are trailing when code stands before them', () => {
    expect(tree.comments.map((comment) => comment.trailing)).toEqual([false, true, false, false, true, true]);
  });

  it('end where the data begins', () => {
    expect(tree.dataAt).toBe(tree.source.text.indexOf('__END__'));
    expect(parse('x').dataAt).toBeNull();
  });
});
