import { describe, expect, it } from 'vitest';
import type { StringNode } from '../../../src/parsers/ruby/syntax.ts';
import { nodesOf, parse, valueOf } from './parse.ts';

function strings(text: string): StringNode[] {
  return nodesOf(parse(text), 'string');
}

function values(text: string): string[] {
  return strings(text).map(valueOf);
}

describe('values of strings', () => {
  it('reads the escapes of double quotes', () => {
    expect(values(String.raw`x "a\n\t\s\\\"\q", "\u3042\u{1F389 41}", "\x41\101\cA\C-a"`)).toEqual(['a\n\t \\"q', 'あ🎉A', 'AA\x01\x01']);
  });

  it('keeps backslashes of single quotes but for the quote and themselves', () => {
    expect(values(String.raw`x 'a\nb', 'a\'b\\', %q(a\)\x)`)).toEqual(['a\\nb', "a'b\\", 'a)\\x']);
  });

  it('joins byte escapes to characters', () => {
    expect(values(String.raw`x "\xE3\x81\x82!", "\xff"`)).toEqual(['あ!', '\ufffd']);
  });

  it('joins adjacent literals and lines that a backslash joins', () => {
    expect(values('x "a" \'b\' \\\n  "c"\ny "d \\\n  e"')).toEqual(['abc', 'd   e']);
  });

  it('splits words at plain white space only', () => {
    expect(values('%w[a\\ b 名　前\n\\\\c]')).toEqual(['a b', '名　前', '\\c']);
  });

  it('reads line ends as line feeds', () => {
    expect(values('x "a\r\nb"\r\n')).toEqual(['a\nb']);
  });
});

describe('heredocs', () => {
  it('take away the least indentation, blank lines aside', () => {
    expect(values('x <<~A\n    a\n      b\n\n   \n    c\nA\n')).toEqual(['a\n  b\n\n\nc\n']);
  });

  it('count a tab up to the next multiple of eight and never cut one', () => {
    expect(values('x <<~A\n\ta\n    b\nA\n')).toEqual(['\ta\nb\n']);
    expect(values('x <<~A\n\ta\n        b\nA\n')).toEqual(['a\nb\n']);
  });

  it('count neither escapes nor what an interpolation yields as indentation', () => {
    expect(values('x <<~A\n  \\ta\n    #{b}\n      c\nA\n')).toEqual(['\ta\n  #{}\n    c\n']);
  });

  it('leave the lines of an interpolation alone', () => {
    const [outer, inner] = strings('x <<~A\n  a #{b "c\n d"} e\n    f\nA\n');
    expect(outer && valueOf(outer)).toBe('a #{} e\n  f\n');
    expect(inner && valueOf(inner)).toBe('c\n d');
  });

  it('read no escapes and interpolations when raw', () => {
    expect(values("x <<~'A'\n  a\\n #{b}\nA\n")).toEqual(['a\\n #{b}\n']);
  });

  it('belong to their markers in order', () => {
    expect(values('x(<<~A, <<-B, c: <<C)\n  a\nA\n  b\n  B\n  c\nC\n')).toEqual(['a\n', '  b\n', '  c\n']);
  });

  it('are found inside the interpolation of another', () => {
    const [outer, inner] = strings('x <<~A\n  a #{b <<~B} c\n    in\n  B\n  d\nA\n');
    expect(outer && valueOf(outer)).toBe('a #{} c\nd\n');
    expect(inner && valueOf(inner)).toBe('in\n');
  });

  it('stand at their marker and know where their lines are', () => {
    const text = 'x <<~A.strip\r\n  a\r\n  A\r\n';
    const [heredoc] = strings(text);
    expect(heredoc && text.slice(heredoc.start, heredoc.end)).toBe('<<~A');
    expect(heredoc?.bodySpan && text.slice(heredoc.bodySpan.start, heredoc.bodySpan.end)).toBe('  a\r\n');
    expect(heredoc && valueOf(heredoc)).toBe('a\n');
  });
});

describe('runs of strings', () => {
  const text = 'x "日本🎉 a\\nb#{c}d", <<~A\n    あ\n      い \\t う\n    A\n';
  const parts = strings(text).flatMap((string) => string.parts);

  it('are exact when they are copies of the source', () => {
    const exact = parts.filter((part) => part.kind === 'literal' && part.exact);
    for (const part of exact) expect(part.kind === 'literal' && part.value).toBe(text.slice(part.start, part.end));
    expect(exact.map((part) => text.slice(part.start, part.end))).toEqual(['日本🎉 a', 'b', 'd', 'あ\n', '  い ', ' う\n']);
  });

  it('stand for the escape when they are not', () => {
    const escapes = parts.filter((part) => part.kind === 'literal' && !part.exact);
    expect(escapes.map((part) => text.slice(part.start, part.end))).toEqual(['\\n', '\\t']);
  });

  it('are one empty run in an empty string', () => {
    expect(strings('x ""')[0]?.parts).toEqual([{ kind: 'literal', value: '', exact: true, start: 3, end: 3 }]);
  });
});
