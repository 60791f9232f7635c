import type { Candidate, Guess } from './candidate.ts';

/** `class 重複エラー`, `class foo`: a name that cannot be a constant. All such names at once, one error each. */
export const guessNames: Guess = ({ text, structural }) => {
  const found = new Map<number, Candidate>();
  for (const error of structural) {
    if (error.type !== 'class_name' && error.type !== 'module_name') continue;
    const path = text.slice(error.start, error.end);
    const name = /[^\s:]+$/.exec(path)?.[0] ?? '';
    const start = error.end - name.length;
    if (!/^[\p{L}_]/u.test(name) || /^[\p{Lu}\p{Lt}]/u.test(name)) continue;
    if (!/\b(?:class|module)\s+(?:[^\s<;]*::)?$/.test(text.slice(Math.max(0, start - 200), start))) continue;
    const kind = error.type === 'class_name' ? 'class' : 'module';
    const first = String.fromCodePoint(name.codePointAt(0) ?? 0);
    found.set(start, {
      edits: [{ start, end: start + first.length, insert: 'Z'.repeat(first.length) }],
      error: { start, end: error.end, message: `"${name}" cannot name a ${kind}: a ${kind} name begins with a capital letter (A to Z or another upper-case letter).` },
    });
  }
  return [...found.values()];
};
