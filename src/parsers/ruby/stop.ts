import type { Span } from '../../source/span.ts';
import type { Patch } from './patch.ts';
import { applyEdits, unpatched } from './patch.ts';
import type { RubySyntaxError, RubyTree } from './tree.ts';
import { walk } from './walk.ts';

/** At these characters Ruby takes a script for ended, without a word: NUL, Ctrl-D, Ctrl-Z. */
const stop = /[\0\x04\x1a]/g;

/** The text with spaces for the characters that end a script, so that all of it is read. */
export function withoutStops(text: string): Patch {
  const found = [...text.matchAll(stop)];
  return found.length === 0 ? unpatched(text) : applyEdits(unpatched(text), found.map(({ index }) => ({ start: index, end: index + 1, insert: ' ' })));
}

/** An error at the first character that ends the script: not in a string or a comment, and before `__END__`. */
export function findStop(text: string, tree: Pick<RubyTree, 'program' | 'comments' | 'dataAt'>): RubySyntaxError[] {
  const found = [...text.matchAll(stop)].map(({ index }) => index).filter((at) => at < (tree.dataAt ?? text.length));
  if (found.length === 0) return [];
  const harmless: Span[] = [...tree.comments];
  walk(tree.program, (node) => {
    if (node.type === 'string' || node.type === 'symbol' || node.type === 'regex') harmless.push(node);
    if (node.type === 'string' && node.bodySpan) harmless.push(node.bodySpan);
  });
  const at = found.find((offset) => !harmless.some((span) => span.start <= offset && offset < span.end));
  if (at === undefined) return [];
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return [{ start: at, end: at + 1, message: `Ruby reads no further than the control character U+${code} here.` }];
}
