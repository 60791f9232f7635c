import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { wasmPath } from '../../src/parsers/wasm.ts';

describe('WebAssembly files', () => {
  it('are found in their packages', () => {
    for (const [name, file] of [['web-tree-sitter', 'web-tree-sitter.wasm'], ['tree-sitter-ruby', 'tree-sitter-ruby.wasm'], ['@ruby/prism', 'src/prism.wasm']] as const) {
      expect(existsSync(wasmPath(name, file))).toBe(true);
    }
  });

  it('load without a word on stderr', () => {
    const parser = new URL('../../src/parsers/ruby/parser.ts', import.meta.url).href;
    const script = `const { loadRubyParser } = await import('${parser}');
      const parse = (await loadRubyParser()).parse;
      const read = (text) => parse({ path: 'a.rb', text, lineStarts: [0] }).parser;
      console.log(read('a 1'), read('def a = b 1'));`;
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.stdout.trim()).toBe('tree-sitter prism');
  });
});
