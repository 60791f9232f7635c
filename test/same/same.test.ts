import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { EngineName, Operation } from '../../src/operations/index.ts';
import { parseRailsMigration } from '../../src/parsers/rails/migration.ts';
import { parseSqlMigration } from '../../src/parsers/sql/migration.ts';
import { loadSqlParser } from '../../src/parsers/sql/parser.ts';
import { createSource } from '../../src/source/source.ts';
import { railsEnvironment } from '../../scripts/rails-environment.ts';

const root = fileURLToPath(new URL('../../fixtures/same/', import.meta.url));

const written = new Set(['at', 'statement', 'via', 'transaction', 'guards', 'certain', 'assured', 'direction', 'language', 'verb', 'combined']);

/** What an operation does, without where it stands and how it is written. */
function deedOf(operation: Operation): unknown {
  const deed = Object.fromEntries(Object.entries(operation).filter(([key]) => !written.has(key)));
  // SQL names an index without its table, and a constraint without its kind; the schema tells both.
  if (operation.kind === 'drop-index') return withoutSpelling({ ...deed, table: null });
  if (operation.kind === 'validate-constraint' || operation.kind === 'drop-constraint') return withoutSpelling({ ...deed, constraint: null });
  return withoutSpelling(deed);
}

/** Names that Rails makes up are as good as those that SQL has to write, and what is left out is as good as what is said to be nothing. */
function withoutSpelling(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpelling);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key, inner]) => inner !== undefined && inner !== null && inner !== false && key !== 'generatedName' && !(Array.isArray(inner) && inner.length === 0)).map(([key, inner]) => [key, withoutSpelling(inner)]));
}

async function rubyDeeds(path: string, engine: EngineName): Promise<unknown[]> {
  const environment = await railsEnvironment(path, engine);
  return parseRailsMigration(createSource('db/migrate/20260101000000_make_the_change.rb', readFileSync(path, 'utf8')), environment).operations.map(deedOf);
}

async function sqlDeeds(path: string, engine: EngineName): Promise<unknown[]> {
  const sql = await loadSqlParser(engine);
  const situation = { version: [], inTransaction: null, mixed: false, sending: null };
  return parseSqlMigration(createSource('1_change.sql', readFileSync(path, 'utf8')), { engine: { name: engine, version: [], from: 'test' }, sql, tool: 'sql', situation, version: '1', hasDownFile: false }).operations.map(deedOf);
}

describe('the same change in two languages gives equal operations', () => {
  const cases = readdirSync(root).flatMap((name) => (['postgres', 'mysql'] as const).filter((engine) => existsSync(join(root, name, `${engine}.sql`))).map((engine) => [name, engine] as const));
  it('covers at least twenty changes', () => {
    expect(new Set(cases.map(([name]) => name)).size).toBeGreaterThanOrEqual(20);
  });
  it.each(cases)('%s on %s', async (name, engine) => {
    const ruby = await rubyDeeds(join(root, name, 'change.rb'), engine);
    const sql = await sqlDeeds(join(root, name, `${engine}.sql`), engine);
    expect(ruby.length).toBeGreaterThan(0);
    expect(sql).toEqual(ruby);
  });
});
