import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findFixtures, tryFixture } from '../want.ts';
import { headOf, lintRemedy } from './remedy-files.ts';

const rules = fileURLToPath(new URL('../../fixtures/rules/', import.meta.url));

/**
 * Errors that a remedy's migrations may have: what is said between its steps cannot be seen in the files. The last deployment of a rename or a removal drops a
 * column that the application ignores by then; a refresh follows an index that only its owner can choose.
 */
const afterTheCode = new Set(['drop-column', 'drop-table', 'blocking-refresh']);

/** Remedies that follow a statement which the fixture keeps: alone they speak of a column that is not there yet. */
const followsTheFixture = new Set(['change-column-drops-attributes/bad/20260107094750_rename_login_count.rb']);

describe('the migrations of a remedy', () => {
  for (const id of readdirSync(rules).filter((name) => !name.includes('.'))) {
    it(`of ${id} lint clean`, async () => {
      const complaints: string[] = [];
      for (const fixture of findFixtures(join(rules, id)).filter((one) => one.name.includes('bad') && !one.application && !followsTheFixture.has(one.name))) {
        const head = headOf(readFileSync(fixture.path, 'utf8'));
        const { diagnostics } = await tryFixture(fixture, rules);
        for (const diagnostic of diagnostics.filter((one) => one.ruleId === id)) {
          // A step that keeps the rest of the migration keeps what else is wrong with it, and each of those findings has its own remedy.
          const known = new Set(diagnostics.filter((one) => one !== diagnostic).map((one) => one.ruleId));
          const found = await lintRemedy(diagnostic, head, dirname(fixture.path), rules);
          for (const one of found) if (one.severity === 'error' && !afterTheCode.has(one.ruleId) && !known.has(one.ruleId)) complaints.push(`${fixture.name}: ${one.path}:${one.start.line} ${one.ruleId}: ${one.message}`);
        }
      }
      expect(complaints).toEqual([]);
    });
  }
});
