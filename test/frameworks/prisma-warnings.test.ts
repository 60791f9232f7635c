import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { describe, expect, it } from 'vitest';
import { findFixtures, tryFixture } from '../want.ts';
import { readWarnings, refuted, unanswered } from './prisma-warnings.ts';

const root = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const fixtures = findFixtures(join(root, 'frameworks/prisma'));

describe('every warning in a header of Prisma has its finding', () => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
    const { diagnostics } = await tryFixture(fixture, join(root, 'rules'));
    const missed = readdirSync(join(fixture.path, 'prisma/migrations')).filter((name) => /^\d/.test(name)).flatMap((name) => {
      const path = `prisma/migrations/${name}/migration.sql`;
      const text = readFileSync(join(fixture.path, path), 'utf8');
      const { warnings, other } = readWarnings(text);
      expect(other).toEqual([]);
      return unanswered(warnings, diagnostics.filter((diagnostic) => diagnostic.path === path)).filter((warning) => refuted(warning, text) === null);
    });
    expect(missed).toEqual([]);
  });

  it('and each kind of warning is tried', () => {
    const texts = fixtures.flatMap(({ path }) => readdirSync(join(path, 'prisma/migrations')).filter((name) => /^\d/.test(name)).map((name) => readFileSync(join(path, 'prisma/migrations', name, 'migration.sql'), 'utf8')));
    const kinds = new Set(texts.flatMap((text) => readWarnings(text).warnings.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(['dropped-column', 'dropped-table', 'enum-values-removed', 'made-required', 'primary-key', 'recreated-column', 'recreated-required-column', 'required-column', 'unique']);
  });
});

describe('what the header says of enum values', () => {
  it('is so: Postgres refuses rows with a value that is removed (22P02), and only those', async () => {
    const database = await PGlite.create();
    const swap = 'BEGIN; CREATE TYPE plan_new AS ENUM (\'free\', \'team\'); ALTER TABLE account ALTER COLUMN plan TYPE plan_new USING (plan::text::plan_new); COMMIT;';
    await database.exec('CREATE TYPE plan AS ENUM (\'free\', \'basic\', \'team\'); CREATE TABLE account (plan plan); INSERT INTO account VALUES (\'free\'), (\'basic\');');
    await expect(database.exec(swap)).rejects.toMatchObject({ code: '22P02' });
    await database.exec('ROLLBACK; UPDATE account SET plan = \'free\' WHERE plan = \'basic\';');
    await database.exec(swap);
    await database.close();
  });
});
