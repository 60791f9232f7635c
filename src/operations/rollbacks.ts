import type { EngineName } from './engine.ts';
import { commitsImplicitly } from './implicit-commit.ts';
import type { Operation } from './operation.ts';

/**
 * What ROLLBACK and ROLLBACK TO SAVEPOINT certainly take back: each such operation with the place in the list of what takes it back. A rollback that runs on a condition takes nothing back.
 * On MySQL and MariaDB a schema statement commits what came before it and itself (manual: "Statements That Cause an Implicit Commit").
 */
export function rollbacksIn(operations: readonly Operation[], engine: EngineName): ReadonlyMap<Operation, number> {
  const undone = new Map<Operation, number>();
  if (!operations.some(({ kind }) => kind === 'rollback' || kind === 'rollback-to-savepoint')) return undone;
  const isMysql = engine === 'mysql' || engine === 'mariadb';
  let id: Operation['transaction'] = null;
  let open: Operation[] = [];
  let savepoints: { readonly name: string; readonly from: number }[] = [];
  const begin = (transaction: Operation['transaction']) => {
    id = transaction;
    open = [];
    savepoints = [];
  };
  for (const [at, operation] of operations.entries()) {
    if (operation.transaction !== id) begin(operation.transaction);
    if (id === null) continue;
    switch (operation.kind) {
      case 'commit':
      case 'rollback':
        if (operation.kind === 'rollback' && operation.certain) for (const one of open) undone.set(one, at);
        begin(null);
        break;
      case 'savepoint':
        savepoints.push({ name: operation.name, from: open.length });
        break;
      case 'release-savepoint':
      case 'rollback-to-savepoint': {
        const found = savepoints.findLastIndex(({ name }) => name === operation.name);
        const savepoint = savepoints[found];
        if (!savepoint) break;
        if (operation.kind === 'release-savepoint') savepoints.splice(found);
        else if (operation.certain) {
          savepoints.splice(found + 1);
          for (const one of open.splice(savepoint.from)) undone.set(one, at);
        }
        break;
      }
      default:
        if (isMysql && commitsImplicitly(operation)) begin(id);
        else open.push(operation);
    }
  }
  return undone;
}
