import { isBlocking } from '../engines/effect.ts';
import { printType, sameType } from '../operations/index.ts';
import type { ColumnType, OperationOf } from '../operations/index.ts';
import { advise, changeTypeInSteps } from '../remedies/index.ts';
import type { Remedy } from '../remedies/remedy.ts';
import { indexUses } from '../schema/table-parts.ts';
import type { Table } from '../schema/table.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { heldSentence, lockSentence } from './shared/lock-sentence.ts';
import { lockReason, isBusy, longLock, softened } from './shared/long-lock.ts';
import { listed, quoted, quotedColumn } from './shared/names.ts';

export default defineRule({
  id: 'rewriting-type-change',
  summary: 'A type change rewrites the table or its indexes while the table is locked.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: [
    'strong_migrations/change_column', 'online_migrations/change_column', 'squawk/changing-column-type', 'eugene/E5', 'rubocop-migration/ChangeColumn', 'atlas/PG301', 'atlas/MY130',
    'pgfence/alter-column-type', 'migrationpilot/MP007', 'migrationpilot/MP089', 'pg-migration-lint/PGM007', 'pgsafe/alter-column-type', 'safemigrate-lint/column_type_change',
    'drizzle-migration-lint/alter-column-type', 'django-migration-linter/ALTER_COLUMN',
  ],
  docs: {
    why: 'Most type changes write every row and every index anew under an ACCESS EXCLUSIVE lock: integer to bigint took 11 s on 2 million rows of Postgres 15, with nobody reading or writing the table meanwhile. '
      + 'A longer varchar, varchar to text, a larger numeric precision and a few others only touch the catalog and are not reported. '
      + 'A change of collation, or to citext, leaves the rows but builds the indexes of the column anew.\n\n'
      + 'On MySQL a changed type copies the table with writes blocked; a longer VARCHAR does not, as long as its length in bytes stays on the same side of 256.',
    exceptions: 'Small tables and tables created in the same pull request. Rails keeps its sessions in UTC, and SQL can say `SET timezone = \'UTC\'`; a change between timestamp and timestamptz is then reported only where the column has an index, which is built anew. When the old type is not known the finding is a warning: compare the types by hand.',
  },
  check: { 'alter-column-type': judge },
});

function judge(operation: OperationOf<'alter-column-type'>, context: StepContext) {
  const { effect, table } = context;
  const zones = effect.unsure !== null && isUtc(context) && /TimeZone/.test(effect.unsure);
  if (zones && !isIndexed(operation, table)) return undefined;
  const lock = longLock(context) ?? (effect.unsure === null || context.onNewTable ? undefined : effect.locks.find((each) => isBlocking(each) && isBusy(each.table, context)));
  if (!lock) return undefined;
  const work = zones ? 'builds the indexes over it anew while the table is locked' : effect.unsure === null ? workDone(context) : 'may rewrite the whole table while it is locked';
  return {
    message: `${changeWords(operation, table?.columns.get(operation.column)?.type)} ${work}.`,
    why: zones ? lockSentence(operation, { ...lock, cost: 'index-build' }) + heldSentence(lock, context.held) : lockReason(context, lock) + (effect.assumes.some(({ error }) => error === '22P05') ? ' A value that holds the escape "\\u0000", which json keeps and jsonb cannot, stops it (error 22P05).' : ''),
    remedy: table?.newColumns.has(operation.column) ? addedAs(operation) : changeTypeInSteps(operation, context),
    ...softened(effect),
  };
}

/** In a session whose TimeZone is UTC, the change between timestamp and timestamptz leaves the rows alone from Postgres 12 on. Rails sets it; SQL may. */
function isUtc({ migration, engine, settings }: StepContext): boolean {
  if (engine.name !== 'postgres') return false;
  const set = [...settings.values()].findLast(({ name }) => /^time ?zone$/i.test(name));
  return set ? /^(?:utc|etc\/utc|0|\+00(?::?00)?)$/i.test(set.value?.replaceAll("'", '') ?? '') : migration.framework === 'rails';
}

function isIndexed({ column }: OperationOf<'alter-column-type'>, table: Table | undefined): boolean {
  return table?.indexes.some((index) => indexUses(index, column)) === true || table?.uniques.some((unique) => unique.columns.includes(column)) === true || table?.primaryKey.includes(column) === true;
}

/** A column that the same change set adds needs no second type. */
function addedAs({ column, type }: OperationOf<'alter-column-type'>): Remedy {
  return advise(`Add ${quoted(column)} as ${printType(type)} in the first place: the column is new in the same change.`);
}

function changeWords(operation: OperationOf<'alter-column-type'>, old: ColumnType | undefined): string {
  const column = quotedColumn(operation.table, operation.column);
  if (!old || !sameType(old, operation.type)) return `Changing ${column} ${old ? `from ${printType(old)} ` : ''}to ${printType(operation.type)}`;
  const collation = operation.collation ?? operation.restated?.collation;
  const charset = operation.restated?.charset;
  if (collation) return `Changing the collation of ${column} to ${quoted(collation)}`;
  return charset ? `Changing the character set of ${column} to ${quoted(charset)}` : `Changing the definition of ${column}`;
}

function workDone({ effect }: StepContext): string {
  if (effect.rewrites) return 'rewrites the whole table while it is locked';
  const rebuilt = effect.rebuildsIndexes;
  if (rebuilt === 'all') return 'builds every index of the table anew while it is locked';
  return rebuilt === 'none' || rebuilt.length === 0 ? 'reads the whole table while it is locked' : `builds ${listed(rebuilt)} anew while the table is locked`;
}
