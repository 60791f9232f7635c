import type { AlterColumn, ColumnConstraint, CreateColumnDef, CreateTableStatement, TableAlteration, TableConstraint, TableReference } from 'pgsql-ast-parser';
import type { Check, ColumnDefinition, Deed, ForeignKey, QualifiedName } from '../../../../operations/index.ts';
import type { Piece } from '../../text/piece.ts';
import { emptyTable } from '../create-table.ts';
import { defaultOf, nameOf, textOf, typeOf, wordOf } from './expression.ts';

/** `CREATE TABLE`. */
export function createTable(statement: CreateTableStatement, piece: Piece): Deed {
  const table = nameOf(piece, statement.name);
  const constraints = statement.constraints ?? [];
  const primary = constraints.flatMap((constraint) => (constraint.type === 'primary key' ? constraint.columns.map((column) => wordOf(piece, column)) : []));
  const read = statement.columns.flatMap((column) => (column.kind === 'column' ? [columnOf(column, piece)] : []));
  const like = statement.columns.find((column) => column.kind === 'like table');
  return {
    ...emptyTable(table),
    columns: read.map(({ column, uniqueName }) => {
      const { unique, ...rest } = primary.includes(column.name) ? { ...column, nullable: false } : column;
      return unique && uniqueName === null ? { ...rest, unique } : rest;
    }),
    primaryKey: [...read.flatMap(({ column }) => (column.primaryKey ? [column.name] : [])), ...primary],
    foreignKeys: constraints.flatMap((constraint) => (constraint.type === 'foreign key' ? [foreignKeyOf(constraint, constraint.localColumns.map((column) => wordOf(piece, column)), piece)] : [])),
    checks: [...read.flatMap(({ moreChecks }) => moreChecks), ...constraints.flatMap((constraint) => (constraint.type === 'check' ? [checkOf(constraint, piece)] : []))],
    constraints: [
      ...read.flatMap(({ column, uniqueName }) => (uniqueName === null ? [] : [{ kind: 'unique' as const, name: uniqueName, columns: [column.name] }])),
      ...constraints.flatMap((constraint) => (constraint.type === 'unique' ? [{ kind: 'unique' as const, name: constraintName(constraint, piece), columns: constraint.columns.map((column) => wordOf(piece, column)) }] : [])),
    ],
    ifNotExists: statement.ifNotExists ?? false,
    temporary: statement.temporary ?? false,
    unlogged: statement.unlogged ?? false,
    like: like?.kind === 'like table' ? nameOf(piece, like.like) : null,
    inherits: (statement.inherits ?? []).map((parent) => nameOf(piece, parent)),
  };
}

/** What an action of ALTER TABLE does. */
export function alteration(change: TableAlteration, table: QualifiedName, piece: Piece): Deed[] {
  switch (change.type) {
    case 'add column': {
      const { column, moreChecks } = columnOf(change.column, piece);
      return [{ kind: 'add-column', table, column, ifNotExists: change.ifNotExists ?? false }, ...moreChecks.map((check): Deed => ({ kind: 'add-check', table, check, ifNotExists: false }))];
    }
    case 'drop column':
      return [{ kind: 'drop-column', table, column: wordOf(piece, change.column), ifExists: change.ifExists ?? false, cascade: change.behaviour === 'cascade' }];
    case 'rename column':
      return [{ kind: 'rename-column', table, column: wordOf(piece, change.column), to: wordOf(piece, change.to) }];
    case 'rename':
      return [{ kind: 'rename-table', table, to: { schema: table.schema, name: wordOf(piece, change.to) } }];
    case 'rename constraint':
      return [{ kind: 'rename-constraint', table, name: wordOf(piece, change.constraint), to: wordOf(piece, change.to) }];
    case 'drop constraint':
      return [{
        kind: 'drop-constraint', table, name: wordOf(piece, change.constraint), constraint: 'unknown', columns: [], references: null, ifExists: change.ifExists ?? false, cascade: change.behaviour === 'cascade',
      }];
    case 'owner':
      return [{ kind: 'set-table-option', table, option: 'owner', value: wordOf(piece, change.to) }];
    case 'alter column':
      return [alterColumn(change.alter, table, wordOf(piece, change.column), piece)];
    case 'add constraint':
      return [addConstraint(change.constraint, table, piece)];
  }
}

function alterColumn(alter: AlterColumn, table: QualifiedName, column: string, piece: Piece): Deed {
  switch (alter.type) {
    case 'set not null':
      return { kind: 'set-not-null', table, column, fill: { kind: 'none' } };
    case 'drop not null':
      return { kind: 'drop-not-null', table, column };
    case 'set default':
      return { kind: 'set-default', table, column, default: defaultOf(piece, alter.default), from: null };
    case 'drop default':
      return { kind: 'set-default', table, column, default: { kind: 'none' }, from: null };
    case 'set type':
      return { kind: 'alter-column-type', table, column, type: typeOf(piece, alter.dataType), collation: null, using: null, restated: null };
    case 'add generated':
      return { kind: 'set-column-option', table, column, option: 'identity', value: `ADD ${textOf(piece, alter)}` };
  }
}

function addConstraint(constraint: TableConstraint, table: QualifiedName, piece: Piece): Deed {
  const name = constraintName(constraint, piece);
  switch (constraint.type) {
    case 'foreign key':
      return { kind: 'add-foreign-key', table, foreignKey: foreignKeyOf(constraint, constraint.localColumns.map((column) => wordOf(piece, column)), piece), ifNotExists: false };
    case 'check':
      return { kind: 'add-check', table, check: checkOf(constraint, piece), ifNotExists: false };
    case 'primary key':
      return { kind: 'add-primary-key', table, columns: constraint.columns.map((column) => wordOf(piece, column)), usingIndex: null, ...(name ? { name } : {}) };
    case 'unique':
      return { kind: 'add-unique', table, name, columns: constraint.columns.map((column) => wordOf(piece, column)), usingIndex: null, deferrable: false, nullsNotDistinct: false };
  }
}

function columnOf(node: CreateColumnDef, piece: Piece): { column: ColumnDefinition; moreChecks: readonly Check[]; uniqueName: string | null } {
  const constraints = node.constraints ?? [];
  const find = <T extends ColumnConstraint['type']>(type: T) => constraints.find((constraint): constraint is Extract<ColumnConstraint, { type: T }> => constraint.type === type);
  const name = wordOf(piece, node.name);
  const type = typeOf(piece, node.dataType);
  const generated = find('add generated');
  const identity = generated && !generated.expression ? (generated.always ?? 'always') : null;
  const primary = find('primary key');
  const unique = find('unique');
  const reference = find('reference');
  const [check, ...moreChecks] = constraints.flatMap((constraint) => (constraint.type === 'check' ? [checkOf(constraint, piece)] : []));
  const given = find('default');
  const column: ColumnDefinition = {
    name,
    type,
    nullable: !(find('not null') || primary || identity || /^(?:small|big)?serial$/.test(type.name)),
    default: given ? defaultOf(piece, given.default) : { kind: 'none' },
    ...(generated?.expression ? { generated: { expression: textOf(piece, generated.expression), stored: generated.stored === true } } : {}),
    ...(identity ? { identity } : {}),
    ...(primary ? { primaryKey: true } : {}),
    ...(unique ? { unique: true } : {}),
    ...(reference ? { references: { ...foreignKeyOf(reference, [name], piece), name: constraintName(reference, piece) } } : {}),
    ...(check ? { check } : {}),
    ...(node.collate ? { collation: wordOf(piece, node.collate) } : {}),
  };
  return { column, moreChecks, uniqueName: unique ? constraintName(unique, piece) : null };
}

function foreignKeyOf(reference: TableReference & { constraintName?: { name: string } }, columns: readonly string[], piece: Piece): ForeignKey {
  return {
    name: constraintName(reference, piece), columns, references: nameOf(piece, reference.foreignTable), referencedColumns: reference.foreignColumns.map((column) => wordOf(piece, column)),
    onDelete: reference.onDelete ?? null, onUpdate: reference.onUpdate ?? null, validated: true,
  };
}

function checkOf(constraint: Extract<TableConstraint, { type: 'check' }>, piece: Piece): Check {
  return { name: constraintName(constraint, piece), expression: textOf(piece, constraint.expr), validated: true };
}

function constraintName(constraint: { constraintName?: { name: string } }, piece: Piece): string | null {
  return constraint.constraintName ? wordOf(piece, constraint.constraintName) : null;
}
