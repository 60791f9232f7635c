import type { ColumnDefinition, OperationOf } from '../operations/index.ts';
import { columnType, isMysql, noDefault, qualified } from '../operations/index.ts';
import { backfillStep } from './backfill.ts';
import { retriableIndexMigration } from './concurrent-index.ts';
import type { RemedyContext } from './context.ts';
import { objectName } from './naming.ts';
import { notNullSteps, plainColumn } from './not-null.ts';
import { ownBatches } from './own-migration.ts';
import { primaryKeySteps } from './primary-key-steps.ts';
import type { Remedy, RemedyStep } from './remedy.ts';
import { advise } from './remedy.ts';
import { ignoreColumns } from './ruby/model.ts';
import { withoutContext } from './rest.ts';
import { plainKeys } from './sql/create-index.ts';
import { quoteName, quoteQualified } from './sql/name.ts';
import { defaultExpression, quoteText } from './sql/value.ts';
import { codeStep, migrationStep, note, perform, rawSql } from './step.ts';
import { keepComputed } from './trigger.ts';

/** First the model ignores the column and that code is deployed everywhere; then the column goes. */
export function dropColumnAfterIgnoring(operation: OperationOf<'drop-column'>, c: RemedyContext): Remedy {
  const { table, column, ifExists } = operation;
  const rails = c.migration.language === 'ruby';
  const known = c.schema.table(table)?.columns.get(column);
  // Without its values the column cannot be NOT NULL again, unless a default fills it.
  const back = known && { ...plainColumn(known), nullable: known.nullable || known.default.kind === 'none' };
  return {
    advice: `Let the application forget "${column}" first, deploy that, and drop the column in the deployment after.`,
    steps: [
      codeStep(rails ? `Deployment 1: remove every use of "${column}" and let the model ignore it.` : `Deployment 1: remove every use of "${column}".`, ignoreColumns(table, [column], c)),
      migrationStep({
        words: `remove ${column} from ${table.name}`,
        title: `Deployment 2: drop "${column}".`,
        up: [perform({ kind: 'drop-column', table, column, ifExists, cascade: false })],
        ...(back ? { down: [perform({ kind: 'add-column', table, column: back, ifNotExists: false })] } : {}),
      }),
    ],
  };
}

/** The column without its default, the default for new rows, and the old rows filled in batches: nothing is rewritten under a lock. */
export function volatileDefaultInSteps(operation: OperationOf<'add-column'>, c: RemedyContext): Remedy {
  const { table, column } = operation;
  const expression = defaultExpression(column.default, c.engine);
  const bare: ColumnDefinition = { ...plainColumn(column), nullable: true, default: noDefault };
  const fill = expression === null
    ? codeStep(`Fill "${column.name}" in the rows that are already there, in batches, ${ownBatches(c)}.`)
    : backfillStep(table, { [column.name]: expression }, `${quoteName(column.name, c.engine)} IS NULL`, c, 'Fill the rows that were there before, in batches.');
  return {
    advice: `Add "${column.name}" without a default, then set the default for new rows, and fill the old rows in batches.`,
    steps: [
      migrationStep({
        words: `add ${column.name} to ${table.name}`,
        title: 'Add the column, then its default, which holds for new rows only.',
        up: [
          perform({ kind: 'add-column', table, column: bare, ifNotExists: operation.ifNotExists }),
          perform({ kind: 'set-default', table, column: column.name, default: column.default, from: noDefault }),
        ],
      }),
      fill,
      ...finish(operation, c),
    ],
  };
}

/** A column that the server can add only by rewriting the table (serial, identity, stored generated): what stands for it without that. */
export function rewritingColumnInSteps(operation: OperationOf<'add-column'>, c: RemedyContext): Remedy {
  const { table, column } = operation;
  if (isMysql(c.engine)) {
    if (column.generated?.stored) {
      const virtual: ColumnDefinition = { ...column, generated: { ...column.generated, stored: false } };
      const step = migrationStep({ words: `add ${column.name} to ${table.name}`, title: 'Add the column as a virtual one.', up: [perform({ kind: 'add-column', table, column: virtual, ifNotExists: false })] });
      return { advice: 'Make the generated column virtual, which needs no copy of the table and can be indexed.', steps: [step] };
    }
    return advise('Add the column with gh-ost or pt-online-schema-change, which copy the table while writes go on.');
  }
  if (c.engine.name !== 'postgres') return advise('Add the column while the table is small, or fill a plain column in batches.');
  if (column.generated) return generatedColumn(operation, column.generated.expression, c);
  const serial = /^(small|big)?serial$/.exec(column.type.name);
  if (serial || column.identity) return numberedColumn(operation, c);
  return advise(`Add "${column.name}" with the domain's base type, add its condition as a check that is NOT VALID, fill the old rows in batches, and validate the check in a later migration.`);
}

/** The same with `jsonb`, which has an equality operator; `json` has none, so DISTINCT and GROUP BY fail on it. */
export function jsonbColumn(operation: OperationOf<'add-column'> | OperationOf<'alter-column-type'> | OperationOf<'create-table'>, _c: RemedyContext): Remedy {
  const advice = 'Use "jsonb" instead of "json".';
  const deed = withoutContext(operation);
  if (deed.kind === 'add-column') {
    const column = { ...deed.column, type: { ...deed.column.type, name: 'jsonb' } };
    return { advice, steps: [migrationStep({ words: `add ${column.name} to ${deed.table.name}`, up: [perform({ ...deed, column })] })] };
  }
  return advise(advice);
}

function generatedColumn(operation: OperationOf<'add-column'>, expression: string, c: RemedyContext): Remedy {
  const { table, column } = operation;
  const { generated: _, ...plain } = plainColumn(column);
  const triggers = keepComputed(table, column.name, expression, c);
  return {
    advice: `Add "${column.name}" as a plain column that a trigger computes, and fill the old rows in batches. Or compute it in queries and index the expression.`,
    steps: [
      migrationStep({
        words: `add ${column.name} to ${table.name}`,
        title: 'Add a plain column and compute it at every write.',
        up: [perform({ kind: 'add-column', table, column: { ...plain, nullable: true, default: noDefault }, ifNotExists: false }), ...triggers.create],
        down: [...triggers.drop, perform({ kind: 'drop-column', table, column: column.name, ifExists: false, cascade: false })],
      }),
      backfillStep(table, { [column.name]: expression }, triggers.stale, c, 'Fill the rows that were there before, in batches.'),
      ...finish(operation, c),
    ],
  };
}

/** A sequence as default first, the numbers in batches, and ownership or identity when all rows have one. */
function numberedColumn(operation: OperationOf<'add-column'>, c: RemedyContext): Remedy {
  const { table, column } = operation;
  const { identity, ...plain } = plainColumn(column);
  const type = columnType(plain.type.name.replace('bigserial', 'bigint').replace('smallserial', 'smallint').replace('serial', 'integer'));
  const sequence = quoteQualified(qualified(objectName(c.engine, table.name, column.name, 'seq'), table.schema), c.engine);
  const [on, name] = [quoteQualified(table, c.engine), quoteName(column.name, c.engine)];
  const next = `nextval(${quoteText(sequence, c.engine)})`;
  const interim = identity ? quoteQualified(qualified(objectName(c.engine, table.name, column.name, 'interim_seq'), table.schema), c.engine) : sequence;
  const nextInterim = `nextval(${quoteText(interim, c.engine)})`;
  const takeOver = identity
    ? [
        rawSql(`ALTER TABLE ${on} ALTER COLUMN ${name} DROP DEFAULT`),
        rawSql(`ALTER TABLE ${on} ALTER COLUMN ${name} ADD GENERATED ${identity.toUpperCase()} AS IDENTITY`),
        rawSql(`SELECT setval(pg_get_serial_sequence(${quoteText(on, c.engine)}, ${quoteText(column.name, c.engine)}), ${nextInterim}, false)`),
        rawSql(`DROP SEQUENCE ${interim}`),
      ]
    : [rawSql(`ALTER SEQUENCE ${sequence} OWNED BY ${on}.${name}`)];
  const value = { kind: 'expression' as const, sql: identity ? nextInterim : next, functions: ['nextval'] };
  return {
    advice: `Add "${column.name}" as a plain number, let a sequence number new rows, number the old ones in batches, and give it the sequence last.`,
    steps: [
      migrationStep({
        words: `add ${column.name} to ${table.name}`,
        title: 'Add the column, then the sequence as its default, which holds for new rows only.',
        up: [
          rawSql(`CREATE SEQUENCE ${interim}${type.name === 'bigint' ? '' : ` AS ${type.name}`}`),
          perform({ kind: 'add-column', table, column: { ...plain, type, nullable: true, default: noDefault }, ifNotExists: false }),
          perform({ kind: 'set-default', table, column: column.name, default: value, from: noDefault }),
        ],
        down: [perform({ kind: 'drop-column', table, column: column.name, ifExists: false, cascade: false }), rawSql(`DROP SEQUENCE ${interim}`)],
      }),
      backfillStep(table, { [column.name]: nextInterim }, `${name} IS NULL`, c, 'Number the rows that were there before, in batches.'),
      ...finish({ ...operation, column: { ...column, nullable: false } }, c),
      migrationStep({
        words: `give ${column.name} of ${table.name} its sequence`,
        title: identity ? 'Make it an identity column that goes on where the sequence stands.' : 'Let the column own the sequence.',
        up: takeOver,
        down: identity ? null : [note('The sequence stays with the column.')],
      }),
    ],
  };
}

/** NOT NULL, UNIQUE and PRIMARY KEY of the definition, when all rows are filled. */
function finish(operation: OperationOf<'add-column'>, c: RemedyContext): RemedyStep[] {
  const { table, column } = operation;
  const index = { name: objectName(c.engine, table.name, column.name, 'key'), table, keys: plainKeys([column.name]), unique: true, method: 'btree' };
  return [
    ...(column.nullable && !column.primaryKey ? [] : notNullSteps(table, column.name, c, column)),
    ...(column.primaryKey && c.engine.name === 'postgres' ? primaryKeySteps(table, [column.name], null, c) : column.unique ? [retriableIndexMigration(index, c, `Build the unique index on "${column.name}".`)] : []),
  ];
}
