import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { columnsSubject, judgeColumns } from './shared/written-columns.ts';

export default defineRule({
  id: 'prefer-text',
  summary: 'A column has the type varchar(n), whose limit is part of the type and cannot be lowered without a rewrite.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['squawk/prefer-text-field', 'pgfence/prefer-text-field', 'migrationpilot/MP037', 'pg-migration-lint/PGM108'],
  docs: {
    why: 'text and varchar(n) are stored alike and are equally fast on Postgres; the length is only a check on every write (22001). Raising it is cheap, but lowering it rewrites the table under ACCESS EXCLUSIVE, and a view on the column refuses either change (0A000). '
      + 'A check constraint on the length is added and replaced with NOT VALID and VALIDATE, while reads and writes go on.',
    exceptions: 'A length that a standard fixes, or that another system that reads the column depends on. Rails\' `t.string` without `limit` has no length on Postgres and is not reported.',
  },
  check: judgeColumns(({ type }) => type.name === 'varchar' && type.args.length > 0, (columns) => ({
    message: `${columnsSubject(columns, 'has', 'have')} the type varchar with a length.`,
    why: 'The limit saves nothing on Postgres. Lowering it later rewrites the table while reads and writes wait, and a view on the column refuses any change of it.',
    remedy: advise('Use text, and a check constraint on char_length where a limit matters.'),
  })),
});
