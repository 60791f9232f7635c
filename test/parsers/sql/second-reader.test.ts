import { parse, type DataTypeDef, type QName, type Statement } from 'pgsql-ast-parser';
import { describe, expect, it } from 'vitest';
import { printName, type Deed } from '../../../src/operations/index.ts';
import { deedsOf, readerOf } from './reading.ts';

/** Statements that an independent parser of Postgres reads too. */
const statements = [
  'CREATE TABLE a.users (id bigserial PRIMARY KEY, name varchar(50) NOT NULL DEFAULT \'x\', "Tags" text[], price numeric(10, 2), at timestamptz DEFAULT now())',
  'CREATE TABLE IF NOT EXISTS t (a int, b int, PRIMARY KEY (a), CONSTRAINT u UNIQUE (b), FOREIGN KEY (b) REFERENCES u (id))',
  'ALTER TABLE users ADD COLUMN age int NOT NULL DEFAULT 0, ADD COLUMN IF NOT EXISTS b text, DROP COLUMN name, DROP COLUMN IF EXISTS c CASCADE',
  'ALTER TABLE users ALTER COLUMN a SET NOT NULL, ALTER COLUMN b DROP NOT NULL, ALTER COLUMN c SET DEFAULT 5, ALTER COLUMN d DROP DEFAULT, ALTER COLUMN e TYPE bigint',
  'ALTER TABLE users RENAME COLUMN a TO b', 'ALTER TABLE users RENAME TO people',
  'ALTER TABLE users ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b (id) ON DELETE CASCADE', 'ALTER TABLE users ADD CONSTRAINT u UNIQUE (a, b)', 'ALTER TABLE users ADD CONSTRAINT p PRIMARY KEY (id)',
  'ALTER TABLE users DROP CONSTRAINT c',
  'CREATE INDEX i ON users (a, lower(b))', 'CREATE UNIQUE INDEX CONCURRENTLY j ON a.users USING gin (c) WHERE d', 'DROP INDEX CONCURRENTLY i',
  'DROP TABLE a, b', 'INSERT INTO t (a, b) VALUES (1, 2), (3, 4)', 'UPDATE t SET a = 1, b = 2 WHERE c = 3', 'DELETE FROM a.t WHERE c', "CREATE TYPE e AS ENUM ('a', 'b')",
  'CREATE VIEW v AS SELECT 1', 'CREATE SEQUENCE s', 'CREATE SCHEMA IF NOT EXISTS s', 'BEGIN', 'COMMIT', 'ROLLBACK',
];

describe('a second reader agrees', async () => {
  const read = await readerOf('postgres');
  it.each(statements)('%s', (sql) => {
    const ours = deedsOf(read(sql)).flatMap(ourFacts);
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.sort()).toEqual(parse(sql).flatMap(theirFacts).sort());
  });
});

const written = ({ schema, name }: QName) => (schema ? `${schema}.${name}` : name);

function theirFacts(statement: Statement): string[] {
  switch (statement.type) {
    case 'create table': {
      const table = written(statement.name);
      return [`create-table ${table}`, ...statement.columns.flatMap((column) => (column.kind === 'column' ? [`column ${table}.${column.name.name} ${typeText(column.dataType)}`] : []))];
    }
    case 'alter table': {
      const table = written(statement.table);
      return statement.changes.map((change) => {
        switch (change.type) {
          case 'add column':
            return `add-column ${table}.${change.column.name.name} ${typeText(change.column.dataType)}`;
          case 'drop column':
            return `drop-column ${table}.${change.column.name}`;
          case 'alter column': {
            const kinds = { 'set not null': 'set-not-null', 'drop not null': 'drop-not-null', 'set default': 'set-default', 'drop default': 'set-default', 'set type': 'alter-column-type', 'add generated': 'other' } as const;
            return `${kinds[change.alter.type]} ${table}.${change.column.name}`;
          }
          case 'rename column':
            return `rename-column ${table}.${change.column.name} ${change.to.name}`;
          case 'rename':
            return `rename-table ${table} ${change.to.name}`;
          case 'add constraint': {
            const kinds: Record<string, string> = { 'foreign key': 'add-foreign-key', unique: 'add-unique', 'primary key': 'add-primary-key', check: 'add-check' };
            return `${kinds[change.constraint.type]} ${table}`;
          }
          case 'drop constraint':
            return `drop-constraint ${table} ${change.constraint.name}`;
          default:
            return change.type;
        }
      });
    }
    case 'create index':
      return [`create-index ${written(statement.table)} ${statement.unique === true} ${statement.concurrently === true} ${statement.expressions.map(({ expression }) => (expression.type === 'ref' ? expression.name : '()')).join()}`];
    case 'drop index':
      return statement.names.map((index) => `drop-index ${written(index)}`);
    case 'drop table':
      return statement.names.map((table) => `drop-table ${written(table)}`);
    case 'insert':
      return [`insert-rows ${written(statement.into)} ${(statement.columns ?? []).map(({ name }) => name).join()} ${statement.insert.type === 'values' ? statement.insert.values.length : '?'}`];
    case 'update':
      return [`update-rows ${written(statement.table)} ${statement.sets.map(({ column }) => column.name).join()} ${statement.where !== undefined}`];
    case 'delete':
      return [`delete-rows ${written(statement.from)} ${statement.where !== undefined}`];
    case 'create enum':
      return [`create-enum ${written(statement.name)} ${statement.values.map(({ value }) => value).join()}`];
    case 'create view':
      return [`create-view ${written(statement.name)}`];
    case 'create sequence':
      return [`create-sequence ${written(statement.name)}`];
    case 'create schema':
      return [`create-schema ${statement.name.name}`];
    case 'start transaction':
      return ['begin'];
    default:
      return [statement.type];
  }
}

const spellings: Readonly<Record<string, string>> = { int: 'integer', 'character varying': 'varchar', 'timestamp with time zone': 'timestamptz' };

function typeText(type: DataTypeDef): string {
  if (type.kind === 'array') return `${typeText(type.arrayOf)}[]`;
  return `${spellings[type.name] ?? type.name}${type.config?.length ? `(${type.config.join()})` : ''}`;
}

function ourFacts(deed: Deed): string[] {
  const type = ({ name, args, array }: { name: string; args: readonly number[]; array?: boolean }) => `${name}${args.length ? `(${args.join()})` : ''}${array ? '[]' : ''}`;
  switch (deed.kind) {
    case 'create-table':
      return [`create-table ${printName(deed.table)}`, ...deed.columns.map((column) => `column ${printName(deed.table)}.${column.name} ${type(column.type)}`)];
    case 'add-column':
      return [`add-column ${printName(deed.table)}.${deed.column.name} ${type(deed.column.type)}`];
    case 'drop-column':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'alter-column-type':
      return [`${deed.kind} ${printName(deed.table)}.${deed.column}`];
    case 'rename-column':
      return [`rename-column ${printName(deed.table)}.${deed.column} ${deed.to}`];
    case 'rename-table':
      return [`rename-table ${printName(deed.table)} ${deed.to.name}`];
    case 'add-foreign-key':
    case 'add-unique':
    case 'add-primary-key':
    case 'add-check':
      return [`${deed.kind} ${printName(deed.table)}`];
    case 'drop-constraint':
      return [`drop-constraint ${printName(deed.table)} ${deed.name}`];
    case 'create-index':
      return [`create-index ${printName(deed.index.table)} ${deed.index.unique} ${deed.concurrently} ${deed.index.keys.map(({ column }) => column ?? '()').join()}`];
    case 'drop-index':
      return [`drop-index ${deed.name ? printName(deed.name) : ''}`];
    case 'drop-table':
      return [`drop-table ${printName(deed.table)}`];
    case 'insert-rows':
      return [`insert-rows ${printName(deed.table)} ${deed.columns.join()} ${deed.rows}`];
    case 'update-rows':
      return [`update-rows ${printName(deed.table)} ${deed.columns.join()} ${deed.where !== null}`];
    case 'delete-rows':
      return [`delete-rows ${printName(deed.table)} ${deed.where !== null}`];
    case 'create-enum':
      return [`create-enum ${printName(deed.type)} ${deed.values.join()}`];
    case 'create-view':
      return [`create-view ${printName(deed.view)}`];
    case 'create-sequence':
      return [`create-sequence ${printName(deed.sequence)}`];
    case 'create-schema':
      return [`create-schema ${deed.schema}`];
    default:
      return [deed.kind];
  }
}
