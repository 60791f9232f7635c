import { defineRule } from './rule.ts';
import { excerpt, quoted } from './shared/names.ts';

export default defineRule({
  id: 'schemafile-execute',
  summary: 'SQL in the Schemafile has no condition: it runs again at every apply.',
  hazard: 'fails',
  severity: 'warn',
  engines: 'all',
  replaces: [],
  docs: {
    why: '`execute(sql)` runs after everything else, at every apply, whether anything changed or not: a statement that creates something fails from the second deployment on, one that locks a table locks it at each, one that changes rows changes them again. '
      + 'With a block Ridgepole asks first: `execute(sql) { |connection| ... }` runs it only when the block says so.',
    exceptions: 'SQL that was there before is not reported again. Statements that can be repeated without harm (`CREATE OR REPLACE VIEW`) still take their lock each time; accept them with a comment.',
  },
  problem: {
    'schemafile-execute': ({ sql }) => ({
      message: `${quoted(excerpt(sql))} runs at every apply.`,
      why: 'Without a condition Ridgepole runs it again at each deployment, after everything else.',
      remedy: {
        advice: 'Give it a block that asks the database whether it is still to be done.',
        steps: [{ kind: 'code', text: 'For instance:', code: 'execute("CREATE VIEW ...") do |connection|\n  connection.select_value("SELECT count(*) FROM information_schema.views WHERE table_name = \'...\'").to_i.zero?\nend\n' }],
      },
    }),
  },
});
