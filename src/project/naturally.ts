/** Compares names as people count: runs of digits by their value, whatever their length; the rest by code unit. */
export function naturally(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [one = '', other = ''] = [left[at], right[at]];
    const difference = /^\d/.test(one) && /^\d/.test(other) ? byNumber(one, other) : one < other ? -1 : one > other ? 1 : 0;
    if (difference !== 0) return difference;
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Compares names by code unit, as tools do that do not look at numbers: `10_b` is before `9_a`. */
export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Numbers written as text, of any length. */
function byNumber(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')];
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
