import type { DeferrableCheck } from '../../engines/effect.ts';
import type { Operation, QualifiedName } from '../../operations/index.ts';
import { printName, sameName } from '../../operations/index.ts';
import type { Step } from '../rule.ts';

/** A check that waits, and what queued it. */
export interface Waiting {
  readonly check: DeferrableCheck;
  readonly by: Operation;
}

/** Follows one transaction: which checks of changed rows wait for its end. */
export interface Deferrals {
  follow(step: Step): void;
  waitingOn(table: QualifiedName): readonly Waiting[];
  /** Names of tables that were spoken of. */
  readonly told: Set<string>;
}

/** A transaction in which nothing waits yet. */
export function createDeferrals(): Deferrals {
  let waiting: Waiting[] = [];
  /** What SET CONSTRAINTS said, by constraint; `*` for all. */
  const said = new Map<string, 'deferred' | 'immediate'>();
  const silent = new Set<string>();
  const mode = ({ name, initially }: DeferrableCheck) => said.get(name ?? '') ?? said.get('*') ?? initially;
  return {
    told: new Set(),
    waitingOn: (table) => waiting.filter(({ check }) => sameName(check.table, table)),
    follow({ operation, effect }) {
      switch (operation.kind) {
        case 'rollback':
        case 'rollback-to-savepoint':
          waiting = [];
          break;
        case 'set-trigger-state':
          if (operation.name === 'all' && !operation.enabled) silent.add(printName(operation.table));
          else silent.delete(printName(operation.table));
          break;
        case 'set-setting':
          if (operation.name === 'session_replication_role') silent[/replica/.test(operation.value ?? '') ? 'add' : 'delete']('*');
          if (operation.name === 'constraints') set(operation.value ?? '');
          break;
        default:
          if (!operation.certain || silent.has('*') || ('table' in operation && operation.table && typeof operation.table === 'object' && silent.has(printName(operation.table)))) break;
          for (const check of effect.queues ?? []) if (mode(check) === 'deferred') waiting.push({ check, by: operation });
      }
    },
  };

  /** `all deferred`, `a_fkey, b_fkey immediate`: what is immediate is checked at once, what waits included. */
  function set(value: string): void {
    const match = /^(.*)\s(deferred|immediate)$/.exec(value);
    const when = match?.[2] as 'deferred' | 'immediate' | undefined;
    const names = match?.[1]?.split(/,\s*/) ?? [];
    if (!when) return;
    if (names.includes('all')) said.clear();
    for (const name of names) said.set(name === 'all' ? '*' : name, when);
    if (when === 'immediate') waiting = names.includes('all') ? [] : waiting.filter(({ check }) => !names.includes(check.name ?? ''));
  }
}
