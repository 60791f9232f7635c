import type { Comment, Migration } from '../operations/index.ts';
import type { Span } from '../source/span.ts';
import { countBefore } from '../source/search.ts';

/** A comment that silences rules. */
export interface Directive {
  /** `next-line` binds to the statement that starts after it (or stands on its own line); `file` to the whole file. */
  readonly scope: 'next-line' | 'file';
  /** Rule ids; empty means every rule. */
  readonly rules: readonly string[];
  /** What stands after ` -- `, or null. */
  readonly reason: string | null;
  /** The comment. */
  readonly at: Span;
  /** What it covers. Null when nothing follows it. */
  readonly covers: Span | null;
}

const form = /^\s*anzen-disable(-next-line|-line)?(?=[\s:]|$)[\s:]*(.*)$/s;

/**
 * Reads the directives of a migration: `anzen-disable-next-line RULE, RULE -- reason` (also trailing on the statement's own line, as
 * `anzen-disable-line`) and `anzen-disable RULE -- reason` for the file. They bind to the whole statement, not to a line.
 */
export function readDirectives(migration: Migration): Directive[] {
  return migration.comments.flatMap((comment) => {
    const match = form.exec(comment.text);
    if (!match) return [];
    const [, suffix, rest = ''] = match;
    const { names, reason } = namesAndReason(rest);
    const scope = suffix ? 'next-line' : 'file';
    return [{
      scope,
      rules: names,
      reason,
      at: { start: comment.start, end: comment.end },
      covers: scope === 'file' ? fileOf(comment, migration) : statementFor(comment, migration),
    } satisfies Directive];
  });
}

/** The file that a comment stands in. */
function fileOf(comment: Comment, { files, source }: Migration): Span {
  const file = files?.find(({ start, end }) => start <= comment.start && comment.end <= end);
  return file ? { start: file.start, end: file.end } : { start: 0, end: source.text.length };
}

/** What stands behind a directive's word: names, and after two dashes the reason. */
export function namesAndReason(rest: string): { readonly names: readonly string[]; readonly reason: string | null } {
  const cut = /(?:^|\s)--(?:\s|$)/.exec(rest);
  return {
    names: (cut ? rest.slice(0, cut.index) : rest).split(/[\s,]+/).filter(Boolean),
    reason: cut ? rest.slice(cut.index + cut[0].length).trim() || null : null,
  };
}

/** The statement a comment speaks of: the one it trails, the innermost one that starts after it when only comments and blanks lie between, or null. */
export function statementFor(comment: Comment, migration: Migration): Span | null {
  if (comment.trailing) return statementOnLine(comment, migration);
  const sorted = candidates(migration);
  return sorted[countBefore(sorted.length, (at) => (sorted[at]?.start ?? 0) < comment.end)] ?? null;
}

function statementOnLine(comment: Comment, migration: Migration): Span | null {
  const lineStart = Math.max(migration.source.text.lastIndexOf('\n', comment.start - 1), migration.source.text.lastIndexOf('\r', comment.start - 1)) + 1;
  let found: Span | null = null;
  for (const statement of candidates(migration)) {
    const endsHere = statement.end > lineStart && statement.end <= comment.start;
    const startsHere = statement.start >= lineStart && statement.start < comment.start;
    if ((endsHere || startsHere) && (!found || statement.start < found.start)) found = statement;
  }
  return found;
}

const sortedCandidates = new WeakMap<Migration, readonly Span[]>();

/** By where they start, the longest first; sorted once for all comments of a migration. */
function candidates(migration: Migration): readonly Span[] {
  const known = sortedCandidates.get(migration);
  if (known) return known;
  const sorted = [
    ...migration.statements,
    ...migration.operations.map((operation) => operation.statement),
    ...migration.problems.map((problem) => problem.statement ?? problem.at),
    migration.head,
  ].sort((a, b) => a.start - b.start || b.end - a.end);
  sortedCandidates.set(migration, sorted);
  return sorted;
}
