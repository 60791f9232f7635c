import type { Comment } from '../../../operations/index.ts';
import type { Lexicon } from '../text/lexicon.ts';
import { tokenAt } from '../text/token.ts';

/** Words that a directive of anzen or of another checker begins with. Only files that hold one are read for their comments. */
const directive = /anzen-disable|squawk-ignore|atlas:nolint/;

/** The comments of a file of SQL, when one of them may be a directive or when they are `all` that the file holds. Those inside DO blocks are among them. */
export function commentsIn(text: string, lexicon: Lexicon, all: boolean): Comment[] {
  return all || directive.test(text) ? read(text, lexicon, 0) : [];
}

function read(text: string, lexicon: Lexicon, offset: number): Comment[] {
  const found: Comment[] = [];
  let lineHasCode = false;
  let verb = '';
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at, lexicon);
    const end = Math.max(token.end, at + 1);
    const body = text.slice(token.start, token.end);
    if (token.kind === 'comment') {
      found.push({ start: offset + token.start, end: offset + token.start + body.trimEnd().length, text: inside(body), trailing: lineHasCode });
      if (body.includes('\n')) lineHasCode = false;
    } else if (token.kind === 'space') {
      if (/[\r\n]/.test(body)) lineHasCode = false;
    } else {
      lineHasCode = true;
      verb = body === ';' ? '' : verb || body.toUpperCase();
      if (token.kind === 'dollar' && verb === 'DO') found.push(...insideBlock(body, lexicon, offset + token.start));
    }
    at = end;
  }
  return found;
}

function insideBlock(quoted: string, lexicon: Lexicon, offset: number): Comment[] {
  const tag = /^\$\w*\$/.exec(quoted)?.[0] ?? '';
  return tag && quoted.endsWith(tag) && quoted.length >= 2 * tag.length ? read(quoted.slice(tag.length, -tag.length), lexicon, offset + tag.length) : [];
}

function inside(comment: string): string {
  if (comment.startsWith('/*')) return comment.slice(2).replace(/\*\/\s*$/, '').trim();
  return comment.replace(/^(?:--|#)/, '').trim();
}
