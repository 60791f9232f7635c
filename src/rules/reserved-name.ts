import type { Operation } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { engineWord } from './shared/aftermath.ts';
import { quoted } from './shared/names.ts';
import { newNames } from './shared/new-names.ts';
import { isReserved } from './shared/reserved-words.ts';

/** What Postgres reads for these words without quotes: no error, another value. */
const calls = /^(?:user|(?:current|session|system)_user|current_(?:catalog|date|role|schema|time|timestamp)|localtime(?:stamp)?)$/i;

const judge = (operation: Operation, context: StepContext): Finding[] =>
  newNames(operation).filter(({ what, name }) => (what === 'table' || what === 'column' || what === 'view') && isReserved(name, context.engine)).map(({ what, name }) => ({
    message: `The ${what} name ${quoted(name)} is a reserved word of ${engineWord(context)}.`,
    why: context.engine.name === 'postgres' && what === 'column' && calls.test(name)
      ? `Every statement has to put it in quotes. One that does not gets no error but another value: ${name} without quotes is a function of the server.`
      : `Every statement has to put it in quotes; one that does not is refused (${context.engine.name === 'postgres' ? '42601' : 'error 1064'}).`,
    remedy: advise('Choose a name that is no keyword.'),
  }));

export default defineRule({
  id: 'reserved-name',
  summary: 'A table, column or view has a name that the database reserves, so it has to be quoted wherever it is used.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['rubocop-migration/ReservedWordMysql', 'pg-migration-lint/PGM509', 'skeema/reserved-word'],
  docs: {
    why: 'Frameworks quote names; people, reports, psql, other services and fragments of SQL in the application do not, and get a syntax error. A few words are worse: `SELECT user FROM accounts` on Postgres returns the name of the session\'s user, with no error. '
      + 'The words are those of the server\'s release: Postgres\'s reserved key words (appendix C of its manual), MySQL\'s up to 5.7, 8.0 or 8.4, and what MariaDB 10.11 refuses.',
    exceptions: 'Applications in which every statement is written by a library that quotes. Names of indexes, constraints and other objects are not looked at.',
  },
  check: { 'create-table': judge, 'rename-table': judge, 'add-column': judge, 'rename-column': judge, 'create-view': judge },
});
