import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gallery } from './gallery.ts';
import { deploy, postgres, run } from './scene.ts';

let database: PGlite;
beforeAll(() => {
  database = new PGlite();
});
afterAll(() => database.close());

/** Remedies that are for a migration which already did its part, or whose text is the user's own. */
const notByThemselves = /^(validateLater|batchedBackfill, Ruby|uniqueIndexAlone|withoutTransaction)$/;

describe.each([['auth.users', 'order'], ['two words', 'a"b']])('a server takes every remedy for "%s"."%s"', (table, title) => {
  const shown = gallery(postgres, table, title).filter(({ label, remedy }) => remedy.steps.some((step) => step.kind === 'migration') && !notByThemselves.test(label) && !label.endsWith('unknown'));
  it.each(shown.map((exhibit) => [exhibit.label, exhibit] as const))('%s', async (_, { remedy, c, before }) => {
    await database.exec("ROLLBACK; DROP SCHEMA IF EXISTS auth CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE SCHEMA auth; CREATE TYPE mood AS ENUM ('it''s')");
    await run(database, before);
    await database.exec('INSERT INTO teams VALUES (1)');
    await expect(deploy(database, remedy, c)).resolves.toBeUndefined();
  });
});
