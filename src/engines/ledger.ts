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
  /** What the operation's transaction has when the operation starts; `created` is good until the next operation is booked. */
  before(operation: Operation): Holding;
  /** Books the operation. */
  book(operation: Operation, entry: Entry): void;
}

interface State extends Omit<Holding, 'created'> {
  /** The settings that the session has once the transaction is committed: those of SET LOCAL are not among them. */
  readonly kept: Settings;
}

interface Transaction {
  state: State;
  readonly created: Set<string>;
  /** What takes back the changes of `created`, in order: one set for the whole transaction, however many tables and savepoints it has. */
  readonly undo: (() => void)[];
  readonly savepoints: { readonly name: string; readonly state: State; readonly undo: number }[];
}

/** More locks than anybody holds by hand are not told one by one: no input makes the ledger slow. */
const mostLocks = 1000;

const none: Settings = new Map();
const noTables: ReadonlySet<string> = new Set();

/** A ledger for one migration. */
export function createLedger(engine: EngineName): Ledger {
  const transactions = new Map<number, Transaction>();
  let session: Settings = none;
  let last: Transaction | null = null;
  /** A DO block outside of a transaction: SET LOCAL lasts to its end. */
  let block: { readonly start: number; readonly settings: Settings } | null = null;
  const isMysql = engine === 'mysql' || engine === 'mariadb';
  const fresh = (): State => ({ locks: [], settings: session, kept: session });

  return {
    before({ transaction, statement }) {
      if (transaction === null) return { locks: [], created: noTables, settings: block?.start === statement.start ? block.settings : session };
      const { state, created } = enter(transaction);
      return { locks: state.locks, created, settings: state.settings };
    },
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
          if (operation.kind === 'commit' || isMysql || !operation.certain) session = mine.state.kept;
          mine.state = fresh();
          forget(mine);
          return;
        case 'savepoint':
          mine.savepoints.push({ name: operation.name, state: mine.state, undo: mine.undo.length });
          return;
        case 'release-savepoint':
        case 'rollback-to-savepoint': {
          const at = mine.savepoints.findLastIndex(({ name }) => name === operation.name);
          const savepoint = mine.savepoints[at];
          if (!savepoint) return;
          mine.savepoints.splice(operation.kind === 'release-savepoint' ? at : at + 1);
          if (operation.kind === 'release-savepoint') return;
          mine.state = isMysql ? { ...savepoint.state, settings: mine.state.settings, kept: mine.state.kept } : savepoint.state;
          while (mine.undo.length > savepoint.undo) mine.undo.pop()?.();
          return;
        }
        case 'set-setting':
          mine.state = { ...mine.state, settings: withSetting(mine.state.settings, operation), kept: operation.local ? mine.state.kept : withSetting(mine.state.kept, operation) };
          return;
        default:
          if (entry.effect.inTransaction === 'commits') {
            mine.state = { ...mine.state, locks: [] };
            forget(mine);
          } else {
            noteTable(mine, operation, entry.creates);
            if (entry.takes.length > 0) mine.state = { ...mine.state, locks: withLocks(mine.state.locks, operation, entry.takes) };
          }
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
    last = known ?? { state: fresh(), created: new Set(), undo: [], savepoints: [] };
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
  return setting.name === 'all' && setting.value === null ? none : new Map([...settings].filter(([name]) => name !== setting.name)).set(setting.name, setting);
}

/** A new list each time something is added: steps keep the one they were given. A lock that is held already keeps its first taker of each kind. */
function withLocks(held: readonly HeldLock[], by: Operation, taken: readonly Lock[]): readonly HeldLock[] {
  if (held.length >= mostLocks) return held;
  const more = taken.filter((lock) => !held.some((one) => one.mode === lock.mode && one.by.kind === by.kind && sameName(one.table, lock.table)));
  return more.length > 0 ? [...held, ...more.map((lock) => ({ ...lock, by }))] : held;
}

/** Nothing that was done before can be undone any more, and others see it. */
function forget({ created, undo, savepoints }: Transaction): void {
  created.clear();
  undo.length = 0;
  savepoints.length = 0;
}

function noteTable(mine: Transaction, operation: Operation, creates: boolean): void {
  switch (operation.kind) {
    case 'create-table':
      return creates ? put(mine, printName(operation.table), true) : undefined;
    case 'drop-table':
      return put(mine, printName(operation.table), false);
    case 'rename-table': {
      const isOurs = mine.created.has(printName(operation.table));
      put(mine, printName(operation.table), false);
      return put(mine, printName(operation.to), isOurs);
    }
    default:
  }
}

function put({ created, undo }: Transaction, name: string, isIn: boolean): void {
  if (created.has(name) === isIn) return;
  if (isIn) created.add(name);
  else created.delete(name);
  undo.push(() => (isIn ? created.delete(name) : created.add(name)));
}
