import { printFramework } from '../../operations/index.ts';
import type { Framework, Operation } from '../../operations/index.ts';
import { printName, tableOf } from '../../operations/index.ts';

/** Where the procedure for a wrong migration that is deployed already is written down, for pages. */
export const recovery = 'Where a wrong migration is deployed already, [Repairing a deployed migration](../recovery.md) is the procedure: back up, stop the writers, bring the schema to where the files say it is, restore what was lost, restart, verify.';

/** The way out for a change that is no mistake, for an advice. */
export function acknowledgement(rule: string): string {
  return `If it ran nowhere, or if every database was changed by hand as well, say so with the reason: "acknowledged" in the configuration, by version${rule === 'edited-migration' ? `, or "anzen-disable ${rule} -- reason" in the file` : ''}.`;
}

/** The way out that is nearly always right, for an advice. */
export function correctiveMigration(framework: Framework, rule: string): string {
  return `${rule === 'edited-migration' ? 'Take the edit back' : 'Put the file back'}, and write what is to change as a new migration of ${printFramework(framework)}. "anzen explain ${rule}" tells how to repair an application where a wrong one is deployed already.`;
}

/** What an operation does in a few words, for a list: `add_column of "users"`. */
export function brief(operation: Operation): string {
  const table = tableOf(operation);
  return `${operation.verb}${table ? ` of "${printName(table)}"` : ''}`;
}
