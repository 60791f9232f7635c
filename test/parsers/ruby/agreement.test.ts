import { globSync } from 'tinyglobby';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { unpatched } from '../../../src/parsers/ruby/patch.ts';
import { readWithPrism } from '../../../src/parsers/ruby/prism.ts';
import { loadTreeSitter } from '../../../src/parsers/ruby/tree-sitter.ts';
import { snippets } from './snippets.ts';

const treeSitter = await loadTreeSitter();

/** Where tree-sitter does not see what Ruby sees, and the adapter knows it: Prism's tree is taken. */
const leftToPrism = new Set([
  'endless methods', 'heredoc in interpolation', 'local variables decide', 'japanese heredoc',
]);

/** Fixtures of the rule ruby-syntax and situation (b): they are no valid Ruby. */
const invalid = new Set(globSync(['rules/ruby-syntax/bad/*.rb', 'situations/b-*/bad/*kana*.rb'], { cwd: fileURLToPath(new URL('../../../fixtures/', import.meta.url)) }).map((file) => file.split('/').at(-1)));

describe('tree-sitter and Prism', () => {
  for (const [name, text] of Object.entries(snippets)) {
    it(`agree on ${name}`, () => {
      const first = treeSitter.read(unpatched(text));
      const second = readWithPrism(unpatched(text));
      expect(second?.errors).toEqual([]);
      expect(first.damaged || first.doubts.length > 0).toBe(leftToPrism.has(name));
      if (leftToPrism.has(name)) return;
      expect(first.program).toEqual(second?.program);
      expect(first.comments).toEqual(second?.comments);
      expect(first.dataAt).toBe(second?.dataAt);
    });
  }
});

describe('every fixture', () => {
  const root = fileURLToPath(new URL('../../../fixtures/', import.meta.url));
  const files = globSync('**/*.rb', { cwd: root }).sort();

  it('reads the same with both, or is damaged for both', () => {
    expect(files.length).toBeGreaterThan(400);
    const different = files.filter((file) => {
      const text = readFileSync(root + file, 'utf8');
      const first = treeSitter.read(unpatched(text));
      const second = readWithPrism(unpatched(text));
      if (first.damaged || first.doubts.length > 0) return !invalid.has(file.split('/').at(-1) ?? '');
      return JSON.stringify(first.program) !== JSON.stringify(second?.program);
    });
    expect(different).toEqual([]);
  });
});
