import type { Diagnostic } from '../../src/lint/diagnostic.ts';
import type { LintResult } from '../../src/lint/result.ts';
import { summarize } from '../../src/lint/summary.ts';

/** A diagnostic with sensible parts, changed as wanted. */
export function diagnostic(change: Partial<Diagnostic> = {}): Diagnostic {
  return {
    ruleId: 'blocking-index', hazard: 'blocks', severity: 'error', path: 'db/migrate/20260101000000_add_index.rb',
    span: { start: 60, end: 90 }, start: { line: 3, column: 5 }, end: { line: 3, column: 35 },
    statement: { start: { line: 3, column: 5 }, end: { line: 3, column: 35 } },
    message: 'Creating index "index_users_on_email" blocks writes to "users".', why: 'A SHARE lock is held until the index is built.',
    remedy: { advice: 'Build it concurrently.', steps: [{ title: 'The index, concurrently', fileName: 'db/migrate/YYYYMMDDHHMMSS_index.rb', language: 'ruby', code: 'add_index :users, :email, algorithm: :concurrently\n' }] },
    related: [], assured: null, fingerprint: '0123456789abcdef', ...change,
  };
}

/** A result of one file with these diagnostics. */
export function resultOf(...diagnostics: Diagnostic[]): LintResult {
  return summarize([{ path: diagnostics[0]?.path ?? 'db/migrate/1_a.rb', diagnostics, suppressed: [] }], []);
}

/** Plain options. */
export const plain = { color: false, showAssured: false, workspace: '/work space', pathPrefix: '' };
