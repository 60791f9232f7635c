import type { Deed } from './operation.ts';
import { isSchemaChange } from './tables.ts';

/** True for statements before which MySQL and MariaDB commit the open transaction (manual: "Statements That Cause an Implicit Commit"). */
export function commitsImplicitly(deed: Deed): boolean {
  if (deed.kind === 'create-table' && deed.temporary) return false;
  return isSchemaChange(deed) || deed.kind === 'truncate' || deed.kind === 'lock-table' || deed.kind === 'analyze';
}
