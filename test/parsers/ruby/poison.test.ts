import { describe, expect, it } from 'vitest';
import { loadRubyParser } from '../../../src/parsers/ruby/parser.ts';
import { createSource } from '../../../src/source/source.ts';

const parser = await loadRubyParser();
const errors = (text: string) => parser.parse(createSource('a.rb', text)).errors;

describe('one hostile file', () => {
  it.each([
    ['a chain of operators', `x = ${Array.from({ length: 3_000 }, () => "'a'").join(' + ')}\n`],
    ['a longer one', `x = ${Array.from({ length: 40_000 }, () => '1').join(' + ')}\n`],
    ['a chain of calls', `x${'.y'.repeat(20_000)}\n`],
    ['nested brackets', `x = ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
  ])('does not spoil the files after it: %s', (_, hostile) => {
    for (let round = 0; round < 3; round++) {
      errors(hostile);
      expect(errors('class AddNote < ActiveRecord::Migration[7.1]\n  def change\n    add_column :users, :note, "#{1}text"\n  end\nend\n')).toEqual([]);
    }
  });
});
