import { printName } from '../../operations/index.ts';
import type { Operation, OperationKind, OperationOf, QualifiedName } from '../../operations/index.ts';
import { noEffect } from '../effect.ts';
import type { Assumption, Effect, Lock } from '../effect.ts';
import { reachOfDelete } from '../relations.ts';
import { effectOfStep, exclusiveMoment, stepFor } from './action.ts';
import type { Action, Situation } from './action.ts';
import { actions } from './actions.ts';
import { addColumnEffect, alterTypeEffect, dropColumnEffect, setNotNullEffect } from './columns.ts';
import { addCheckEffect, addForeignKeyEffect, addPrimaryKeyEffect, addUniqueEffect, createIndexEffect, dropConstraintEffect, dropIndexEffect } from './keys.ts';
import { createTableEffect, dropTableEffect, lockTableEffect, partitionsEffect, tableOptionEffect, truncateEffect } from './tables.ts';

type Judge<K extends OperationKind> = (operation: OperationOf<K>, at: Situation) => Effect;

const implicitCommit = 'https://dev.mysql.com/doc/refman/8.0/en/implicit-commit.html';

const nothing = (): Effect => noEffect;

/** A statement that concerns no table's rows, and commits what came before it. */
const commits = (): Effect => ({ ...noEffect, inTransaction: 'commits', source: implicitCommit });

const by = (action: Action) => (operation: { readonly table: QualifiedName }, at: Situation): Effect => effectOfStep(at, stepFor(action, at.engine), operation.table);

/** A change of rows: row locks only. */
function rows(table: QualifiedName, reads: readonly QualifiedName[] = []): Effect {
  const lock = (name: QualifiedName, role: Lock['role']): Lock => ({ table: name, mode: 'metadata shared', blocks: { reads: false, writes: false }, cost: 'rows', role });
  return { ...noEffect, locks: [lock(table, 'target'), ...reads.filter((name) => printName(name) !== printName(table)).map((name) => lock(name, 'view'))], cost: 'rows', source: 'mariadb: rows' };
}

const judges: { readonly [K in OperationKind]: Judge<K> } = {
  'create-table': createTableEffect,
  'drop-table': dropTableEffect,
  'rename-table': (operation) => exclusiveMoment(operation.table, 'mariadb: rename-table'),
  'set-table-schema': (operation) => exclusiveMoment(operation.table, 'mariadb: rename-table'),
  'set-table-option': tableOptionEffect,
  'add-column': addColumnEffect,
  'drop-column': dropColumnEffect,
  'rename-column': by(actions.renameColumn),
  'alter-column-type': alterTypeEffect,
  'set-not-null': setNotNullEffect,
  'drop-not-null': by(actions.dropNotNull),
  'set-default': by(actions.setDefault),
  'set-column-option': by(actions.comment),
  'create-index': createIndexEffect,
  'drop-index': dropIndexEffect,
  'rename-index': (operation, at) => {
    const table = operation.table ?? at.schema.tableOfIndex(operation.name)?.name;
    return table ? effectOfStep(at, stepFor(actions.renameIndex, at.engine), table) : commits();
  },
  'reindex': nothing,
  'attach-index-partition': nothing,
  'add-foreign-key': addForeignKeyEffect,
  'add-check': addCheckEffect,
  'add-unique': addUniqueEffect,
  'add-primary-key': addPrimaryKeyEffect,
  'add-exclusion': nothing,
  'add-not-null': (operation, at) => setNotNullEffect({ ...operation, kind: 'set-not-null', fill: { kind: 'none' } }, at),
  'validate-constraint': nothing,
  'drop-constraint': dropConstraintEffect,
  'rename-constraint': by(actions.tableOption),
  'alter-constraint': by(actions.alterCheck),
  'create-enum': nothing,
  'add-enum-value': nothing,
  'rename-enum-value': nothing,
  'rename-type': nothing,
  'drop-type': nothing,
  'create-domain': nothing,
  'alter-domain': nothing,
  'create-view': commits,
  'drop-view': commits,
  'rename-view': commits,
  'refresh-materialized-view': nothing,
  'create-function': commits,
  'drop-function': commits,
  'create-trigger': by(actions.tableOption),
  'rename-trigger': nothing,
  'drop-trigger': (operation, at) => (operation.table ? effectOfStep(at, stepFor(actions.tableOption, at.engine), operation.table) : commits()),
  'set-trigger-state': nothing,
  'create-sequence': commits,
  'alter-sequence': commits,
  'drop-sequence': commits,
  'create-schema': commits,
  'rename-schema': nothing,
  'drop-schema': (operation) => ({ ...commits(), loses: [`every table of "${operation.schema}"`] }),
  'create-extension': nothing,
  'drop-extension': nothing,
  'attach-partition': nothing,
  'detach-partition': nothing,
  'alter-partitions': partitionsEffect,
  'insert-rows': (operation) => rows(operation.table, operation.reads),
  'update-rows': (operation) => rows(operation.table),
  'delete-rows': (operation, at) => {
    const { taken, forbidding } = reachOfDelete(operation.table, at.schema);
    return {
      ...rows(operation.table),
      assumes: forbidding.map(({ table, key }): Assumption => ({ of: 'foreign-key', table: table.name, columns: key.columns, error: '1451' })),
      loses: taken.map((table) => `the rows of "${printName(table.name)}" that refer to them`),
    };
  },
  'truncate': truncateEffect,
  'load-rows': (operation) => rows(operation.table),
  'read-rows': nothing,
  'begin': commits,
  'commit': nothing,
  'rollback': nothing,
  'savepoint': nothing,
  'rollback-to-savepoint': nothing,
  'release-savepoint': nothing,
  'lock-table': lockTableEffect,
  'set-setting': nothing,
  'vacuum': (operation, at) => (operation.table ? tableOptionEffect({ ...operation, kind: 'set-table-option', table: operation.table, option: 'force-rebuild', value: null }, at) : commits()),
  'analyze': commits,
  'cluster': nothing,
  'set-row-security': nothing,
  'create-policy': nothing,
  'alter-policy': nothing,
  'drop-policy': nothing,
  'grant': commits,
  'revoke': commits,
  'use-model': nothing,
  'reset-column-information': nothing,
  'other': nothing,
  'opaque': () => ({ ...noEffect, unsure: 'what it does could not be read' }),
};

/** What an operation does on MySQL or MariaDB, on InnoDB tables. */
export function mysqlEffect(operation: Operation, at: Situation): Effect {
  return judge(operation, operation.alter ? { ...at, alter: operation.alter } : at);
}

function judge<K extends OperationKind>(operation: OperationOf<K>, at: Situation): Effect {
  const one = judges[operation.kind] as Judge<K>;
  return one(operation, at);
}
