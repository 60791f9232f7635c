import { printEngine } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';

export default defineRule({
  id: 'sql-syntax',
  summary: 'The SQL is not valid for the database that runs it.',
  hazard: 'fails',
  severity: 'error',
  engines: 'all',
  replaces: ['squawk/syntax-error', 'sqlfluff/PRS'],
  docs: {
    why: 'Statements are read with the grammar of the server itself (Postgres 18; MySQL, MariaDB and SQLite with an own, tolerant one), so what is reported here is refused there, with error 42601 or 1064. '
      + 'Each statement is read by itself: one that is broken hides nothing of what stands around it, and what can still be told of it is judged.',
    exceptions: 'Statements with parts that are put in while the migration runs are not reported. '
      + 'Name the engine (`engine: mysql`) when the files are for another server than the one that was recognised.',
  },
  problem: {
    'syntax-error': (problem, { engine }) => (problem.language === 'sql' ? {
      message: `This is not valid SQL: ${problem.message.trim().replace(/\.$/, '')}.`,
      why: `${printEngine(engine)} refuses the statement, and the migration stops here. What stands around it is judged all the same.`,
      remedy: advise('Correct the statement.'),
    } : undefined),
    'unreadable': (problem, { migration }) => (migration.language === 'sql' ? {
      message: `The file cannot be read as text: ${problem.message.trim().replace(/\.$/, '')}.`,
      why: 'The server refuses text that is not valid in its encoding.',
      remedy: advise('Save the file as UTF-8.'),
    } : undefined),
  },
});
