import type { Default } from '../../operations/index.ts';

/** A default as a message shows it: `NULL`, `"member"`, `0`, `now()`, or the text the migration computes it from. */
export function defaultText(value: Default): string {
  switch (value.kind) {
    case 'none':
      return 'NULL';
    case 'constant':
      return value.value === null ? 'NULL' : JSON.stringify(value.value);
    case 'expression':
      return value.sql;
    case 'unknown':
      return value.text;
  }
}
