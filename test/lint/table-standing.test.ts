import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Standing } from '../../src/config/standing.ts';
import { moveSeverity } from '../../src/lint/table-standing.ts';
import type { TablePolicy } from '../../src/rules/rule.ts';
import { name } from '../schema/deeds.ts';
import { tryFixture } from '../want.ts';

const rules = fileURLToPath(new URL('../../fixtures/rules/', import.meta.url));
const known = (table: string, policy: TablePolicy | null) => ({ table: name(table), standing: policy && ({ policy, because: `is listed as ${policy} (.anzen.yml)` } satisfies Standing) });

describe('moveSeverity', () => {
  it('raises a warning about a large, hot or wide table, and says why', () => {
    for (const policy of ['large', 'hot', 'wide'] as const) {
      expect(moveSeverity('warn', [known('a', null), known('b', policy)], true)).toEqual({ severity: 'error', reason: ` It counts as an error because "b" is listed as ${policy} (.anzen.yml).` });
      expect(moveSeverity('warn', [known('b', policy)], false)).toEqual({ severity: 'warn', reason: '' });
      expect(moveSeverity('notice', [known('b', policy)], true)).toEqual({ severity: 'notice', reason: '' });
    }
  });

  it('lowers what concerns small tables only', () => {
    expect(moveSeverity('error', [known('a', 'small')], true)).toEqual({ severity: 'warn', reason: ' It counts as a warning only because "a" is listed as small (.anzen.yml).' });
    expect(moveSeverity('warn', [known('a', 'small'), known('b', 'small')], false).severity).toBe('notice');
    expect(moveSeverity('error', [known('a', 'small'), known('b', null)], true)).toEqual({ severity: 'error', reason: '' });
    expect(moveSeverity('error', [], true)).toEqual({ severity: 'error', reason: '' });
  });
});

describe('what is known of tables', () => {
  const outcome = (path: string) => tryFixture({ name: path, path: join(rules, path), application: true }, rules);

  it('moves the severity of a finding, with the figures', async () => {
    const { diagnostics, notes } = await outcome('several-tables-locked/bad-large-table');
    expect(notes).toContain('2 tables are small by the statistics file: hazards that grow with the rows are not reported for them.');
    expect(diagnostics.map(({ ruleId, severity }) => [ruleId, severity])).toEqual([['several-tables-locked', 'error']]);
    expect(diagnostics[0]?.why).toMatch(/ It counts as an error because "events" has 184,000,000 rows and 57 GB \(db\/table-statistics\.csv\)\.$/);
  });

  it('is told of a hot parent, too', async () => {
    const { diagnostics } = await outcome('parent-table-lock/bad-hot-parent');
    expect(diagnostics.filter(({ ruleId }) => ruleId === 'parent-table-lock').map(({ severity }) => severity)).toEqual(['error']);
  });
});
