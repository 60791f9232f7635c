import type { ToolPreset } from './preset.ts';

/** squawk 2.66 with all that is on by default. Differences: docs/presets.md. */
export const squawk: ToolPreset = {
  severity: 'warn',
  rules: {
    'blocking-check': {},
    'blocking-exclusion-constraint': {},
    'blocking-foreign-key': {},
    'blocking-index': {},
    'blocking-index-removal': {},
    'blocking-primary-key': {},
    'blocking-reindex': {},
    'blocking-unique-constraint': {},
    'char-type': {},
    'concurrent-in-transaction': {},
    // Takes the place of drop-column where the column comes back under another name.
    'drop-and-add-rename': {},
    'drop-column': {},
    'drop-not-null': {},
    'drop-table': {},
    'identifier-too-long': {},
    // Any wait will do there, as long as there is one.
    'missing-lock-timeout': { maximum: '1000d' },
    'narrowing-type-change': {},
    'nested-transaction': {},
    'not-null-without-backfill': {},
    // Every statement outside a transaction, the last one too.
    'not-robust': { every: true },
    'partition-detach': {},
    'prefer-bigint': { every: true },
    'prefer-identity': {},
    'prefer-text': {},
    'prefer-timestamptz': { always: true },
    'rename-column': {},
    'rename-table': {},
    'rewriting-column': {},
    'rewriting-type-change': {},
    'set-not-null-scan': {},
    'short-primary-key': {},
    'statement-timeout': { every: true },
    'truncate': { onlyCascade: true },
    'unclosed-transaction': {},
    'validate-in-same-transaction': {},
    'volatile-default': {},
  },
};
