import type { Operation, OperationKind, OperationOf } from '../../operations/index.ts';
import { noEffect } from '../effect.ts';
import type { Effect } from '../effect.ts';
import { addColumnEffect } from './add-column.ts';
import { alterTypeEffect } from './alter-type.ts';
import { effectOfClaim } from './claim.ts';
import type { Situation } from './claim.ts';
import { constraintClaims, otherClaims, tableClaims } from './claims.ts';
import { columnOptionEffect, dropColumnEffect, dropNotNullEffect, renameColumnEffect, setDefaultEffect, setNotNullEffect } from './columns.ts';
import {
  addCheckEffect, addExclusionEffect, addForeignKeyEffect, addNotNullEffect, addPrimaryKeyEffect, addUniqueEffect, dropConstraintEffect, validateEffect,
} from './constraints.ts';
import { attachIndexEffect, createIndexEffect, dropIndexEffect, reindexEffect, renamedIndexEffect, renameIndexEffect } from './indexes.ts';
import {
  addEnumValueEffect, alterDomainEffect, createViewEffect, deleteEffect, dropExtensionEffect, dropFunctionEffect, dropSchemaEffect, dropSequenceEffect, dropTypeEffect, dropViewEffect, insertEffect, plainEffect, readEffect, refreshEffect,
  renameViewEffect, updateEffect,
} from './others.ts';
import { checksQueuedBy, needsQuiet } from './pending-events.ts';
import { attachPartitionEffect, detachPartitionEffect } from './partitions.ts';
import { refusedByRelease } from './releases.ts';
import { createTableEffect, dropTableEffect, clusterEffect, lockTableEffect, tableOptionEffect, truncateEffect } from './tables.ts';

type Judge<K extends OperationKind> = (operation: OperationOf<K>, at: Situation) => Effect;

const nothing = (): Effect => noEffect;

const judges: { readonly [K in OperationKind]: Judge<K> } = {
  'create-table': createTableEffect,
  'drop-table': dropTableEffect,
  'rename-table': (operation, at) => renamedIndexEffect(operation, at) ?? effectOfClaim(tableClaims.rename, operation.table, at),
  'set-table-schema': (operation, at) => effectOfClaim(tableClaims.setSchema, operation.table, at),
  'set-table-option': tableOptionEffect,
  'add-column': addColumnEffect,
  'drop-column': dropColumnEffect,
  'rename-column': renameColumnEffect,
  'alter-column-type': alterTypeEffect,
  'set-not-null': setNotNullEffect,
  'drop-not-null': dropNotNullEffect,
  'set-default': setDefaultEffect,
  'set-column-option': columnOptionEffect,
  'create-index': createIndexEffect,
  'drop-index': dropIndexEffect,
  'rename-index': renameIndexEffect,
  'reindex': reindexEffect,
  'attach-index-partition': attachIndexEffect,
  'add-foreign-key': addForeignKeyEffect,
  'add-check': addCheckEffect,
  'add-unique': addUniqueEffect,
  'add-primary-key': addPrimaryKeyEffect,
  'add-exclusion': addExclusionEffect,
  'add-not-null': addNotNullEffect,
  'validate-constraint': validateEffect,
  'drop-constraint': dropConstraintEffect,
  'rename-constraint': (operation, at) => effectOfClaim(constraintClaims.rename, operation.table, at),
  'alter-constraint': (operation, at) => effectOfClaim(constraintClaims.alter, operation.table, at),
  'create-enum': (_, at) => effectOfClaim(otherClaims.createType, null, at),
  'add-enum-value': addEnumValueEffect,
  'rename-enum-value': (_, at) => effectOfClaim(otherClaims.renameEnumValue, null, at),
  'rename-type': (_, at) => effectOfClaim(otherClaims.createType, null, at),
  'drop-type': dropTypeEffect,
  'create-domain': (_, at) => effectOfClaim(otherClaims.createType, null, at),
  'alter-domain': alterDomainEffect,
  'create-view': createViewEffect,
  'drop-view': dropViewEffect,
  'rename-view': renameViewEffect,
  'refresh-materialized-view': refreshEffect,
  'create-function': (_, at) => effectOfClaim(otherClaims.function, null, at),
  'drop-function': dropFunctionEffect,
  'create-trigger': (operation, at) => effectOfClaim(operation.forEach === 'statement' ? tableClaims.createStatementTrigger : tableClaims.createTrigger, operation.table, at),
  'rename-trigger': (operation, at) => effectOfClaim(tableClaims.dropTrigger, operation.table, at),
  'drop-trigger': (operation, at) => effectOfClaim(tableClaims.dropTrigger, operation.table, at),
  'set-trigger-state': (operation, at) => effectOfClaim(tableClaims.triggerState, operation.table, at),
  'create-sequence': (_, at) => effectOfClaim(otherClaims.sequence, null, at),
  'alter-sequence': (_, at) => effectOfClaim(otherClaims.sequence, null, at),
  'drop-sequence': dropSequenceEffect,
  'create-schema': (_, at) => effectOfClaim(otherClaims.schema, null, at),
  'rename-schema': (_, at) => effectOfClaim(otherClaims.schema, null, at),
  'drop-schema': dropSchemaEffect,
  'create-extension': (_, at) => effectOfClaim(otherClaims.extension, null, at),
  'drop-extension': dropExtensionEffect,
  'attach-partition': attachPartitionEffect,
  'detach-partition': detachPartitionEffect,
  'alter-partitions': nothing,
  'insert-rows': insertEffect,
  'update-rows': updateEffect,
  'delete-rows': deleteEffect,
  'truncate': truncateEffect,
  'load-rows': insertEffect,
  'read-rows': readEffect,
  'begin': nothing,
  'commit': nothing,
  'rollback': nothing,
  'savepoint': nothing,
  'rollback-to-savepoint': nothing,
  'release-savepoint': nothing,
  'lock-table': lockTableEffect,
  'set-setting': nothing,
  'vacuum': (operation, at) => effectOfClaim(operation.full ? tableClaims.vacuumFull : tableClaims.vacuum, operation.table, at),
  'analyze': (operation, at) => effectOfClaim(tableClaims.analyze, operation.table, at),
  'cluster': clusterEffect,
  'set-row-security': (operation, at) => effectOfClaim(tableClaims.rowSecurity, operation.table, at),
  'create-policy': (operation, at) => effectOfClaim(tableClaims.policy, operation.table, at),
  'alter-policy': (operation, at) => effectOfClaim(tableClaims.policy, operation.table, at),
  'drop-policy': (operation, at) => effectOfClaim(tableClaims.policy, operation.table, at),
  'grant': (_, at) => effectOfClaim(otherClaims.grant, null, at),
  'revoke': (_, at) => effectOfClaim(otherClaims.grant, null, at),
  'use-model': nothing,
  'reset-column-information': nothing,
  'other': plainEffect,
  'opaque': () => ({ ...noEffect, unsure: 'what it does could not be read' }),
};

/** What an operation does on Postgres. */
export function postgresEffect(operation: Operation, at: Situation): Effect {
  const judged = judge(operation, at);
  const refused = refusedByRelease(operation, at);
  const effect = refused ? { ...judged, refused } : judged;
  const queues = checksQueuedBy(operation, at.schema);
  const quiet = needsQuiet(operation, at.schema);
  return queues.length + quiet.length === 0 ? effect : { ...effect, ...(queues.length > 0 ? { queues } : {}), ...(quiet.length > 0 ? { needsQuiet: quiet } : {}) };
}

function judge<K extends OperationKind>(operation: OperationOf<K>, at: Situation): Effect {
  const one = judges[operation.kind] as Judge<K>;
  return one(operation, at);
}
