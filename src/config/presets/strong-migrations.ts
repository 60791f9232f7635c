import type { ToolPreset } from './preset.ts';

/** strong_migrations 2.8 with all that is on by default: each check raises. Differences: docs/presets.md. */
export const strongMigrations: ToolPreset = {
  severity: 'error',
  rules: {
    'blocking-check': {},
    'blocking-exclusion-constraint': {},
    'blocking-foreign-key': {},
    'blocking-index': {},
    'blocking-unique-constraint': {},
    'column-default-change': {},
    'corrupt-index': {},
    'create-table-force': {},
    // Takes the place of drop-column where the column comes back under another name.
    'drop-and-add-rename': {},
    'drop-column': {},
    'json-column': {},
    'narrowing-type-change': {},
    'rename-column': {},
    'rename-enum-value': {},
    'rename-schema': {},
    'rename-table': {},
    'rewriting-column': {},
    'rewriting-type-change': {},
    'set-not-null-scan': {},
    // Other copies of a table are no check of it.
    'table-copy': { onlyClauses: true },
    'validate-in-same-transaction': {},
    'volatile-default': {},
    'wide-index': {},
  },
};
