import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { columnsSubject, judgeColumns } from './shared/written-columns.ts';

export default defineRule({
  id: 'prefer-timestamptz',
  summary: 'A column has the type timestamp, which drops the time zone of what is written to it.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['squawk/prefer-timestamp-tz', 'pgfence/prefer-timestamptz', 'migrationpilot/MP040', 'pg-migration-lint/PGM101'],
  docs: {
    why: 'A timestamp without time zone names no moment. An offset in what is written is dropped without an error ("12:00+09" is stored as 12:00), and `now()` stores the local time of whoever is connected, so two clients with different `TimeZone` settings disagree. '
      + 'timestamptz takes the same eight bytes. The change later rewrites the table, unless the session\'s time zone is UTC.',
    exceptions: 'Local times that are meant as such: opening hours, the date and time of an appointment in its own place. Rails writes and reads UTC through its own types, so a Rails migration is only judged where the schema has timestamptz columns already (or with the option `always`), and `created_at` and `updated_at` never are; '
      + '`ActiveRecord::ConnectionAdapters::PostgreSQLAdapter.datetime_type = :timestamptz` makes all new columns timestamptz.',
  },
  check: judgeColumns(({ type, name }, _, context) => type.name === 'timestamp' && !isCustom(name, context), (columns, { migration }) => ({
    message: `${columnsSubject(columns, 'has', 'have')} the type timestamp, which holds no time zone.`,
    why: 'An offset that is written is dropped without an error, and now() stores the local time of the session: clients with different time zones write different moments.',
    remedy: advise(migration.framework === 'rails' ? 'Use `timestamptz` (`t.timestamptz`, or `:timestamptz` as the type).' : 'Use timestamptz.'),
  })),
});

/** Rails keeps UTC in timestamp columns by itself: there it matters where tables mix both types. */
function isCustom(name: string, { migration, schema, options }: StepContext): boolean {
  if (migration.framework !== 'rails' && migration.framework !== 'ridgepole') return false;
  if (/^(?:created|updated)_at$/.test(name)) return true;
  if (options['always'] === true) return false;
  for (const table of schema.tables()) for (const column of table.columns.values()) if (column.type.name === 'timestamptz') return false;
  return true;
}
