import { describe, expect, it } from 'vitest';
import { callNames, nodesOf, parse } from './parse.ts';

const tooDeep = ['The code is nested too deep here to be read.'];

function messages(text: string): string[] {
  return parse(text).errors.map((error) => error.message);
}

describe('nesting', () => {
  const deep: Record<string, string> = {
    parentheses: `a 1\nx = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\nb 1\n`,
    arrays: `a 1\nx = ${'['.repeat(10_000)}${']'.repeat(10_000)}\nb 1\n`,
    sums: `a 1\nx = ${'y + '.repeat(5_000)}1\nb 1\n`,
    chains: `a 1\nx${'.y'.repeat(5_000)}\nb 1\n`,
    elsif: `a 1\nif x\n${'elsif y\n'.repeat(3_000)}end\nb 1\n`,
  };
  for (const [name, text] of Object.entries(deep)) {
    it(`of ${name} is cut off with an error, and the rest is read`, () => {
      expect(messages(text)).toEqual(tooDeep);
      expect(callNames(parse(text))).toEqual(expect.arrayContaining(['a', 'b']));
    });
  }

  it('of interpolations is cut off with an error', () => {
    expect(messages(`x = ${'"#{'.repeat(2_000)}${'}"'.repeat(2_000)}\n`)).toEqual(tooDeep);
  });

  it('that never closes gives one error', () => {
    expect(messages('['.repeat(50_000))).toHaveLength(1);
  });
});

describe('odd files', () => {
  it('empty ones hold nothing', () => {
    expect(parse('')).toMatchObject({ program: { start: 0, end: 0, body: [] }, errors: [], comments: [], dataAt: null });
    expect(messages(' \r\n\n')).toEqual([]);
  });

  it('a byte order mark that became a space is harmless', () => {
    expect(parse(' class A\nend\n').errors).toEqual([]);
  });

  it('binary data is told as such', () => {
    const bytes = Uint8Array.from({ length: 4_000 }, (_, index) => (index * 73 + (index >> 3) * 31) & 0xff);
    expect(messages(new TextDecoder().decode(bytes))).toEqual(['The file holds binary data, not Ruby code.']);
  });

  it('control characters in strings, comments and data are harmless', () => {
    expect(messages('a "\0", <<~B # \x1a\n  \x04\nB\n__END__\n\0')).toEqual([]);
  });

  it('lone surrogates are kept', () => {
    expect(nodesOf(parse('a "\ud800b"'), 'string')[0]?.parts).toMatchObject([{ value: '\ud800b', exact: true }]);
  });

  it('long ones are read by Prism', () => {
    const line = 'add_column :users, :name, :string\n';
    const tree = parse(line.repeat(15_000));
    expect(tree).toMatchObject({ parser: 'prism', errors: [] });
    expect(tree.program.body).toHaveLength(15_000);
  });

  it('what only older releases take is valid', () => {
    expect(messages('a { |x| it }\nb[c: 1] = 2\n')).toEqual([]);
  });

  it('an encoding comment does not count: the text is decoded already', () => {
    expect(nodesOf(parse('# encoding: euc-jp\na "日本"\ndef up = b "x"\n'), 'string')[0]?.parts).toMatchObject([{ value: '日本' }]);
  });
});
