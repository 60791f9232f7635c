import type { Check, ForeignKey, Operation, OperationOf, QualifiedName } from '../operations/index.ts';
import { isMysql, olderThan, printName } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { objectName } from './naming.ts';
import type { Remedy, RemedyStatement, RemedyStep } from './remedy.ts';
import { advise } from './remedy.ts';
import { quoteName, quoteQualified } from './sql/name.ts';
import { migrationStep, perform, queryStep, rawSql } from './step.ts';

/** The foreign key without reading the rows (NOT VALID), then its validation in a second migration, which blocks nobody. With the orphans query. */
export function foreignKeyInTwoSteps(table: QualifiedName, key: ForeignKey, c: RemedyContext): Remedy {
  if (isMysql(c.engine)) return foreignKeyUnchecked(table, key, c);
  if (c.engine.name !== 'postgres') return { advice: 'Look for orphans before the deployment.', steps: [orphansQuery(table, key, c)] };
  const partitioned = c.schema.table(table)?.partitionBy;
  if (partitioned && !(c.engine.version[0] !== undefined && c.engine.version[0] >= 18)) {
    const advice = `"${printName(table)}" is partitioned, and Postgres before 18 adds its foreign keys validated only: add the key to each partition NOT VALID, validate each, and add it to the parent last.`;
    return { advice, steps: [orphansQuery(table, key, c)] };
  }
  const fresh = c.schema.table(table)?.newColumns;
  const isFresh = fresh !== undefined && key.columns.every((column) => fresh.has(column));
  const named: ForeignKey = key.name === null && c.migration.language !== 'ruby' ? { ...key, name: objectName(c.engine, table.name, ...key.columns, 'fkey') } : key;
  return {
    advice: 'Add the foreign key without validating it, and validate it in a second migration.',
    steps: [
      ...(isFresh ? [] : [orphansQuery(table, key, c)]),
      migrationStep({ words: foreignKeyWords('add foreign key to', table, key), title: 'Add the foreign key; only new and changed rows are checked.', up: [addForeignKey(table, { ...named, validated: false })] }),
      migrationStep({ words: foreignKeyWords('validate foreign key of', table, key), title: 'Check the rows that were there before; reads and writes go on.', up: [validateForeignKey(table, named)] }),
    ],
  };
}

/** The check constraint NOT VALID, then its validation in a second migration. With the query for rows that violate it. */
export function checkInTwoSteps(table: QualifiedName, check: Check, c: RemedyContext): Remedy {
  const query = violationsQuery(table, check.expression, c);
  if (c.engine.name !== 'postgres') {
    return { advice: 'The server checks all rows while writes wait: run it with gh-ost or pt-online-schema-change, or while the table is quiet.', steps: [query] };
  }
  const name = check.name ?? objectName(c.engine, table.name, ...(/[a-z_]\w*/i.exec(check.expression)?.slice(0, 1) ?? []).map((word) => word.toLowerCase()), 'check');
  const steps = [
    query,
    migrationStep({ words: `add check ${name} to ${table.name}`, title: 'Add the constraint; only new and changed rows are checked.', up: [addCheck(table, { ...check, name, validated: false })] }),
    migrationStep({ words: `validate check ${name} of ${table.name}`, title: 'Check the rows that were there before; reads and writes go on.', up: [validateCheck(table, name)] }),
  ];
  return { advice: 'Add the constraint without validating it, and validate it in a second migration.', steps };
}

/** The validation in a migration of its own, where no stronger lock is held. */
export function validateLater(operation: OperationOf<'validate-constraint'>, _c: RemedyContext): Remedy {
  const { table, name, constraint, columns, references } = operation;
  const what = name ?? (columns.join(' and ') || constraint);
  return {
    advice: 'Validate the constraint in a migration of its own, after the one that adds it is deployed.',
    steps: [migrationStep({ words: `validate ${what} of ${table.name}`, title: 'Check the rows; reads and writes go on.', up: [perform({ kind: 'validate-constraint', table, name, constraint, columns, references })] })],
  };
}

/** The validation of a constraint that the operation adds NOT VALID, in a migration that follows, with the query for the rows that it would stop at. */
export function validateAfterwards(operation: Operation, c: RemedyContext): Remedy {
  const step = (words: string, statement: RemedyStatement): RemedyStep => migrationStep({ words, title: 'Check the rows that were there before; reads and writes go on.', up: [statement] });
  const advice = 'Validate it in a later migration.';
  switch (operation.kind) {
    case 'add-foreign-key': {
      const { table, foreignKey } = operation;
      const known = c.schema.table(table)?.foreignKeys.find((key) => key.columns.join() === foreignKey.columns.join() && printName(key.references) === printName(foreignKey.references));
      return { advice, steps: [orphansQuery(table, foreignKey, c), step(foreignKeyWords('validate foreign key of', table, foreignKey), validateForeignKey(table, { ...foreignKey, name: foreignKey.name ?? known?.name ?? null }))] };
    }
    case 'add-check': {
      const { table, check } = operation;
      const name = check.name ?? c.schema.table(table)?.checks.find((one) => one.expression === check.expression)?.name ?? null;
      return { advice, steps: [violationsQuery(table, check.expression, c), ...(name === null ? [] : [step(`validate check ${name} of ${table.name}`, validateCheck(table, name))])] };
    }
    case 'add-not-null': {
      const { table, column, name } = operation;
      const validate = perform({ kind: 'validate-constraint', table, name: name ?? objectName(c.engine, table.name, column, 'not_null'), constraint: 'not-null', columns: [column], references: null });
      return { advice, steps: [violationsQuery(table, notNullCondition(column, c), c), step(`validate not null of ${table.name} ${column}`, validate)] };
    }
    default:
      return advise(advice);
  }
}

/** An exclusion constraint cannot be added in steps: a sentence. */
export function exclusionConstraint(operation: OperationOf<'add-exclusion'>, _c: RemedyContext): Remedy {
  return advise(
    `Postgres builds an exclusion constraint only under a lock that stops reads and writes of "${printName(operation.table)}": add it while the table is small or in a maintenance window with a lock_timeout, or create a new table with the constraint and move the rows.`,
  );
}

/** A statement that adds a foreign key. */
export function addForeignKey(table: QualifiedName, foreignKey: ForeignKey): RemedyStatement {
  return perform({ kind: 'add-foreign-key', table, foreignKey, ifNotExists: false });
}

/** A statement that validates a foreign key. */
export function validateForeignKey(table: QualifiedName, key: ForeignKey): RemedyStatement {
  return perform({ kind: 'validate-constraint', table, name: key.name, constraint: 'foreign-key', columns: key.columns, references: key.references });
}

/** A statement that adds a check constraint. */
export function addCheck(table: QualifiedName, check: Check): RemedyStatement {
  return perform({ kind: 'add-check', table, check, ifNotExists: false });
}

/** A statement that validates a check constraint. */
export function validateCheck(table: QualifiedName, name: string): RemedyStatement {
  return perform({ kind: 'validate-constraint', table, name, constraint: 'check', columns: [], references: null });
}

/** A statement that drops a check constraint. */
export function dropCheck(table: QualifiedName, name: string): RemedyStatement {
  return perform({ kind: 'drop-constraint', table, name, constraint: 'check', columns: [], references: null, ifExists: false, cascade: false });
}

/** The query for rows whose foreign key points nowhere. */
export function orphansQuery(table: QualifiedName, key: ForeignKey, c: RemedyContext): RemedyStep {
  const name = (column: string): string => quoteName(column, c.engine);
  const parents = key.referencedColumns.length > 0 ? key.referencedColumns : (c.schema.table(key.references)?.primaryKey ?? []);
  const pairs = key.columns.map((column, at) => ({ child: `c.${name(column)}`, parent: `p.${name(parents[at] ?? 'id')}` }));
  const only = c.engine.name === 'postgres' && !c.schema.table(table)?.partitionBy ? 'ONLY ' : '';
  const sql = [
    `SELECT ${pairs.map((pair) => pair.child).join(', ')}`,
    `FROM ${only}${quoteQualified(table, c.engine)} c`,
    `LEFT JOIN ${quoteQualified(key.references, c.engine)} p ON ${pairs.map((pair) => `${pair.parent} = ${pair.child}`).join(' AND ')}`,
    `WHERE ${pairs.map((pair) => `${pair.child} IS NOT NULL`).join(' AND ')} AND ${pairs[0]?.parent ?? 'p.id'} IS NULL`,
    'LIMIT 20',
  ].join('\n');
  return queryStep(`Look for rows of "${printName(table)}" without a row in "${printName(key.references)}" before the deployment. No rows: the key is valid. Rows: repair or delete them first.`, sql);
}

/** The query for rows that violate a check. */
export function violationsQuery(table: QualifiedName, expression: string, c: RemedyContext): RemedyStep {
  const sql = `SELECT *\nFROM ${quoteQualified(table, c.engine)}\nWHERE (${expression}) IS FALSE\nLIMIT 20`;
  return queryStep(`Look for rows of "${printName(table)}" that violate the constraint before the deployment. No rows: it is valid. Rows: repair them first.`, sql);
}

function foreignKeyUnchecked(table: QualifiedName, key: ForeignKey, c: RemedyContext): Remedy {
  const checks = (value: string): RemedyStatement => rawSql(`SET foreign_key_checks = ${value}`);
  const name = key.name ?? (c.migration.language === 'ruby' ? null : objectName(c.engine, table.name, ...key.columns, 'fkey'));
  const drop = perform({ kind: 'drop-constraint', table, name, constraint: 'foreign-key', columns: key.columns, references: key.references, ifExists: false, cascade: false });
  return {
    advice: 'When the query finds no orphans, add the foreign key with "foreign_key_checks" off for the session: the server then adds it in place while writes go on. It does not look at the rows.',
    steps: [
      orphansQuery(table, key, c),
      migrationStep({ words: foreignKeyWords('add foreign key to', table, key), title: 'Add the foreign key in place.', up: [checks('0'), addForeignKey(table, { ...key, name }), checks('1')], down: [drop] }),
    ],
  };
}

function foreignKeyWords(action: string, table: QualifiedName, key: ForeignKey): string {
  return `${action} ${table.name} on ${key.columns.join(' and ')}`;
}

/** True when the server reads all rows for SET NOT NULL even though a validated check proves it (Postgres before 12). */
export function ignoresNotNullChecks(c: RemedyContext): boolean {
  return c.engine.name === 'postgres' && olderThan(c.engine, 12);
}

/** The condition `"column" IS NOT NULL`, as Postgres recognises it. */
export function notNullCondition(column: string, c: RemedyContext): string {
  return `${quoteName(column, c.engine)} IS NOT NULL`;
}

