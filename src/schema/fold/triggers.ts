import { printName } from '../../operations/index.ts';
import { putTable, tableAt } from '../store.ts';
import type { Policy, Table, Trigger } from '../table.ts';
import { alterTable, append, surely } from './fold.ts';
import type { Folds } from './fold.ts';

const hasTrigger = (name: string) => (table: Table | undefined): table is Table => table?.triggers.some((trigger) => trigger.name === name) ?? false;

function withPolicy(table: Table, name: string, change: (policy: Policy) => Policy): Table {
  return { ...table, policies: table.policies.map((policy) => (policy.name === name ? change(policy) : policy)) };
}

/** Folds of the operations on what a table carries: triggers and policies. */
export const triggerFolds: Folds = {
  'create-trigger'(store, operation, how) {
    if (store.cells.views.has(printName(operation.table))) return;
    const trigger: Trigger = { name: operation.name, function: operation.function, columns: operation.columns ?? [], when: operation.when ?? null, events: operation.events, deferral: operation.deferral ?? null };
    alterTable(store, operation.table, (table) => {
      if (how.runs !== 'runs' && hasTrigger(operation.name)(table)) return table;
      return { ...table, triggers: append(table.triggers.filter((one) => one.name !== operation.name), trigger) };
    });
  },

  'rename-trigger'(store, operation, how) {
    const table = tableAt(store, operation.table);
    if (surely(how) && hasTrigger(operation.name)(table)) putTable(store, { ...table, triggers: table.triggers.map((trigger) => (trigger.name === operation.name ? { ...trigger, name: operation.to } : trigger)) });
  },

  'drop-trigger'(store, operation, how) {
    if (!surely(how)) return;
    const tables = operation.table === null ? [...store.cells.tables.values()] : [tableAt(store, operation.table)];
    for (const table of tables.filter(hasTrigger(operation.name))) putTable(store, { ...table, triggers: table.triggers.filter(({ name }) => name !== operation.name) });
  },

  'create-policy'(store, operation, how) {
    const { name, using, check, reads } = operation;
    alterTable(store, operation.table, (table) => {
      if (how.runs !== 'runs' && table.policies.some((policy) => policy.name === name)) return table;
      return { ...table, policies: append(table.policies.filter((policy) => policy.name !== name), { name, using, check, reads }) };
    });
  },

  'alter-policy'(store, operation, how) {
    const table = tableAt(store, operation.table);
    if (table === undefined || !surely(how)) return;
    putTable(store, withPolicy(table, operation.name, (policy) => ({
      name: operation.to ?? policy.name, using: operation.using ?? policy.using, check: operation.check ?? policy.check, reads: [...policy.reads, ...operation.reads],
    })));
  },

  'drop-policy'(store, operation, how) {
    const table = tableAt(store, operation.table);
    if (table && surely(how)) putTable(store, { ...table, policies: table.policies.filter(({ name }) => name !== operation.name) });
  },
};
