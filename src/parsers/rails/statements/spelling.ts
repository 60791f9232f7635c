import { distance } from 'fastest-levenshtein';

/** Ruby's, Rails's and RSpec's own words that lie close to a statement. */
const ordinary: ReadonlySet<string> = new Set([
  'execute', 'executes', 'executed', 'add_indices', 'delete', 'update', 'insert', 'create', 'change', 'remove', 'rename', 'reset', 'truncate', 'query',
  'create_user', 'drop_user', 'create_role', 'drop_role', 'create_type', 'drop_type', 'rename_type', 'create_rule', 'drop_rule',
]);

/** The name among `candidates` that a misspelt one most likely means, or null. Plurals and other real words are no misspellings. */
export function closestStatement(name: string, candidates: Iterable<string>): string | null {
  if (name.length < 6 || name.length > 60 || ordinary.has(name) || !/^[a-z_]+[a-z]$/i.test(name)) return null;
  const reach = name.length < 9 ? 1 : 2;
  let best: string | null = null;
  let least = reach + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= least || candidate === name || samePrefixOnly(name, candidate)) continue;
    const away = distance(name, candidate);
    if (away < least) {
      best = candidate;
      least = away;
    }
  }
  return best;
}

/** Another verb in front (`add_` for `drop_`), or one word in the plural, is another name and no slip. */
function samePrefixOnly(name: string, candidate: string): boolean {
  const words = name.split('_');
  const others = candidate.split('_');
  if (words.length !== others.length) return false;
  return words.every((word, at) => {
    const other = others[at] ?? '';
    return word === other || `${word}s` === other || word === `${other}s` || `${word}es` === other || word === `${other}es`;
  });
}
