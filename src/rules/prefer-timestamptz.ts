import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
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
    exceptions: 'Local times that are meant as such: opening hours, the date and time of an appointment in its own place. Rails writes and reads UTC, so its own `created_at` and `updated_at` are not reported in a Rails migration; '
      + '`ActiveRecord::ConnectionAdapters::PostgreSQLAdapter.datetime_type = :timestamptz` makes all new columns timestamptz.',
  },
  check: judgeColumns(({ type, name }, _, { migration }) => type.name === 'timestamp' && !(migration.framework === 'rails' && /^(?:created|updated)_at$/.test(name)), (columns, { migration }) => ({
    message: `${columnsSubject(columns, 'has', 'have')} the type timestamp, which holds no time zone.`,
    why: 'An offset that is written is dropped without an error, and now() stores the local time of the session: clients with different time zones write different moments.',
    remedy: advise(migration.framework === 'rails' ? 'Use `timestamptz` (`t.timestamptz`, or `:timestamptz` as the type).' : 'Use timestamptz.'),
  })),
});
