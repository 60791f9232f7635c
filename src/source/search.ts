/** How many of `length` things, in order, come before the first one that is not `before`; binary search, so that all those that are have to come first. */
export function countBefore(length: number, before: (at: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
