import type { Span } from '../../source/span.ts';
import { characterName } from './damage/wording.ts';
import type { Patch } from './patch.ts';
import { applyEdits, unpatched } from './patch.ts';
import type { RubySyntaxError, RubyTree } from './tree.ts';
import { walk } from './walk.ts';

/** At these characters Ruby takes a script for ended, without a word: NUL, Ctrl-D, Ctrl-Z. */
const stops = ['\0', '\x04', '\x1a'];

/** The text with spaces for the characters that end a script, so that all of it is read. */
export function withoutStops(text: string): Patch {
  const found = stopsIn(text);
  return found.length === 0 ? unpatched(text) : applyEdits(unpatched(text), found.map((start) => ({ start, end: start + 1, insert: ' ' })));
}

/** An error at the first character that ends the script: not in a string or a comment, and before `__END__`. */
export function findStop(text: string, tree: Pick<RubyTree, 'program' | 'comments' | 'dataAt'>): RubySyntaxError[] {
  const found = stopsIn(text).filter((at) => at < (tree.dataAt ?? text.length));
  if (found.length === 0) return [];
  const harmless: Span[] = [...tree.comments];
  walk(tree.program, (node) => {
    if (node.type === 'string' || node.type === 'symbol' || node.type === 'regex') harmless.push(node);
    if (node.type === 'string' && node.bodySpan) harmless.push(node.bodySpan);
  });
  const at = found.find((offset) => !harmless.some((span) => span.start <= offset && offset < span.end));
  if (at === undefined) return [];
  return [{ start: at, end: at + 1, message: `Ruby reads no further than the control character ${characterName(text[at] ?? '')} here.` }];
}

function stopsIn(text: string): number[] {
  const found: number[] = [];
  for (const stop of stops) for (let at = text.indexOf(stop); at >= 0; at = text.indexOf(stop, at + 1)) found.push(at);
  return found.sort((a, b) => a - b);
}
