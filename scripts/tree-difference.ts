/** The path to the first place where two plain values differ, with both values, or null when they are equal. */
export function firstDifference(a: unknown, b: unknown, path = ''): string | null {
  if (Object.is(a, b)) return null;
  if (!isObject(a) || !isObject(b)) return `${path}: ${brief(a)} against ${brief(b)}`;
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  if ('type' in a && 'type' in b && typeof a.type === 'string' && a.type !== b.type) return `${path}: ${brief(a)} against ${brief(b)}`;
  for (const key of keys) {
    const difference = firstDifference(a[key], b[key], `${path}.${key}`);
    if (difference !== null) return difference;
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function brief(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 160);
}
