import { describe, expect, it } from 'vitest';
import { callNames, nodesOf, parse } from './parse.ts';

interface Case {
  readonly text: string;
  /** What the error points at. */
  readonly at: string;
  readonly line: number;
  readonly says: string;
  readonly calls: readonly string[];
}

const migration = (...lines: string[]): string => ['class A < M', '  def change', ...lines.map((line) => `    ${line}`), '  end', 'end', ''].join('\n');

const cases: Record<string, Case> = {
  'a class named in kana': {
    text: 'class 重複エラー < StandardError\nend\nclass A < M\n  def up\n    add_column :a, :b, :c\n  end\nend\n',
    at: '重複エラー', line: 1, calls: ['add_column'],
    says: '"重複エラー" cannot name a class: a class name begins with a capital letter (A to Z or another upper-case letter).',
  },
  'a module named in lower case': {
    text: 'module helpers\n  def a = b(1)\nend\n', at: 'helpers', line: 1, calls: ['b'],
    says: '"helpers" cannot name a module: a module name begins with a capital letter (A to Z or another upper-case letter).',
  },
  'a missing end of a method': {
    text: 'class A < M\n  def up\n    a 1\n\n  def down\n    b 1\n  end\nend\n', at: 'def', line: 2, calls: ['a', 'b'],
    says: 'This "def" is never closed: an "end" is missing.',
  },
  'a missing end of a condition': {
    text: migration('if x', '  a 1'), at: 'if', line: 3, calls: ['a'], says: 'This "if" is never closed: an "end" is missing.',
  },
  'a missing end of a block': {
    text: migration('create_table :a do |t|', '  t.string :b'), at: 'do', line: 3, calls: ['create_table', 'string'], says: 'This "do" is never closed: an "end" is missing.',
  },
  'a missing end at the end': {
    text: 'class A < M\n  def up\n    a 1\n  end\n', at: 'class', line: 1, calls: ['a'], says: 'This "class" is never closed: an "end" is missing.',
  },
  'an end too many': { text: migration('a 1', 'end'), at: 'end', line: 4, calls: ['a'], says: 'This "end" closes nothing.' },
  'else if': {
    text: migration('if x', '  a 1', 'else if y', '  b 1', 'end'), at: 'else if', line: 5, calls: ['a', 'b'],
    says: 'This "else if" opens a second "if" that is never closed: write "elsif", or add an "end".',
  },
  'elsif after unless': { text: migration('unless x', '  a 1', 'elsif y', '  b 1', 'end'), at: 'elsif', line: 5, calls: ['a', 'b'], says: '"elsif" cannot stand in an "unless".' },
  'a missing parenthesis': { text: migration('a(:x, b(1)', 'c :y'), at: '(', line: 3, calls: ['a', 'b', 'c'], says: 'This "(" is never closed: a ")" is missing.' },
  'a missing bracket': { text: migration('a :x, [:y, :z', 'b :y'), at: '[', line: 3, calls: ['a', 'b'], says: 'This "[" is never closed: a "]" is missing.' },
  'a missing brace of an interpolation': { text: migration('a "x #{y"', 'b :y'), at: '#{', line: 3, calls: ['a', 'b'], says: 'This "#{" is never closed: a "}" is missing.' },
  'a bracket that nothing opens': {
    text: 'class A < ActiveRecord::Migration7.1]\n  def up\n    a 1\n  end\nend\n', at: ']', line: 1, calls: ['[]', 'a'],
    says: 'This "]" closes nothing: a "[" is missing before it.',
  },
  'a missing double quote': {
    text: migration('a "x y', 'b 1', 'c "z"'), at: '"', line: 3, calls: ['a', 'b', 'c'], says: 'The string that opens here is never closed: a double quote (") is missing.',
  },
  'a missing single quote': {
    text: migration("a 'x', :y", "b 'z", 'c 1'), at: "'", line: 4, calls: ['a', 'b', 'c'], says: "The string that opens here is never closed: a single quote (') is missing.",
  },
  'a heredoc without end': {
    text: migration('a <<~SQL', '  select 1', 'b 1'), at: '<<~SQL', line: 3, calls: ['a', 'b'], says: 'The heredoc "SQL" never ends: no line holds "SQL" alone.',
  },
  'a heredoc whose end is indented': {
    text: migration('a <<SQL', '  select 1', 'SQL', 'b 1'), at: '<<SQL', line: 3, calls: ['a', 'b'], says: 'The heredoc "SQL" never ends: its last line is indented. Write "<<~SQL".',
  },
  'a missing comma': { text: migration('a :x, b: 1 c: 2', 'd 1'), at: 'c', line: 3, calls: ['a', 'd'], says: 'A comma is missing before "c".' },
  'a comma too many': { text: migration('a :x,', 'b :y, 1'), at: ',', line: 3, calls: ['a', 'b'], says: 'Nothing follows this comma.' },
  'a merge conflict': {
    text: 'class A < M\n  def up\n<<<<<<< HEAD\n    a 1\n=======\n    b 1\n>>>>>>> x\n    c 1\n  end\nend\n', at: '<<<<<<< HEAD', line: 3, calls: ['a', 'b', 'c'],
    says: 'A merge conflict is left here.',
  },
  'typographic quotes': { text: migration('a “select 1”', 'b 1'), at: '“', line: 3, calls: ['a', 'b'], says: 'The typographic quotation mark “ does not open a string: write " or \'.' },
  'full-width spaces': {
    text: 'class A < M\n　　def up\n    a 1\n  end\nend\n', at: '　', line: 2, calls: ['a'],
    says: 'A special space (U+3000) stands here; Ruby takes it for part of a name. Write a plain space.',
  },
  'a NUL character': { text: 'a 1\n\0b 1\n', at: '\0', line: 2, calls: ['a', 'b'], says: 'Ruby reads no further than the control character U+0000 here.' },
  'a constant assigned in a method': { text: migration('X = 1', 'a 1'), at: 'X = 1', line: 3, calls: ['a'], says: 'A constant cannot be assigned inside a method.' },
  'a return in a class': { text: 'class A\n  return if x\n  a 1\nend\n', at: 'return', line: 2, calls: ['a'], says: '"return" cannot stand in a class or module body.' },
  'two parameters of one name': { text: 'def x(b, b)\n  a 1\nend\n', at: 'b', line: 1, calls: ['a'], says: 'Two parameters are named "b".' },
  'a template': {
    text: 'class <%= name %> < M\n  def change\n  end\nend\n', at: '<%', line: 1, calls: ['[]'].slice(1), says: 'The file is an ERB template, not Ruby code.',
  },
};

describe('one root cause gives one error at its place, and the rest is read', () => {
  for (const [name, { text, at, line, says, calls }] of Object.entries(cases)) {
    it(name, () => {
      const tree = parse(text);
      expect(tree.errors.map((error) => error.message)).toEqual([says]);
      const [error] = tree.errors;
      expect(text.slice(error?.start, error?.end)).toBe(at);
      expect(text.slice(0, error?.start).split('\n').length).toBe(line);
      expect(callNames(tree)).toEqual(calls);
    });
  }

  it('two causes give two errors', () => {
    const tree = parse(migration('a(1', 'b :x :y', 'c 1'));
    expect(tree.errors.map((error) => error.message)).toEqual(['This "(" is never closed: a ")" is missing.', 'A comma is missing before ":".']);
    expect(callNames(tree)).toEqual(['a', 'b', 'c']);
  });

  it('spans of a repaired file are those of the file', () => {
    const text = migration('a "x', 'b(:y, [1, 2)', 'c :z');
    const tree = parse(text);
    for (const call of nodesOf(tree, 'call')) expect(text.slice(call.nameSpan.start, call.nameSpan.end)).toBe(call.name);
    expect(nodesOf(tree, 'class').map((node) => text.slice(node.start, node.end))).toEqual([text.trimEnd()]);
  });

  it('a name that cannot be a constant keeps its own letters', () => {
    expect(nodesOf(parse('class 重複エラー\nend\n'), 'class')[0]?.name).toBe('重複エラー');
  });
});
