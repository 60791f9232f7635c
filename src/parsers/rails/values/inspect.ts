import type { Value } from '../value.ts';
import { roleOf } from './special.ts';

/** True, false, or null when it cannot be told, as a condition sees the value. */
export function truth(value: Value): boolean | null {
  switch (value.type) {
    case 'nil':
      return false;
    case 'boolean':
      return value.value;
    case 'unknown': {
      const kind = roleOf(value)?.kind;
      return kind === undefined || kind === 'result' || kind === 'existence' || kind === 'attribute' ? null : true;
    }
    case 'relation':
      return null;
    default:
      return true;
  }
}

/** True or false when both are known to be equal or different, else null. Strings and symbols differ, as in Ruby. */
export function equal(a: Value, b: Value): boolean | null {
  if (a.type === 'unknown' || b.type === 'unknown' || a.type === 'relation' || b.type === 'relation' || a.type === 'lambda' || b.type === 'lambda') return null;
  if (a.type !== b.type) return false;
  if (a.type === 'string' && b.type === 'string') return a.partial || b.partial ? null : a.text.text === b.text.text;
  if (a.type === 'symbol' && b.type === 'symbol') return a.partial || b.partial ? null : a.name === b.name;
  if ((a.type === 'number' && b.type === 'number') || (a.type === 'boolean' && b.type === 'boolean')) return a.value === b.value;
  if (a.type === 'nil') return true;
  if (a.type === 'constant' && b.type === 'constant') return a.name === b.name;
  if (a.type === 'array' && b.type === 'array') {
    if (!a.complete || !b.complete) return null;
    return a.items.length === b.items.length ? every(a.items.map((item, at) => equal(item, b.items[at] as Value))) : false;
  }
  if (a.type === 'hash' && b.type === 'hash') {
    if (!a.complete || !b.complete) return null;
    if (a.entries.length !== b.entries.length) return false;
    return every(a.entries.map(([key, value]) => {
      const other = b.entries.find(([otherKey]) => equal(key, otherKey) === true);
      return other ? equal(value, other[1]) : false;
    }));
  }
  return null;
}

/** The value a hash holds for a key, `undefined` when it holds none, null when that cannot be told. */
export function lookUp(value: Extract<Value, { type: 'hash' }>, key: Value): Value | undefined | null {
  let doubtful = !value.complete;
  for (let at = value.entries.length - 1; at >= 0; at--) {
    const entry = value.entries[at];
    if (!entry) continue;
    const same = equal(entry[0], key);
    if (same === true) return entry[1];
    if (same === null) doubtful = true;
  }
  return doubtful ? null : undefined;
}

/** The text of a string, symbol or number, with `#{...}` for what is not known; null for anything else. */
export function roughText(value: Value | undefined): string | null {
  if (value?.type === 'string') return value.text.text;
  if (value?.type === 'symbol') return value.name;
  if (value?.type === 'number') return String(value.value);
  return null;
}

/** True when no part of the value is unknown. */
export function isKnown(value: Value): boolean {
  switch (value.type) {
    case 'unknown':
    case 'relation':
    case 'lambda':
      return false;
    case 'string':
    case 'symbol':
      return !value.partial;
    case 'array':
      return value.complete && value.items.every(isKnown);
    case 'hash':
      return value.complete && value.entries.every(([key, item]) => isKnown(key) && isKnown(item));
    default:
      return true;
  }
}

function every(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}
