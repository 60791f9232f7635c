/**
 * A Ruby pattern as a JavaScript one, or null when it cannot be had safely: the text of a migration is not trusted, so patterns that
 * could take long (repetition inside repetition, many open ends) are left out.
 */
export function translateRegex(source: string, flags: string): RegExp | null {
  if (source.length > 200 || /\)[*+{?]/.test(source.replaceAll('\\)', '')) || /\\[1-9kgpPGX]|\(\?[^:=!]/.test(source)) return null;
  if ((source.match(/[*+]|\{\d*,\}/g) ?? []).length > 2) return null;
  const translated = source
    .replaceAll('\\A', '^')
    .replace(/\\[zZ]/g, '$')
    .replaceAll('\\h', '[0-9a-fA-F]')
    .replaceAll('[[:space:]]', '\\s')
    .replaceAll('[[:digit:]]', '\\d')
    .replaceAll('[[:alpha:]]', '[A-Za-z]');
  if (translated.includes('[[:')) return null;
  try {
    return new RegExp(translated, flags.includes('i') ? 'i' : '');
  } catch {
    return null;
  }
}

/** A pattern that matches exactly this text. */
export function literalRegex(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
}
