import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printFramework } from '../../src/operations/index.ts';
import type { Framework } from '../../src/operations/index.ts';
import { bookkeepingOf, identityOf } from '../../src/rules/shared/bookkeeping.ts';

const frameworks: readonly Framework[] = ['rails', 'flyway', 'golang-migrate', 'goose', 'dbmate', 'sqlx', 'refinery', 'diesel', 'prisma', 'drizzle', 'supabase', 'hasura', 'liquibase', 'atlas', 'graphile-migrate', 'node-pg-migrate', 'db-migrate', 'pop'];

describe('what a tool remembers', () => {
  it('is what docs/frameworks.md says', () => {
    const page = readFileSync(new URL('../../docs/frameworks.md', import.meta.url), 'utf8');
    for (const framework of frameworks) {
      const books = bookkeepingOf(framework);
      expect(page).toContain(`| ${printFramework(framework)} | ${books?.identity ?? ''} | ${books?.edited ?? ''}${books?.everyCharacter ? ', a comment counts' : ''} | ${books?.deleted ?? ''} | ${books?.late ?? ''} | ${books?.duplicate ?? ''} |`);
    }
    expect(bookkeepingOf('ridgepole')).toBeNull();
    expect(bookkeepingOf('sql')).toBeNull();
  });

  it('tells one migration from another', () => {
    const of = (framework: Framework, path: string, version: string | null) => {
      const books = bookkeepingOf(framework);
      return books && identityOf(path, version, books);
    };
    expect(of('rails', 'db/migrate/20260101101112_a.rb', '20260101101112')).toBe('20260101101112');
    expect(of('flyway', 'db/migration/V1__a.sql', '1')).toBe('V1__a.sql');
    expect(of('prisma', 'prisma/migrations/20260101101112_a/migration.sql', '20260101101112')).toBe('20260101101112_a');
    expect(of('liquibase', 'changes/a.sql', null)).toBe('changes/a.sql');
  });
});
