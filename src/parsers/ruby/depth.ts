/**
 * The deepest nesting of a syntax tree that is read; what lies below becomes an `other` node named `too-deep`. Readers of the tree may therefore
 * recurse. Hand-written migrations stay below 60.
 */
export const maxDepth = 400;

/** Runs a recursive reader, with less depth when the stack is short. */
export function withinStack<T>(read: (depth: number) => T): T {
  for (let depth = maxDepth; ; depth = Math.floor(depth / 4)) {
    try {
      return read(depth);
    } catch (error) {
      if (!(error instanceof RangeError) || depth < 10) throw error;
    }
  }
}
