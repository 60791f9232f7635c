import { describe, expect, it } from 'vitest';
import { rules } from '../../src/rules/index.ts';

const named = (tool: string) => new Set(rules.flatMap(({ replaces }) => replaces.filter((name) => name.startsWith(`${tool}/`)).map((name) => name.slice(tool.length + 1))));

/** Squawk's rules that have a counterpart here; `docs/presets.md` names the other ones. */
const squawk = [
  'adding-field-with-default', 'adding-foreign-key-constraint', 'adding-not-nullable-field', 'adding-required-field', 'adding-serial-primary-key-field',
  'ban-alter-domain-with-add-constraint', 'ban-char-field', 'ban-concurrent-index-creation-in-transaction', 'ban-create-domain-with-constraint', 'ban-drop-column', 'ban-drop-database', 'ban-drop-not-null',
  'ban-drop-table', 'ban-duplicate-column-assignments', 'ban-truncate-cascade', 'ban-uncommitted-transaction', 'changing-column-type', 'constraint-missing-not-valid', 'disallowed-unique-constraint', 'identifier-too-long',
  'prefer-bigint-over-int', 'prefer-bigint-over-smallint', 'prefer-identity', 'prefer-repack', 'prefer-robust-stmts', 'prefer-text-field', 'prefer-timestamp-tz', 'renaming-column',
  'renaming-table', 'require-concurrent-index-creation', 'require-concurrent-index-deletion', 'require-concurrent-partition-detach', 'require-concurrent-reindex',
  'require-enum-value-ordering', 'require-lock-timeout', 'require-statement-timeout', 'require-table-schema', 'require-timeout-settings', 'syntax-error', 'transaction-nesting',
];

describe('the rules of other checkers that ours stand for', () => {
  it('are each of squawk\'s that have a counterpart', () => expect([...named('squawk')].sort()).toEqual(squawk));

  it('are codes of Atlas', () => expect([...named('atlas')].filter((code) => !/^(?:DS10[123]|MF10[1-4]|BC10[12]|CD10[123]|PG1(?:0[1-589]|10)|PG3\d\d|TX[12]01|MY1\d\d|LT101)$/.test(code))).toEqual([]));

  it('are each named once a rule, as tool/name', () => {
    for (const { id, replaces } of rules) {
      expect(`${id}: ${replaces.filter((name) => !/^[a-z][\w-]*\/[\w./-]+$/.test(name)).join()}`).toBe(`${id}: `);
      expect(`${id}: ${replaces.length}`).toBe(`${id}: ${new Set(replaces).size}`);
    }
  });

  it('are spelt as their tools spell them', () => {
    expect([...named('migrationpilot')].filter((name) => !/^MP\d{3}$/.test(name))).toEqual([]);
    expect([...named('pg-migration-lint')].filter((name) => !/^PGM\d{3}$/.test(name))).toEqual([]);
    expect([...named('eugene')].filter((name) => !/^[EW]\d+$/.test(name))).toEqual([]);
  });
});
