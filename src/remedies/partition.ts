import { readBounds, readPartitionKey } from '../engines/postgres/partition-bounds.ts';
import type { Literal } from '../engines/postgres/literal.ts';
import { defaultPartition, missingForeignKeys, missingIndexes } from '../engines/postgres/partitions.ts';
import type { OwnIndex } from '../engines/postgres/partitions.ts';
import type { OperationOf, QualifiedName } from '../operations/index.ts';
import { olderThan, printName, sameName } from '../operations/index.ts';
import { retriableIndexMigration } from './concurrent-index.ts';
import { addCheck, dropCheck, foreignKeyInTwoSteps, validateCheck } from './constraint.ts';
import type { RemedyContext } from './context.ts';
import { objectName } from './naming.ts';
import { ownMigration } from './own-migration.ts';
import { primaryKeySteps } from './primary-key-steps.ts';
import type { Remedy, RemedyStatement, RemedyStep } from './remedy.ts';
import { advise } from './remedy.ts';
import { plainKeys } from './sql/create-index.ts';
import { quoteName, quoteQualified } from './sql/name.ts';
import { quoteText } from './sql/value.ts';
import { migrationStep, note, perform, queryStep, rawSql } from './step.ts';

/** A check that proves to Postgres what it would otherwise read all rows for, from its making to its end. */
interface Proof {
  readonly steps: readonly RemedyStep[];
  /** Takes the check away when it has served. */
  readonly end: RemedyStatement;
}

/**
 * ATTACH PARTITION without reading rows under its lock: checks that are added NOT VALID and validated before it prove the bounds, the indexes and
 * foreign keys of the parent are there already. `read` are the tables whose rows would be read: the partition, the DEFAULT partition.
 */
export function attachInSteps(operation: OperationOf<'attach-partition'>, read: readonly QualifiedName[], c: RemedyContext): Remedy {
  const { table, partition, bounds } = operation;
  const condition = boundsCondition(table, bounds, c);
  if ((condition === null && read.length > 0) || isComputed(partition, bounds)) {
    return advise(`Before it is attached, give "${printName(partition)}" a check that implies the partition's bounds, NOT VALID first and validated in a second migration; give a DEFAULT partition one that excludes them. Postgres then reads no rows.`);
  }
  const proofs = read.map((name) => (sameName(name, partition) ? within(partition, condition ?? '', c) : outside(name, partition, condition ?? '', c)));
  const own = c.schema.table(partition);
  const parent = own?.isNew && !own.written ? undefined : c.schema.table(table);
  const attach = migrationStep({
    words: `attach ${partition.name} to ${table.name}`,
    title: `Attach it${proofs.length > 0 ? ', and drop the check that Postgres knows by itself then' : ''}: no rows are read.`,
    up: [rawSql(`ALTER TABLE ${quoteQualified(table, c.engine)} ATTACH PARTITION ${quoteQualified(partition, c.engine)} ${bounds ?? 'DEFAULT'}`), ...proofs.map((proof) => proof.end)],
    down: [rawSql(`ALTER TABLE ${quoteQualified(table, c.engine)} DETACH PARTITION ${quoteQualified(partition, c.engine)}`)],
  });
  const before = [
    ...missingIndexes(parent, own).flatMap((one) => ownIndex(one, partition, c)),
    ...missingForeignKeys(parent, own).flatMap((key) => foreignKeyInTwoSteps(partition, key, c).steps),
  ];
  const checks = proofs.length === 0 ? '' : ' Add a check that proves the bounds, NOT VALID first and validated in a second migration, and attach after that.';
  const indexes = before.length === 0 ? '' : ` Give "${printName(partition)}" the parent's indexes and foreign keys first, each without blocking.`;
  return { advice: (indexes + checks).trim(), steps: [...before, ...proofs.flatMap((proof) => proof.steps), ...(bounds === null ? [] : [attach])] };
}

/** A new partition that is made by itself and attached: the parent is not locked against anybody. `read`: the DEFAULT partition would be read. */
export function createThenAttach(operation: OperationOf<'create-table'>, read: boolean, c: RemedyContext): Remedy {
  const { table, partitionOf, partitionBounds: bounds } = operation;
  const advice = `Create "${printName(table)}" as a table of its own and attach it, which leaves the parent to its readers and writers.`;
  if (!partitionOf || bounds === undefined || isComputed(table, bounds) || olderThan(c.engine, 12)) return advise(olderThan(c.engine, 12) ? 'Before Postgres 12 attaching locks the parent as well: set a short lock_timeout, and retry.' : advice);
  const condition = boundsCondition(partitionOf, bounds, c);
  const rest = read ? defaultPartition(partitionOf, c)?.name : undefined;
  if (rest && condition === null) return advise(`${advice} Give "${printName(rest)}" a check that excludes the new bounds first, NOT VALID and validated in a second migration, so that its rows are not read.`);
  const proof = rest ? outside(rest, table, condition ?? '', c) : null;
  const [name, parent] = [quoteQualified(table, c.engine), quoteQualified(partitionOf, c.engine)];
  const generated = [...(c.schema.table(partitionOf)?.columns.values() ?? [])].some((column) => column.generated) ? ' INCLUDING GENERATED' : '';
  const below = operation.partitionBy ? ` PARTITION BY ${operation.partitionBy}` : '';
  const create = migrationStep({
    words: `create ${table.name}`,
    title: 'Create it like the parent, and attach it while it is empty; its indexes come with that.',
    up: [
      rawSql(`CREATE TABLE ${name} (LIKE ${parent} INCLUDING DEFAULTS INCLUDING CONSTRAINTS${generated})${below}`),
      rawSql(`ALTER TABLE ${parent} ATTACH PARTITION ${name} ${bounds}`),
      ...(proof ? [proof.end] : []),
    ],
    down: [rawSql(`DROP TABLE ${name}`)],
  });
  return { advice: proof ? `${advice} A check on "${rest ? printName(rest) : ''}" that excludes the new bounds spares reading its rows.` : advice, steps: [...(proof?.steps ?? []), create] };
}

/** DETACH CONCURRENTLY; where Postgres has none, the plain one that gives up after a short wait. */
export function detachConcurrently(operation: OperationOf<'detach-partition'>, c: RemedyContext): Remedy {
  const { table, partition } = operation;
  const rest = defaultPartition(table, c);
  const statement = `ALTER TABLE ${quoteQualified(table, c.engine)} DETACH PARTITION ${quoteQualified(partition, c.engine)}`;
  const bounds = c.schema.table(partition)?.partitionBounds;
  const down = bounds === undefined ? null : [rawSql(`ALTER TABLE ${quoteQualified(table, c.engine)} ATTACH PARTITION ${quoteQualified(partition, c.engine)} ${bounds}`)];
  const words = `detach ${partition.name} from ${table.name}`;
  if (isComputed(partition, null)) return advise(olderThan(c.engine, 14) || rest ? 'Set a short "lock_timeout" before it, and retry.' : 'Detach it with CONCURRENTLY, outside a transaction.');
  if (olderThan(c.engine, 14) || rest) {
    const reason = rest ? `Postgres detaches nothing concurrently while there is a DEFAULT partition ("${printName(rest.name)}")` : 'Postgres has DETACH CONCURRENTLY since release 14';
    const step = migrationStep({ words, title: 'Detach it, or give up after two seconds; then run it again.', up: [perform({ kind: 'set-setting', name: 'lock_timeout', value: "'2s'", local: true }), rawSql(statement)], down });
    return { advice: `${reason}: set a short "lock_timeout", so that nobody queues behind the statement for long, and retry.`, steps: [step] };
  }
  const step = migrationStep({ words, title: 'Detach it while reads and writes go on; if it is interrupted, finish it with DETACH PARTITION ... FINALIZE.', transaction: false, up: [rawSql(`${statement} CONCURRENTLY`)], down });
  return { advice: `Detach it concurrently, ${ownMigration(c)}. Postgres leaves a check with the bounds on the table, so that it can be attached again without being read.`, steps: [step] };
}

/** True when the name or the bounds are put together while the migration runs. */
function isComputed(partition: QualifiedName, bounds: string | null): boolean {
  return partition.dynamic === true || /#\{/.test(`${partition.name} ${bounds ?? ''}`);
}

function within(partition: QualifiedName, condition: string, c: RemedyContext): Proof {
  const query = queryStep(
    `Look for rows of "${printName(partition)}" outside the bounds before the deployment. No rows: it can be attached. Rows: move them first.`,
    `SELECT *\nFROM ${quoteQualified(partition, c.engine)}\nWHERE (${condition}) IS NOT TRUE\nLIMIT 20`,
  );
  return proofBy(partition, freeName(partition, ['bounds'], c), condition, query);
}

function outside(rest: QualifiedName, partition: QualifiedName, condition: string, c: RemedyContext): Proof {
  const query = queryStep(
    `Look for rows of "${printName(rest)}" that belong to the new partition before the deployment. No rows: it can be added. Rows: move them first.`,
    `SELECT *\nFROM ${quoteQualified(rest, c.engine)}\nWHERE ${condition}\nLIMIT 20`,
  );
  return proofBy(rest, freeName(rest, ['without', partition.name], c), `NOT (${condition})`, query);
}

/** A name for a check that the table has none of yet. */
function freeName(table: QualifiedName, words: readonly string[], c: RemedyContext): string {
  const taken = (name: string) => c.schema.table(table)?.checks.some((check) => check.name === name) ?? false;
  for (let number = 1; ; number++) {
    const name = objectName(c.engine, table.name, ...words, ...(number === 1 ? [] : [String(number)]));
    if (!taken(name)) return name;
  }
}

function proofBy(table: QualifiedName, name: string, expression: string, query: RemedyStep): Proof {
  return {
    steps: [
      query,
      migrationStep({ words: `add check ${name} to ${table.name}`, title: `Add the check to "${printName(table)}"; only new and changed rows are checked.`, up: [addCheck(table, { name, expression, validated: false })] }),
      migrationStep({ words: `validate check ${name} of ${table.name}`, title: 'Check the rows that were there before; reads and writes go on.', up: [validateCheck(table, name)], down: [note('The check stays as it is.')] }),
    ],
    end: dropCheck(table, name),
  };
}

/** What the partition's rows fulfil, as SQL, in the form that Postgres recognises; null for keys and bounds that are not read. */
function boundsCondition(parent: QualifiedName, text: string | null, c: RemedyContext): string | null {
  const columns = readPartitionKey(c.schema.table(parent)?.partitionBy ?? null)?.columns ?? [];
  const bounds = readBounds(text);
  const [column, ...more] = columns;
  if (bounds.kind === 'hash' && columns.length > 0 && !columns.includes(null)) {
    return `satisfies_hash_partition(${quoteText(quoteQualified(parent, c.engine), c.engine)}::regclass, ${bounds.modulus}, ${bounds.remainder}, ${columns.map((one) => quoteName(one ?? '', c.engine)).join(', ')})`;
  }
  if (column === undefined || column === null || more.length > 0) return null;
  const name = quoteName(column, c.engine);
  const value = (literal: Literal) => (literal.kind === 'number' ? literal.text : quoteText(literal.text, c.engine));
  if (bounds.kind === 'range') return [`${name} IS NOT NULL`, ...(bounds.from ? [`${name} >= ${value(bounds.from)}`] : []), ...(bounds.to ? [`${name} < ${value(bounds.to)}`] : [])].join(' AND ');
  if (bounds.kind !== 'list') return null;
  const list = `${name} IN (${bounds.values.map(value).join(', ')})`;
  return bounds.withNull ? (bounds.values.length > 0 ? `${name} IS NULL OR ${list}` : `${name} IS NULL`) : `${name} IS NOT NULL AND ${list}`;
}

function ownIndex(one: OwnIndex, partition: QualifiedName, c: RemedyContext): RemedyStep[] {
  if (one.kind === 'primary-key') return primaryKeySteps(partition, one.columns, null, c);
  const index = one.kind === 'index' ? one.index : { keys: plainKeys(one.columns), unique: true, method: 'btree' };
  const name = objectName(c.engine, partition.name, ...index.keys.map((key) => key.column ?? 'expr'), one.kind === 'index' ? 'idx' : 'key');
  const { generatedName: _, ...definition } = { generatedName: false, ...index };
  const build = retriableIndexMigration({ ...definition, table: partition, name }, c, `Build the parent's index on "${printName(partition)}" without blocking.`);
  if (one.kind === 'index') return [build];
  const add = perform({ kind: 'add-unique', table: partition, name, columns: one.columns, usingIndex: name, deferrable: false, nullsNotDistinct: false });
  return [build, migrationStep({ words: `add unique constraint to ${partition.name} on ${one.columns.join(' and ')}`, title: 'Make it a constraint, as it is on the parent.', up: [add] })];
}
