import type { ToolPreset } from './preset.ts';

/** online_migrations 0.36 with all that is on by default: each check raises. Differences: docs/presets.md. */
export const onlineMigrations: ToolPreset = {
  severity: 'error',
  rules: {
    'blocking-check': {},
    'blocking-exclusion-constraint': {},
    'blocking-foreign-key': {},
    'blocking-index': {},
    'blocking-index-removal': {},
    'blocking-unique-constraint': {},
    'column-default-change': {},
    'corrupt-index': {},
    'create-table-force': {},
    // Takes the place of drop-column where the column comes back under another name.
    'drop-and-add-rename': {},
    'drop-column': {},
    'foreign-key-type-mismatch': {},
    'index-dropped-first': {},
    'inheritance-column-default': {},
    'json-column': {},
    'rename-column': {},
    'rename-enum-value': {},
    'rename-schema': {},
    'rename-table': {},
    'rewriting-column': {},
    'rewriting-type-change': {},
    'set-not-null-scan': {},
    'several-tables-locked': { onlyReferenced: true },
    'short-primary-key': {},
    'validate-in-same-transaction': {},
    'volatile-default': {},
  },
};
