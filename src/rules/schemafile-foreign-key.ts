import type { ProblemOf } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding } from './rule.ts';
import { listed, quoted, quotedColumn } from './shared/names.ts';

export default defineRule({
  id: 'schemafile-foreign-key',
  summary: 'A foreign key in the Schemafile is refused, removed in the wrong order or by the wrong name, or made anew at every apply.',
  hazard: 'fails',
  severity: 'warn',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'Ridgepole knows a foreign key by its name, and one without by its two tables and its column; it removes the latter by the referenced table alone, so that of two keys to one table any may go. '
      + 'On MySQL it refuses a key whose column has no index (0.8.10 on), and the server refuses to drop the last index that a key needs (error 1553). '
      + 'Before 0.7.0 it removed keys after the columns and indexes that they need, and took none without a name. '
      + 'Before 3.1.2 a `column:` that says what holds anyway made the key differ from the database at every apply: dropped and added again, with both tables locked.\n\n'
      + '`t.references :author, foreign_key: { to_table: :users }` puts the key on `user_id`, not on `author_id`: Ridgepole derives the column from the referenced table unless the reference is a plural.',
    exceptions: 'A single key without a name is not reported. Ridgepole\'s release comes from Gemfile.lock, or from `ridgepole: { version: ... }` in the configuration.',
  },
  problem: {
    'schemafile-foreign-key': (problem) => told(problem),
    'schemafile-reference': ({ table, column }) => ({
      message: `${quotedColumn(table, column)} becomes an integer without an index.`,
      why: 'This release of Ridgepole (before 0.7.1) takes "t.references" for an integer, also where primary keys are bigint, and makes no index for it.',
      remedy: advise('Say the type ("type: :bigint") and the index ("index: true"), or update Ridgepole.'),
    }),
  },
});

function told({ table, name, columns, references, reason }: ProblemOf<'schemafile-foreign-key'>): Finding {
  const key = name === null ? `The foreign key from ${quoted(table)} to ${quoted(references)}` : `The foreign key ${quoted(name)} of ${quoted(table)}`;
  const own = columns.length === 1 ? quoted(columns[0] ?? '') : listed(columns);
  switch (reason) {
    case 'name-required':
      return { message: `${key} has no name, and this release of Ridgepole refuses that.`, why: 'Ridgepole before 0.7.0 stops with "Foreign key name is undefined" while it reads the Schemafile.', remedy: advise('Give the key a name ("name: ..."), or update Ridgepole.'), severity: 'error' };
    case 'ambiguous':
      return {
        message: `${key} has no name and is removed by the referenced table alone, where there are several.`,
        why: `Ridgepole runs "remove_foreign_key ${quoted(table)}, ${quoted(references)}", and Active Record takes the first key that it finds: the one that is meant to stay may go.`,
        remedy: advise(`Give the keys to ${quoted(references)} the names that they have in the database ("name: ...") in a deployment before, and remove this one then.`), severity: 'error',
      };
    case 'unnamed':
      return {
        message: `${key} has no name, and it is one of several.`,
        why: 'Ridgepole removes a key without a name by the referenced table: it can hit the wrong one on the day one of them goes.',
        remedy: advise(`Give each foreign key to ${quoted(references)} a name ("name: ${quoted(`fk_${table}_${columns.join('_')}`)}").`),
      };
    case 'repeated':
      return {
        message: `${key} is dropped and added again at every apply.`,
        why: `This release of Ridgepole (before 3.1.2) takes "column: ${quoted(columns[0] ?? '')}", which is what holds anyway, for a difference from the database: each deployment drops the key, and checks all rows of ${quoted(table)} under locks on both tables to add it.`,
        remedy: advise('Leave "column:" out, give the key a name, or update Ridgepole.'), severity: 'error',
      };
    case 'no-index':
      return {
        message: `${key} has no index on ${own}.`,
        why: 'Ridgepole refuses a foreign key of an InnoDB table without an index on its column, and the server refuses to drop the last index that a foreign key needs (error 1553).',
        remedy: advise(`Keep or add the index ("t.index [${columns.map(quoted).join(', ')}]"), or remove the foreign key with it.`), severity: 'error',
      };
    case 'no-column':
      return {
        message: `${key} is on ${own}, and ${quoted(table)} has no such column.`,
        why: 'The server refuses the key, or the drop of the column that it needs.',
        remedy: advise(`Say which column it is ("column: ..."); of a reference in its options ("foreign_key: { to_table: ..., column: ... }"). Remove the key with its column when that goes.`), severity: 'error',
      };
    case 'late':
      return {
        message: `${key} is removed after the column or index that it needs.`,
        why: 'This release of Ridgepole (before 0.7.0) removes foreign keys last. MySQL refuses to drop what the key needs (errors 1553 and 1828), and Postgres has dropped the key with the column by then, so that its own removal fails.',
        remedy: advise(`Take the foreign key out in one deployment, and its column and index in the next one.`), severity: 'error',
      };
  }
}
