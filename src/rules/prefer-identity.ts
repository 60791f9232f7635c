import { olderThan } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { columnsSubject, judgeColumns } from './shared/written-columns.ts';

export default defineRule({
  id: 'prefer-identity',
  summary: 'A column has a serial type, whose sequence is an object of its own with its own rights; an identity column has none of that.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['squawk/prefer-identity', 'pgfence/prefer-identity', 'migrationpilot/MP039', 'pg-migration-lint/PGM105', 'pgsafe/prefer-identity'],
  docs: {
    why: 'serial is shorthand for an integer with a default from a sequence. Whoever may insert into the table also needs USAGE on that sequence (42501), `CREATE TABLE ... (LIKE ... INCLUDING DEFAULTS)` shares it with the copy, '
      + 'and any INSERT may set the column without moving the sequence on, which later collides (23505). `GENERATED ALWAYS AS IDENTITY` (Postgres 10 and newer) is standard SQL, has no such rights, and refuses an explicit value unless it is told to override (428C9).',
    exceptions: 'Databases older than Postgres 10, and schemas that use serial throughout. The `id` that Rails makes for a table is not reported: Rails has no way to ask for an identity column there.',
  },
  check: judgeColumns(({ type, definition, soleKey }, _, { engine, migration }) => definition !== null && /^(?:small|big)?serial$/.test(type.name) && !olderThan(engine, 10) && !(migration.framework === 'rails' && soleKey), (columns) => ({
    message: `${columnsSubject(columns, 'has', 'have')} a serial type instead of an identity.`,
    why: 'Its sequence needs rights of its own, and an INSERT that sets the column itself leaves the sequence behind, so a later INSERT fails on a duplicate key.',
    remedy: advise(`Use "${columns[0]?.type.name === 'bigserial' ? 'bigint' : columns[0]?.type.name === 'smallserial' ? 'smallint' : 'integer'} GENERATED ALWAYS AS IDENTITY".`),
  })),
});
