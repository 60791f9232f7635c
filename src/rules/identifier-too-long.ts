import type { Operation } from '../operations/index.ts';
import { isMysql } from '../operations/index.ts';
import { shorterIdentifier } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { engineWord } from './shared/aftermath.ts';
import type { NamedObject } from './shared/new-names.ts';
import { newNames } from './shared/new-names.ts';
import { quoted } from './shared/names.ts';

const judge = (operation: Operation, context: StepContext) => newNames(operation).flatMap((object) => finding(object, operation, context));

export default defineRule({
  id: 'identifier-too-long',
  summary: 'A name is longer than the database keeps: 63 bytes on Postgres, 64 characters on MySQL.',
  hazard: 'fails',
  severity: 'warn',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['squawk/identifier-too-long', 'pgsafe/identifier-too-long', 'safemigrate-lint/identifier_too_long'],
  docs: {
    why: 'Postgres cuts a name after 63 bytes with no more than a notice: two long names can become the same one (42P07, or IF NOT EXISTS passes over the second), and what compares names as texts, such as a query of the catalog, does not find it. Characters outside ASCII take two to four bytes each. '
      + 'MySQL and MariaDB refuse more than 64 characters (error 1059). Rails checks the names of indexes and tables itself and raises ArgumentError.',
    exceptions: 'None; choose a shorter name.',
  },
  check: {
    'create-table': judge, 'rename-table': judge, 'add-column': judge, 'rename-column': judge, 'create-index': judge, 'rename-index': judge, 'add-foreign-key': judge, 'add-check': judge,
    'add-unique': judge, 'add-exclusion': judge, 'rename-constraint': judge, 'create-enum': judge, 'rename-type': judge, 'create-view': judge, 'create-function': judge, 'create-trigger': judge, 'create-sequence': judge,
  },
});

function finding({ what, name, generated }: NamedObject, operation: Operation, context: StepContext) {
  // A UTF-16 unit is at most three bytes.
  if (name.length < 20) return [];
  const mysql = isMysql(context.engine);
  const limit = mysql ? 64 : 63;
  const length = mysql ? [...name].length : Buffer.byteLength(name);
  if (length <= limit) return [];
  const unit = mysql ? 'characters' : 'bytes';
  return [{
    message: `The ${what} name ${quoted(name)} is ${length} ${unit} long; ${engineWord(context)} keeps ${limit}.`,
    why: `${generated ? 'The name is made from the table and its columns. ' : ''}${mysql ? `${engineWord(context)} refuses it (error 1059).` : 'Postgres cuts it off with no more than a notice, so it can collide with another name, and statements that name it in full rely on the same cut.'}`,
    remedy: shorterIdentifier(name, limit, context),
    operation,
  }];
}
