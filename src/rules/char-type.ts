import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { columnsSubject, judgeColumns } from './shared/written-columns.ts';

export default defineRule({
  id: 'char-type',
  summary: 'A column has the type char(n), which pads values with blanks.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['squawk/ban-char-field', 'pgfence/ban-char-field', 'migrationpilot/MP041', 'pg-migration-lint/PGM103'],
  docs: {
    why: 'char(n) fills every value with blanks up to n characters, stores them, and leaves them out of comparisons and of length(), but not of LIKE, regular expressions and what the client reads: "ab" in a char(4) equals \'ab\' and does not match LIKE \'ab\'. '
      + 'It is neither smaller nor faster than text on Postgres, and every change of it, also to text, rewrites the table.',
    exceptions: 'Columns that another system writes with blanks. On MySQL char is not padded when it is read, and is not reported.',
  },
  check: judgeColumns(({ type }) => type.name === 'char', (columns) => ({
    message: `${columnsSubject(columns, 'has', 'have')} the type char, which pads values with blanks.`,
    why: 'The blanks are stored and read, but do not count in comparisons: a shorter value equals its literal and does not match it with LIKE. A later change of the type rewrites the table.',
    remedy: advise('Use text, with a check constraint on the length where all values are equally long.'),
  })),
});
