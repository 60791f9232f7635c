import type { EngineName, Operation, OperationOf } from '../operations/index.ts';
import { printName, sameName } from '../operations/index.ts';
import type { Effect, Lock } from './effect.ts';

/** A lock that an earlier operation of the same transaction took and that is still held. */
export interface HeldLock extends Lock {
  readonly by: Operation;
}

/** Settings by name, each with the statement that set it last. */
export type Settings = ReadonlyMap<string, OperationOf<'set-setting'>>;

/** What a transaction has at one moment. */
export interface Holding {
  /** Locks that its earlier operations took and that nothing has released, in the order in which they were taken. */
  readonly locks: readonly HeldLock[];
  /** Names of the tables that it has created: no other session can see them yet, with rows or without. */
  readonly created: ReadonlySet<string>;
  /** What SET has set and nothing has taken back: for the session, and for the transaction. */
  readonly settings: Settings;
}

/** What an operation adds. */
export interface Entry {
  readonly effect: Effect;
  /** Its locks on tables that other sessions can be using. */
  readonly takes: readonly Lock[];
  /** True for a CREATE TABLE whose table was not there before. */
  readonly creates: boolean;
}

/**
 * The locks of a migration as it goes: which operation took which, and what releases them. COMMIT, ROLLBACK, the end of a transaction and MySQL's implicit commit release all,
 * ROLLBACK TO SAVEPOINT those that were taken since the savepoint.
 */
export interface Ledger {
  /** What the operation's transaction has when the operation starts. */
  before(operation: Operation): Holding;
  /** Books the operation. */
  book(operation: Operation, entry: Entry): void;
}

interface State extends Holding {
  /** The settings that the session has once the transaction is committed: those of SET LOCAL are not among them. */
  readonly kept: Settings;
}

interface Transaction {
  state: State;
  savepoints: readonly { readonly name: string; readonly state: State }[];
}

const none: Settings = new Map();

/** A ledger for one migration. */
export function createLedger(engine: EngineName): Ledger {
  const transactions = new Map<number, Transaction>();
  let session: Settings = none;
  let last: Transaction | null = null;
  /** A DO block outside of a transaction: SET LOCAL lasts to its end. */
  let block: { readonly start: number; readonly settings: Settings } | null = null;
  const isMysql = engine === 'mysql' || engine === 'mariadb';
  const fresh = (): State => ({ locks: [], created: new Set(), settings: session, kept: session });

  return {
    before: ({ transaction, statement }) => (transaction === null ? { ...fresh(), ...(block?.start === statement.start ? { settings: block.settings } : {}) } : enter(transaction).state),
    book(operation, entry) {
      if (operation.transaction === null) {
        leave();
        if (operation.kind === 'set-setting') setOutside(operation);
        return;
      }
      const mine = enter(operation.transaction);
      switch (operation.kind) {
        case 'commit':
        case 'rollback':
          // MySQL's settings are the session's, whatever becomes of the transaction.
          if (operation.kind === 'commit' || isMysql) session = mine.state.kept;
          mine.state = fresh();
          mine.savepoints = [];
          return;
        case 'savepoint':
          mine.savepoints = [...mine.savepoints, { name: operation.name, state: mine.state }];
          return;
        case 'release-savepoint':
        case 'rollback-to-savepoint': {
          const at = mine.savepoints.map(({ name }) => name).lastIndexOf(operation.name);
          const savepoint = mine.savepoints[at];
          if (!savepoint) return;
          if (operation.kind === 'rollback-to-savepoint') mine.state = isMysql ? { ...savepoint.state, settings: mine.state.settings, kept: mine.state.kept } : savepoint.state;
          mine.savepoints = mine.savepoints.slice(0, operation.kind === 'release-savepoint' ? at : at + 1);
          return;
        }
        case 'set-setting':
          mine.state = { ...mine.state, settings: withSetting(mine.state.settings, operation), kept: operation.local ? mine.state.kept : withSetting(mine.state.kept, operation) };
          return;
        default:
          if (entry.effect.inTransaction === 'commits') mine.state = { ...mine.state, locks: [], created: new Set() };
          else mine.state = { ...mine.state, locks: withLocks(mine.state.locks, operation, entry.takes), created: withTable(mine.state.created, operation, entry.creates) };
      }
    },
  };

  /** A transaction that somebody else's statement follows has been committed: a tool and a block of code say so nowhere. */
  function leave(): void {
    if (last) session = last.state.kept;
    last = null;
  }

  function enter(id: number): Transaction {
    const known = transactions.get(id);
    if (known && known === last) return known;
    leave();
    last = known ?? { state: fresh(), savepoints: [] };
    transactions.set(id, last);
    return last;
  }

  function setOutside(setting: OperationOf<'set-setting'>): void {
    const { start } = setting.statement;
    if (!setting.local) session = withSetting(session, setting);
    // Elsewhere SET LOCAL does nothing outside of a transaction.
    else if (setting.verb === 'DO') block = { start, settings: withSetting(block?.start === start ? block.settings : session, setting) };
  }
}

function withSetting(settings: Settings, setting: OperationOf<'set-setting'>): Settings {
  return setting.name === 'all' && setting.value === null ? none : new Map(settings).set(setting.name, setting);
}

/** A new list each time something is added: steps keep the one they were given. A lock that is held already keeps its first taker of each kind. */
function withLocks(held: readonly HeldLock[], by: Operation, taken: readonly Lock[]): readonly HeldLock[] {
  const more = taken.filter((lock) => !held.some((one) => one.mode === lock.mode && one.by.kind === by.kind && sameName(one.table, lock.table)));
  return more.length > 0 ? [...held, ...more.map((lock) => ({ ...lock, by }))] : held;
}

function withTable(created: ReadonlySet<string>, operation: Operation, creates: boolean): ReadonlySet<string> {
  if (operation.kind === 'create-table') return creates ? new Set([...created, printName(operation.table)]) : created;
  if (operation.kind !== 'drop-table' && operation.kind !== 'rename-table') return created;
  const isOurs = created.has(printName(operation.table));
  const names = new Set(created);
  names.delete(printName(operation.table));
  if (operation.kind === 'rename-table') names.delete(printName(operation.to));
  if (operation.kind === 'rename-table' && isOurs) names.add(printName(operation.to));
  return names;
}
