import type { ColumnDefinition, Default, OperationOf, QualifiedName } from '../operations/index.ts';
import { fillsRows, isMysql, noDefault, printName, sameName } from '../operations/index.ts';
import { backfillStep } from './backfill.ts';
import { addCheck, dropCheck, foreignKeyInTwoSteps, ignoresNotNullChecks, notNullCondition, validateCheck } from './constraint.ts';
import type { RemedyContext } from './context.ts';
import { objectName } from './naming.ts';
import { neutralValue } from './neutral-value.ts';
import { ownBatches } from './own-migration.ts';
import type { Remedy, RemedyStatement, RemedyStep } from './remedy.ts';
import { quoteName, quoteQualified } from './sql/name.ts';
import { defaultExpression } from './sql/value.ts';
import { codeStep, migrationStep, note, perform, queryStep } from './step.ts';

/** NOT NULL on a column that holds rows: fill the NULLs in batches when the value is known, then prove it with a check that is validated separately. */
export function notNullInSteps(table: QualifiedName, column: string, c: RemedyContext): Remedy {
  const fill = fillValue(table, column, c);
  const definition = c.schema.table(table)?.columns.get(column);
  const neutral = definition && !isForeignKey(table, definition, c) ? neutralValue(definition) : null;
  const title = fill !== null ? `Fill the NULLs of "${column}" in batches.` : `If there are NULLs: fill them in batches; put the right value in place of ${neutral ?? ''}.`;
  const value = fill ?? neutral;
  const backfill = value === null ? [] : [backfillStep(table, { [column]: value }, `${quoteName(column, c.engine)} IS NULL`, c, title)];
  const advice = isMysql(c.engine)
    ? `Fill the NULLs of "${column}" in batches first, then set NOT NULL in a migration of its own.`
    : `Add a NOT VALID check that "${column}" is not null, validate it in a second migration, then set NOT NULL there: no rows are read under a lock.`;
  return { advice, steps: [nullsQuery(table, column, c), ...backfill, ...notNullSteps(table, column, c)] };
}

/** A new NOT NULL column on a table with rows: nullable first, filled in batches, NOT NULL last. */
export function notNullColumnInSteps(operation: OperationOf<'add-column'>, c: RemedyContext): Remedy {
  const { table, column } = operation;
  const neutral = neutralValue(column);
  const bare = plainColumn({ ...column, nullable: true });
  const add = migrationStep({
    words: `add ${column.name} to ${table.name}`,
    title: `Deployment 1: add "${column.name}" nullable.`,
    up: [perform({ kind: 'add-column', table, column: bare, ifNotExists: operation.ifNotExists })],
  });
  const key = column.references === undefined ? [] : foreignKeyInTwoSteps(table, { ...column.references, columns: [column.name] }, c).steps.filter((step) => step.kind === 'migration');
  const fill = fillsRows(column)
    ? []
    : neutral === null || isForeignKey(table, column, c)
      ? [codeStep(`Fill "${column.name}" in the rows of "${printName(table)}" that are already there, in batches, ${ownBatches(c)}.`)]
      : [backfillStep(table, { [column.name]: neutral }, `${quoteName(column.name, c.engine)} IS NULL`, c, `Fill the existing rows in batches; put the right value in place of ${neutral}.`)];
  const sentence = neutral === null || !constantIsCheap(c) ? '' : ' If one constant is right for all existing rows, giving it as the column\'s default is enough.';
  return {
    advice: `Add "${column.name}" nullable, fill the existing rows, and set NOT NULL last.${sentence}`,
    steps: [add, ...key, codeStep(`Deployment 2: write "${column.name}" whenever a row of "${printName(table)}" is created.`), ...fill, ...notNullSteps(table, column.name, c, column)],
  };
}

/** First every reader is ready for NULL, and that is deployed; then the column may hold one. */
export function dropNotNullAfterReaders(operation: OperationOf<'drop-not-null'>, _c: RemedyContext): Remedy {
  const { table, column } = operation;
  return {
    advice: `Make every reader of "${column}" ready for NULL first, deploy that, and drop NOT NULL in the deployment after.`,
    steps: [
      codeStep(`Deployment 1: let the code, and whoever else reads "${printName(table)}", expect NULL in "${column}".`),
      migrationStep({ words: `let ${column} of ${table.name} be null`, title: `Deployment 2: drop NOT NULL of "${column}".`, up: [perform({ kind: 'drop-not-null', table, column })] }),
    ],
  };
}

/** The migrations that set NOT NULL on a column without NULLs: two on Postgres, one elsewhere. `definition` is what the column is by then, when the schema does not have it yet. */
export function notNullSteps(table: QualifiedName, column: string, c: RemedyContext, definition: ColumnDefinition | undefined = c.schema.table(table)?.columns.get(column)): RemedyStep[] {
  if (c.engine.name !== 'postgres' && c.migration.language === 'sql') return [restatedNotNull(table, column, definition, c)];
  const set = perform({ kind: 'set-not-null', table, column, fill: noDefault });
  const unset = perform({ kind: 'drop-not-null', table, column });
  if (c.engine.name !== 'postgres') return [migrationStep({ words: `set not null on ${table.name} ${column}`, title: 'Set NOT NULL, alone in its migration.', up: [set] })];
  const { add, finish, undo } = notNullStatements(table, column, c);
  return [
    migrationStep({ words: `add not null check to ${table.name} ${column}`, title: 'Add the check; only new and changed rows are checked.', up: add }),
    migrationStep({
      words: `validate not null of ${table.name} ${column}`,
      title: ignoresNotNullChecks(c) ? 'Validate the check; it stands for NOT NULL, which this Postgres sets only by reading all rows under a lock.' : 'Validate the check, then set NOT NULL, which reads no rows with the check in place.',
      up: finish,
      down: ignoresNotNullChecks(c) ? [] : [...undo, unset],
    }),
  ];
}

/** NOT NULL where SQL has no statement for it: MySQL wants the whole definition again, SQLite the whole table. */
function restatedNotNull(table: QualifiedName, column: string, definition: ColumnDefinition | undefined, c: RemedyContext): RemedyStep {
  if (!isMysql(c.engine)) return codeStep(`SQLite sets NOT NULL only by building "${printName(table)}" anew: create it with the constraint under another name, copy the rows, drop the old table and rename the new one.`);
  if (!definition) return codeStep(`Set NOT NULL last, alone in its migration, with the whole definition of the column: ALTER TABLE ${quoteQualified(table, c.engine)} MODIFY COLUMN ${quoteName(column, c.engine)} <type and attributes as they are> NOT NULL.`);
  const alter = (nullable: boolean) => perform({ kind: 'alter-column-type', table, column, type: definition.type, collation: null, using: null, restated: { ...plainColumn(definition), name: column, nullable } });
  return migrationStep({
    words: `set not null on ${table.name} ${column}`,
    title: 'Set NOT NULL, alone in its migration.',
    up: [note('anzen-disable-next-line not-null-without-backfill -- the rows were filled by hand before'), alter(false)],
    down: [alter(true)],
  });
}

/** The statements of both migrations, for remedies that have more to put into them. Postgres only. `undo` takes back `finish` up to NOT NULL itself. */
export function notNullStatements(table: QualifiedName, column: string, c: RemedyContext): { add: RemedyStatement[]; finish: RemedyStatement[]; undo: RemedyStatement[] } {
  const name = objectName(c.engine, table.name, column, 'null_check');
  const check = addCheck(table, { name, expression: notNullCondition(column, c), validated: false });
  const set = perform({ kind: 'set-not-null', table, column, fill: noDefault });
  return { add: [check], finish: ignoresNotNullChecks(c) ? [validateCheck(table, name)] : [validateCheck(table, name), set, dropCheck(table, name)], undo: [check] };
}

/** The query for rows with NULL. */
export function nullsQuery(table: QualifiedName, column: string, c: RemedyContext): RemedyStep {
  const sql = `SELECT count(*)\nFROM ${quoteQualified(table, c.engine)}\nWHERE ${quoteName(column, c.engine)} IS NULL\nHAVING count(*) > 0`;
  return queryStep(`Count the rows of "${printName(table)}" where "${column}" is NULL before the deployment. No rows: nothing is to be filled. Otherwise fill them first.`, sql);
}

/** A column as it can be added at once: without constraints and keys of its own. */
export function plainColumn(column: ColumnDefinition): ColumnDefinition {
  const { references: _references, check: _check, unique: _unique, primaryKey: _primaryKey, ...rest } = column;
  return rest;
}

function fillValue(table: QualifiedName, column: string, c: RemedyContext): string | null {
  const asked = c.migration.operations.find((operation) => operation.kind === 'set-not-null' && operation.column === column && sameName(operation.table, table));
  const given: Default = asked?.kind === 'set-not-null' ? asked.fill : noDefault;
  const known = given.kind === 'none' ? (c.schema.table(table)?.columns.get(column)?.default ?? noDefault) : given;
  return known.kind === 'constant' && known.value === null ? null : defaultExpression(known, c.engine);
}

function isForeignKey(table: QualifiedName, column: ColumnDefinition, c: RemedyContext): boolean {
  if (column.references !== undefined || /_id$/.test(column.name)) return true;
  return c.migration.operations.some((operation) => operation.kind === 'add-foreign-key' && sameName(operation.table, table) && operation.foreignKey.columns.includes(column.name));
}

/** Adding a column with a constant default reads no rows: Postgres from 11, MySQL from 8.0.12, MariaDB from 10.3. */
function constantIsCheap(c: RemedyContext): boolean {
  const [major = 99, minor = 99] = c.engine.version;
  return c.engine.name === 'postgres' ? major >= 11 : c.engine.name === 'mysql' ? major >= 8 : major > 10 || (major === 10 && minor >= 3);
}
