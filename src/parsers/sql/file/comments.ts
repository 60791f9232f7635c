import type { Comment } from '../../../operations/index.ts';
import type { Lexicon } from '../text/lexicon.ts';
import { tokenAt } from '../text/token.ts';

/** Words that a directive of anzen or of another checker begins with. Only files that hold one are read for their comments. */
const directive = /anzen-disable|squawk-ignore|atlas:nolint/;

/** The comments of a file of SQL, when one of them may be a directive or when they are `all` that the file holds. */
export function commentsIn(text: string, lexicon: Lexicon, all: boolean): Comment[] {
  if (!all && !directive.test(text)) return [];
  const found: Comment[] = [];
  let lineHasCode = false;
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at, lexicon);
    const end = Math.max(token.end, at + 1);
    if (token.kind === 'comment') {
      const body = text.slice(token.start, token.end);
      found.push({ start: token.start, end: token.start + body.trimEnd().length, text: inside(body), trailing: lineHasCode });
      if (body.includes('\n')) lineHasCode = false;
    } else if (token.kind === 'space') {
      if (/[\r\n]/.test(text.slice(token.start, token.end))) lineHasCode = false;
    } else lineHasCode = true;
    at = end;
  }
  return found;
}

function inside(comment: string): string {
  if (comment.startsWith('/*')) return comment.slice(2).replace(/\*\/\s*$/, '').trim();
  return comment.replace(/^(?:--|#)/, '').trim();
}
