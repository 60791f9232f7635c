import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { github } from '../../src/formats/github.ts';
import { json } from '../../src/formats/json.ts';
import { largestSummary, markdown } from '../../src/formats/markdown.ts';
import { stylish } from '../../src/formats/stylish.ts';
import { unix } from '../../src/formats/unix.ts';
import { diagnostic, plain, resultOf } from './sample.ts';

const matcher = JSON.parse(readFileSync(new URL('../../.github/anzen-problem-matcher.json', import.meta.url), 'utf8')).problemMatcher[0];

describe('unix', () => {
  it('is one line a finding that the GitHub and VS Code problem matchers read', () => {
    const text = unix(resultOf(diagnostic(), diagnostic({ severity: 'warn', message: 'Two\nlines: 3:4: odd [x].' }), diagnostic({ severity: 'notice' })), plain);
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    const pattern = matcher.pattern[0];
    const read = lines.map((line) => new RegExp(pattern.regexp).exec(line));
    expect(read.map((match) => match && [match[pattern.file], match[pattern.line], match[pattern.column], match[pattern.severity], match[pattern.code]])).toEqual([
      ['db/migrate/20260101000000_add_index.rb', '3', '5', 'error', 'blocking-index'],
      ['db/migrate/20260101000000_add_index.rb', '3', '5', 'warning', 'blocking-index'],
      ['db/migrate/20260101000000_add_index.rb', '3', '5', 'notice', 'blocking-index'],
    ]);
    expect(vscodeMatcher().exec(lines[1] ?? '')?.slice(1, 5)).toEqual(['db/migrate/20260101000000_add_index.rb', '3', '5', 'warning']);
  });

  it('survives paths that try to be something else', () => {
    const text = unix(resultOf(diagnostic({ path: '::error::\u001b[31mx\n.rb' })), plain);
    expect(text.split('\n')).toHaveLength(2);
    expect(text.trimStart().startsWith('::')).toBe(false);
    expect(text).not.toContain('\u001b');
  });
});

describe('json', () => {
  it("is ESLint's result array", () => {
    const [file] = JSON.parse(json(resultOf(diagnostic(), diagnostic({ severity: 'warn' })), plain));
    expect(file).toMatchObject({ filePath: '/work space/db/migrate/20260101000000_add_index.rb', errorCount: 1, warningCount: 1 });
    expect(file.messages[0]).toMatchObject({ ruleId: 'blocking-index', severity: 2, line: 3, column: 5, endLine: 3, endColumn: 35, message: expect.stringContaining('"users"') });
    expect(file.messages[1].severity).toBe(1);
  });
});

describe('github', () => {
  it('escapes text and properties', () => {
    const text = github(resultOf(diagnostic({ path: 'a,b:c%.rb', message: '100% of\r\nrows' })), plain);
    expect(text).toContain('file=a%2Cb%3Ac%25.rb');
    expect(text).toContain('::100%25 of%0D%0Arows');
    expect(text.split('\n')).toHaveLength(2);
  });

  it('gives columns only to findings of one line', () => {
    expect(github(resultOf(diagnostic()), plain)).toContain('line=3,endLine=3,col=5,endColumn=35');
    expect(github(resultOf(diagnostic({ end: { line: 5, column: 2 } })), plain)).toMatch(/line=3,endLine=5,title/);
  });

  it('merges the findings of one statement, worst first', () => {
    const text = github(resultOf(diagnostic({ severity: 'warn', ruleId: 'a' }), diagnostic({ ruleId: 'b' })), plain);
    expect(text).toMatch(/^::error .*title=anzen%3A b%2C a::/);
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  });

  it('keeps to ten annotations of a severity and to 4,096 characters', () => {
    const many = Array.from({ length: 30 }, (_, at) => diagnostic({ statement: { start: { line: at + 1, column: 1 }, end: { line: at + 1, column: 9 } }, why: 'x'.repeat(9_000) }));
    const lines = github(resultOf(...many), plain).trimEnd().split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[9]).toContain('21 more statements');
    for (const line of lines) expect(line.slice(line.indexOf('::', 2) + 2).length).toBeLessThanOrEqual(4_096 + 200);
  });

  it('shows assured findings only on request, as notices', () => {
    const assured = resultOf(diagnostic({ assured: { by: 'safety_assured', reason: 'tiny' } }));
    expect(github(assured, plain)).toBe('');
    expect(github(assured, { ...plain, showAssured: true })).toMatch(/^::notice .*assured by safety_assured: tiny/);
  });
});

describe('stylish', () => {
  it('says what, why, and what to write', () => {
    const text = stylish(resultOf(diagnostic()), plain);
    expect(text).toContain('3:5  error  Creating index "index_users_on_email" blocks writes to "users".  blocking-index');
    expect(text).toContain('A SHARE lock');
    expect(text).toContain('→ Build it concurrently.');
    expect(text).toContain('          add_index :users, :email, algorithm: :concurrently');
    expect(text).toContain('1 error, 0 warnings in 1 migration');
  });

  it('has no escape sequences without colour, and no workflow command in its text', () => {
    const text = stylish(resultOf(diagnostic({ why: 'a\n::error::b\n  ##[group]c\u001b[2J' })), plain);
    expect(text).not.toContain('\u001b');
    expect(text).not.toMatch(/^\s*(::|##\[)/m);
  });
});

describe('markdown', () => {
  it('stays within what a job summary may have', () => {
    const many = Array.from({ length: 3_000 }, (_, at) => diagnostic({ statement: { start: { line: at + 1, column: 1 }, end: { line: at + 1, column: 9 } }, why: '語'.repeat(300) }));
    const text = markdown(resultOf(...many), plain);
    expect(Buffer.byteLength(text)).toBeLessThan(largestSummary);
    expect(text).toMatch(/more statements with findings do not fit/);
  });

  it('cannot be broken by names', () => {
    const text = markdown(resultOf(diagnostic({ message: 'Column "<img src=x>|`a`" @all.', remedy: { advice: 'x', steps: [{ title: 't', fileName: null, language: 'ruby', code: 'a = "```"\n' }] } })), plain);
    expect(text).not.toContain('<img');
    expect(text).toContain('````ruby');
  });
});

/** The pattern that docs/editors.md tells people to put in tasks.json. */
function vscodeMatcher(): RegExp {
  const block = /```json\n([\s\S]*?"problemMatcher"[\s\S]*?)```/.exec(readFileSync(new URL('../../docs/editors.md', import.meta.url), 'utf8'))?.[1] ?? '{}';
  return new RegExp(JSON.parse(block).tasks[0].problemMatcher.pattern.regexp);
}
