import type { Dependent } from '../engines/effect.ts';
import type { Operation, OperationOf } from '../operations/index.ts';
import { isMysql, sameName } from '../operations/index.ts';
import { recreateDependents } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { engineWord } from './shared/aftermath.ts';
import type { Drop } from './shared/drop.ts';
import { droppedName } from './shared/drop.ts';
import { inForce } from './shared/history.ts';
import { softened, unsureSentence } from './shared/long-lock.ts';
import { joined, quoted, quotedColumn } from './shared/names.ts';
import { goesTogether } from './shared/together.ts';
import { isFromSchemafile } from './shared/schemafile.ts';

type Change = Drop | OperationOf<'alter-column-type'> | OperationOf<'drop-index'>;

export default defineRule({
  id: 'dependent-object',
  summary: 'A column or an object is dropped or changed on which something else depends: the server refuses it.',
  hazard: 'fails',
  severity: 'error',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['migrationpilot/MP052', 'strong_migrations/change_column'],
  docs: {
    why: 'Postgres refuses to change the type of a column that a view, a rule, a generated column, a row security policy or a trigger with UPDATE OF or WHEN uses (0A000), even to the type it has, and to drop it without CASCADE (2BP01); '
      + 'likewise to drop a table with views on it or foreign keys to it, a key that foreign keys refer to, a view that others read, a type with columns, a function with triggers. '
      + 'A column of a partition, or of a partition key, stays whatever the statement says (42P16). It fails on every database, at once, whatever the rows.\n\n'
      + 'What Postgres changes or drops along without a word is not reported: indexes, also those on expressions of the column, checks, statistics, and a foreign key on the column itself. Renaming a column breaks none of them, and `count(*)` depends on no column.\n\n'
      + 'MySQL and MariaDB refuse to drop a column that a foreign key uses (1828, 1553) or refers to (1829), and, unless `foreign_key_checks` is off, the last index that serves a foreign key (1553) and a table that others refer to (3730, 1451). '
      + 'Views stay and fail when they are read.',
    exceptions: 'Only what the schema shows can be told: views whose SQL lies in files of its own, rules and functions are not read. Where the query leaves open whose column a name means, the finding is a warning.',
  },
  check: {
    'alter-column-type': judge, 'drop-column': judge, 'drop-table': judge, 'drop-view': judge, 'drop-type': judge, 'drop-schema': judge, 'drop-sequence': judge, 'drop-function': judge,
    'drop-constraint': judge, 'drop-extension': judge, 'drop-index': (operation, context) => (isMysql(context.engine) ? judge(operation, context) : undefined),
  },
});

function judge(operation: Change, context: StepContext): Finding | undefined {
  const { effect } = context;
  const mysql = isMysql(context.engine);
  const what = operation.kind === 'alter-column-type' ? `change the type of ${quotedColumn(operation.table, operation.column)}` : operation.kind === 'drop-index' ? `drop the index${operation.name ? ` ${quoted(operation.name)}` : ''}` : `drop ${droppedName(operation)}`;
  const refused = !mysql && (operation.kind === 'alter-column-type' || operation.kind === 'drop-column') ? effect.refused : undefined;
  if (refused) {
    return { message: `${engineWord(context)} refuses to ${what}: ${refused.because}.`, why: `The statement fails (error ${refused.error}) on every database, whatever the rows.`, remedy: recreateDependents(operation, [], context) };
  }
  const assumption = effect.assumes.find(({ of }) => of === 'no-dependents');
  const dependents = (assumption?.dependents ?? []).filter((dependent) => !goesTogether(dependent, operation, context) && !mayBeGone(dependent, context) && !isToldOfSchemafile(dependent, operation, context));
  if (!assumption || dependents.length === 0 || operation.guards.some(({ kind }) => kind === 'rescue')) return undefined;
  const named = joined([...dependents.slice(0, 4).map((each) => each.what), ...(dependents.length > 4 ? [`${dependents.length - 4} more`] : [])]);
  return {
    message: `${engineWord(context)} refuses to ${what}: ${named} ${dependents.length === 1 ? 'depends' : 'depend'} on it.`,
    why: `The statement fails (error ${assumption.error ?? ''}) on every database, whatever the rows.${unsureSentence(effect)}`,
    remedy: recreateDependents(operation, dependents, context),
    ...softened({ ...effect, unsure: dependents.some(({ surely }) => surely) ? null : effect.unsure }),
  };
}

/** True for a foreign key of the very table in a Schemafile, which has a rule of its own (`schemafile-foreign-key`). */
function isToldOfSchemafile({ kind, owner }: Dependent, operation: Change, context: StepContext): boolean {
  return isFromSchemafile(context) && kind === 'foreign-key' && (operation.kind === 'drop-index' || operation.kind === 'drop-column') && operation.table !== null && sameName(owner, operation.table);
}

/** True when an earlier statement that runs on a condition takes the dependent away: whether it is still there is decided while it runs. */
function mayBeGone(dependent: Dependent, context: StepContext): boolean {
  return inForce(context).some(({ operation }) => !operation.certain && takesAway(operation, dependent));
}

function takesAway(operation: Operation, { drop }: Dependent): boolean {
  if (drop === null || operation.kind !== drop.kind) return operation.kind === 'opaque';
  if (operation.kind === 'drop-view' && drop.kind === 'drop-view') return sameName(operation.view, drop.view);
  return 'table' in operation && 'table' in drop && operation.table !== null && drop.table !== null && sameName(operation.table, drop.table);
}
