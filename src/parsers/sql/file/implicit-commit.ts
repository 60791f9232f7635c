import type { Deed } from '../../../operations/index.ts';
import { isSchemaChange } from '../../../operations/index.ts';

/** True for statements before which MySQL and MariaDB commit the open transaction (manual: "Statements That Cause an Implicit Commit"). */
export function implicitCommit(deed: Deed): boolean {
  if (deed.kind === 'create-table' && deed.temporary) return false;
  return isSchemaChange(deed) || deed.kind === 'truncate' || deed.kind === 'lock-table' || deed.kind === 'analyze';
}
