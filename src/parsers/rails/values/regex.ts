/** A pattern that can be tried on a text without taking long. */
export interface SafePattern {
  readonly pattern: RegExp;
  /** Longer texts are not tried. */
  readonly longest: number;
}

/** The longest text to try by the number of repetitions in a pattern: each multiplies what trying costs. */
const longestText = [200_000, 3_000, 200, 100];

/**
 * A Ruby pattern as a JavaScript one, or null when it cannot be had safely: the text of a migration is not trusted, so patterns that
 * could take long (repetition of groups, many repetitions) are left out.
 */
export function translateRegex(source: string, flags: string): SafePattern | null {
  const plain = source.replace(/\\[^a-zA-Z0-9]/g, '.').replace(/\[(?:\\.|[^\]\\])*\]/g, '.');
  if (source.length > 200 || /\)[*+{?]/.test(plain) || /\\[1-9kgpPGXR]|\(\?[^:=!]/.test(source)) return null;
  const repetitions = plain.replaceAll('(?', '(').match(/[*+?]|\{\d*,?\d*\}/g)?.length ?? 0;
  const longest = longestText[repetitions];
  if (longest === undefined) return null;
  const translated = source
    .replaceAll('\\A', '^')
    .replace(/\\[zZ]/g, '$')
    .replaceAll('\\h', '[0-9a-fA-F]')
    .replaceAll('[[:space:]]', '\\s')
    .replaceAll('[[:digit:]]', '\\d')
    .replaceAll('[[:alpha:]]', '[A-Za-z]');
  if (translated.includes('[[:')) return null;
  try {
    return { pattern: new RegExp(translated, flags.includes('i') ? 'i' : ''), longest };
  } catch {
    return null;
  }
}

/** A pattern that matches exactly this text. */
export function literalRegex(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
}
