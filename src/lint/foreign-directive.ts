import type { Comment, Migration } from '../operations/index.ts';
import type { Span } from '../source/span.ts';
import { namesAndReason, statementFor } from './directive.ts';

/** A comment by which another checker is told to be silent. It is honoured without a reason, and what it covers is shown as assured by it. */
export interface ForeignDirective {
  readonly by: 'squawk-ignore' | 'atlas:nolint';
  /** The other checker's names (`ban-drop-column`, `DS103`, `DS`); empty means all of them. */
  readonly names: readonly string[];
  /** What stands after ` -- `, or null. */
  readonly reason: string | null;
  /** The comment. */
  readonly at: Span;
  /** What it covers. Null when nothing follows it. */
  readonly covers: Span | null;
}

const squawk = /^\s*squawk-ignore(-file)?(?=[\s:,]|$)[\s:]*([^]*)$/;
const atlas = /^\s*atlas:nolint(?=\s|$)\s*([^]*)$/;

/**
 * Reads them: `squawk-ignore RULE, RULE` above a statement or on its line, `squawk-ignore-file`, `atlas:nolint CODE CODE` above a statement, and at the head of the file,
 * where an empty line follows, for all of it.
 */
export function readForeignDirectives(migration: Migration): ForeignDirective[] {
  return migration.comments.flatMap((comment): ForeignDirective[] => {
    const ignore = squawk.exec(comment.text);
    if (ignore) return [made('squawk-ignore', ignore[2] ?? '', ignore[1] !== undefined, comment, migration)];
    const nolint = atlas.exec(comment.text);
    return nolint ? [made('atlas:nolint', nolint[1] ?? '', isHeader(comment, migration.source.text), comment, migration)] : [];
  });
}

function made(by: ForeignDirective['by'], rest: string, wholeFile: boolean, comment: Comment, migration: Migration): ForeignDirective {
  return { by, ...namesAndReason(rest), at: { start: comment.start, end: comment.end }, covers: wholeFile ? { start: 0, end: migration.source.text.length } : statementFor(comment, migration) };
}

/** True for a comment among those at the top of the file, with an empty line between them and the first statement. */
function isHeader(comment: Comment, text: string): boolean {
  const before = text.slice(0, comment.start).split(/\r?\n/).slice(0, -1);
  if (!before.every((line) => /^\s*(?:--.*)?$/.test(line)) || before.some((line) => line.trim() === '')) return false;
  const after = text.slice(comment.end).split(/\r?\n/).slice(1);
  const next = after.findIndex((line) => !/^\s*--/.test(line));
  return next >= 0 && after[next]?.trim() === '';
}

/** Atlas's analyzers, by the names its directives know, with the codes they report. */
const analyzers: Readonly<Record<string, RegExp>> = {
  destructive: /^DS/, data_depend: /^(?:MF|LT|MY101$)/, incompatible: /^BC/, condrop: /^CD/, concurrent_index: /^PG10[1-3]$/, nestedtx: /^TX2/,
};

/** True when the directive means a rule that stands for `replaces` (`squawk/ban-drop-column`, `atlas/DS103`). Atlas knows codes and the names of its analyzers; a code's letters stand for all that begin with them. */
export function means({ by, names }: ForeignDirective, replaces: readonly string[]): boolean {
  if (names.length === 0) return true;
  const own = replaces.flatMap((name) => (name.startsWith(by === 'squawk-ignore' ? 'squawk/' : 'atlas/') ? [name.slice(name.indexOf('/') + 1)] : []));
  return names.some((name) => own.some((one) => one === name || (by === 'atlas:nolint' && ((/^[A-Z]+$/.test(name) && one.replace(/\d+$/, '') === name) || analyzers[name]?.test(one)))));
}
