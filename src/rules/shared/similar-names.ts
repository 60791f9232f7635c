/**
 * How much alike two names of columns are: `same` when only spelling or case differ (`userName`, `user_name`; `adress`, `address`), `similar` when one says the other with a word more or
 * less (`name`, `full_name`), or most of the words are the same; `unlike` otherwise.
 */
export function likeness(a: string, b: string): 'same' | 'similar' | 'unlike' {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  const [first, second] = [one.join(''), other.join('')];
  if (first === second || isTypo(first, second)) return 'same';
  const [left, right] = [telling(one), telling(other)];
  const common = left.filter((word) => right.includes(word));
  if (common.every((word) => which.has(word))) return 'unlike';
  return common.length === Math.min(left.length, right.length) || common.length * 2 >= new Set([...left, ...right]).size ? 'similar' : 'unlike';
}

/** Words that say what kind of value it is, not which one. */
const kinds = new Set(['id', 'at', 'on', 'is', 'has', 'was', 'by', 'of', 'the', 'for', 'to', 'in', 'new', 'old', 'uuid', 'key', 'date', 'time', 'count', 'type', 'json', 'data', 'value', 'url']);

/** Words that say which of several it is: `last_offset` and `last_id` have little in common. */
const which = new Set(['first', 'last', 'next', 'previous', 'current', 'default', 'total', 'max', 'min', 'raw', 'other', 'own', 'main', 'primary', 'custom', 'enable', 'enabled', 'allow', 'show', 'hide', 'can', 'should', 'use', 'no', 'num', 'number']);

function telling(words: readonly string[]): readonly string[] {
  const rest = words.filter((word) => !kinds.has(word));
  return rest.length > 0 ? rest : words;
}

/** `orderIDs_2` gives `order`, `id`, `2`. */
function wordsOf(name: string): string[] {
  return name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean)
    .map((word) => (word.length > 3 && !word.endsWith('ss') ? word.replace(/s$/, '') : word));
}

/** One letter more, less, another or two exchanged, in names that are long enough for that to be an accident. */
function isTypo(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1 || /\d/.test(a + b)) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return left.length + right.length <= 1 || (left.length === 1 && right.length === 1) || (left.length === 2 && left[0] === right[1] && left[1] === right[0]);
}
