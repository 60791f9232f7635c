import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/lint/diagnostic.ts';
import { createSource, offsetAt } from '../../src/source/source.ts';
import { findFixtures, tryFixture } from '../want.ts';
import type { FixtureHead } from './remedy-files.ts';
import { headOf } from './remedy-files.ts';
import { runAsTool, runOneByOne } from './run-as-tool.ts';
import { structure } from './scene.ts';

const rules = fileURLToPath(new URL('../../fixtures/rules/', import.meta.url));
const schema = readFileSync(join(rules, 'structure.sql'), 'utf8');
const rows = `
  INSERT INTO accounts (id, name, created_at, updated_at) SELECT n, 'account ' || n, now(), now() FROM generate_series(1, 20) n;
  INSERT INTO users (id, email, name, account_id, created_at, updated_at) SELECT n, n || '@example.org', 'name ' || n, n, now(), now() FROM generate_series(1, 20) n;
  INSERT INTO orders (id, user_id, number, state, total, created_at, updated_at) SELECT n, n, 'no ' || n, 'shipped', n, now(), now() FROM generate_series(1, 20) n;
  INSERT INTO products (id, sku) SELECT n, 'sku ' || n FROM generate_series(1, 20) n;
  INSERT INTO order_items (id, order_id, product_id) SELECT n, n, n FROM generate_series(1, 20) n;
  INSERT INTO sessions (id, expires_at) VALUES (1, now());
  INSERT INTO customers (email) VALUES ('a'), ('b');`;

/** Remedies that end in another schema on purpose: a rename keeps the column's type and indexes, a label cannot be dropped, a trigger stands for a stored column, jsonb for json, fewer bytes for a long name; a validation follows what the fixture keeps. */
const another = new Set(['rename-enum-value', 'rewriting-column', 'json-column', 'identifier-too-long', 'drop-not-null', 'constraint-left-not-valid', 'partition-attach', 'partition-create', 'partition-detach', 'drop-and-add-rename']);

/** REINDEX SYSTEM and DATABASE want the name of the database that a fixture cannot know. */
const needsServer = new Set(['blocking-reindex/bad/20260806111250_reindex_everything.sql']);

/** An enum is exchanged by statements that only work together: none can be left out for the remedy of one of them. */
const together = new Set(['narrowing-type-change/bad/20260501080000_fewer_states.sql']);

let wanted: PGlite;
let remedied: PGlite;
beforeAll(() => {
  [wanted, remedied] = [new PGlite(), new PGlite()];
});
afterAll(async () => {
  await wanted.close();
  await remedied.close();
});

async function reset(database: PGlite, withRows: boolean): Promise<void> {
  await database.exec('ROLLBACK').catch(() => undefined);
  await database.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  await database.exec(schema);
  if (withRows) await database.exec(rows);
}

/** Runs the remedy as a person would: what is to be run by hand, queries, and each file as its tool sends it. */
async function deploy(database: PGlite, diagnostic: Diagnostic, { tool, transaction }: FixtureHead): Promise<void> {
  const steps = diagnostic.remedy?.steps ?? [];
  for (const [at, step] of steps.entries()) {
    if (!step.code || /^Its /.test(step.title)) continue;
    if (step.fileName === null) await runOneByOne(database, step.code, 'sql');
    else if (step.language === 'js') for (const [, sql = ''] of (/^[\s\S]*?(?=export const down)/.exec(step.code)?.[0] ?? '').matchAll(/pgm\.sql\(`([^`]*)`\)/g)) await database.exec(sql);
    else if (step.language === 'sql') {
      const settings = steps.slice(at + 1, at + 3).some((other) => /^Its settings/.test(other.title));
      await runAsTool(database, step.code, tool, { inTransaction: settings || step.fileName.includes('.autocommit.') ? false : null, sending: transaction });
    }
  }
}

const all = readdirSync(rules).filter((id) => !id.includes('.') && !another.has(id)).flatMap((id) => findFixtures(join(rules, id)).filter((one) => one.name.includes('/bad') && !one.application && one.path.endsWith('.sql')).map((fixture) => ({ id, fixture, text: readFileSync(fixture.path, 'utf8') })))
  .filter(({ fixture, text }) => !needsServer.has(fixture.name) && !together.has(fixture.name) && headOf(text).engine.name === 'postgres' && !readdirSync(join(fixture.path, '..')).includes('structure.sql'));

const compared = new Set<string>();

describe('the remedy of a fixture ends in the schema that was asked for', () => {
  it.each(all.map((one) => [one.fixture.name, one] as const))('%s', async (_, { id, fixture, text }) => {
    const head = headOf(text);
    const { diagnostics } = await tryFixture(fixture, rules);
    for (const diagnostic of diagnostics.filter((one) => one.ruleId === id && hasFiles(one))) {
      // Empty tables take what the fixture does at once; those with rows go the remedy's way.
      await reset(wanted, false);
      // What the server refuses whatever the rows are, or what speaks of things that are not there, asks for no schema.
      const refused = await runOneByOne(wanted, text, head.tool).then(() => false, () => true);
      if (refused) continue;
      compared.add(id);
      await reset(remedied, true);
      const keepsRest = diagnostic.remedy?.steps.some((step) => step.fileName !== null && basename(step.fileName) === basename(fixture.path) && step.language === 'sql' && head.tool !== 'graphile-migrate');
      if (!keepsRest) await runOneByOne(remedied, text, head.tool, [{ start: offsetAt(createSource(fixture.path, text), diagnostic.statement.start), end: 0 }]);
      await deploy(remedied, diagnostic, head);
      expect(await structure(remedied), `${fixture.name}: ${diagnostic.message}`).toEqual(await structure(wanted));
    }
  });

  it('was compared for all rules whose remedies have files', () => {
    expect(compared.size).toBeGreaterThanOrEqual(18);
  });
});

function hasFiles({ remedy }: Diagnostic): boolean {
  return remedy?.steps.some((step) => step.fileName !== null && step.language === 'sql') === true;
}
