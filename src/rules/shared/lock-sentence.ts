import type { Blocks, Cost, Lock } from '../../engines/effect.ts';
import type { HeldLock } from '../../engines/ledger.ts';
import type { Operation } from '../../operations/index.ts';
import { sameName } from '../../operations/index.ts';
import { listed, quoted } from './names.ts';

const statementNames: Partial<Record<Operation['kind'], string>> = {
  'create-table': 'CREATE TABLE', 'drop-table': 'DROP TABLE', 'create-index': 'CREATE INDEX', 'drop-index': 'DROP INDEX', 'reindex': 'REINDEX',
  'create-trigger': 'CREATE TRIGGER', 'drop-trigger': 'DROP TRIGGER', 'rename-trigger': 'ALTER TRIGGER', 'truncate': 'TRUNCATE', 'lock-table': 'LOCK TABLE', 'alter-domain': 'ALTER DOMAIN', 'refresh-materialized-view': 'REFRESH MATERIALIZED VIEW',
  'vacuum': 'VACUUM FULL', 'cluster': 'CLUSTER',
};

/** The SQL statement that an operation comes down to, for sentences about locks: `ALTER TABLE`, `CREATE INDEX`. */
export function statementName(operation: Operation): string {
  return statementNames[operation.kind] ?? 'ALTER TABLE';
}

/** The lock's name with its article: `an ACCESS EXCLUSIVE lock`, `a SHARE lock`, `a metadata lock`. */
export function lockName(lock: Lock): string {
  if (lock.mode.startsWith('metadata')) return 'a metadata lock';
  return `${/^[AE]/.test(lock.mode) ? 'an' : 'a'} ${lock.mode} lock`;
}

/** What other sessions cannot do meanwhile: `read or write it`, `write to it`, `write to them`. */
export function blockedWords(blocks: Blocks, several = false): string {
  return blockedVerbs(blocks, several ? 'them' : 'it');
}

/** What others cannot do meanwhile, as a clause: `while nobody can read or write the table`. */
export function whileBlocked({ blocks }: Lock, what: 'it' | 'them' | 'the table' = 'the table'): string {
  return `while nobody can ${blockedVerbs(blocks, what)}`;
}

/** What a lock stops, with the word that joins the table to it: `writes to`, `reads and writes of`. */
export function blockedTraffic({ blocks }: Lock): string {
  return blocks.reads ? (blocks.writes ? 'reads and writes of' : 'reads of') : 'writes to';
}

function blockedVerbs(blocks: Blocks, what: string): string {
  return blocks.reads ? (blocks.writes ? `read or write ${what}` : `read ${what}`) : `write to ${what}`;
}

const workWords: Record<Exclude<Cost, 'constant'>, string> = {
  'scan': 'the whole table has been scanned',
  'index-build': 'the index has been built',
  'rewrite': 'every row and every index has been written anew',
  'rows': 'the rows it touches are done',
};

/**
 * The lock, what it blocks and for how long, as one or two sentences; `alsoOn` are further locks of the same mode. For work in constant time the second one says why it still matters:
 * a lock request waits behind open transactions, and every later query waits behind the request.
 */
export function lockSentence(operation: Operation, lock: Lock, alsoOn: readonly Lock[] = []): string {
  const takes = `${statementName(operation)} takes ${lockName(lock)} on ${listed([lock, ...alsoOn].map((each) => each.table))}`;
  const blocked = `no other session can ${blockedWords(lock.blocks, alsoOn.length > 0)}`;
  const inTransaction = operation.transaction !== null;
  // The request for a metadata lock holds up reads as well, whatever the work lets through (executed on MariaDB).
  const all = lock.blocks.reads || lock.mode === 'metadata exclusive';
  if (lock.cost === 'constant') {
    return `${takes}: ${blocked}${inTransaction ? ' until the transaction ends' : ' meanwhile'}. `
      + `The work itself takes a moment, but the statement waits for every open transaction that ${all ? 'uses' : 'has written to'} the table, and every later ${all ? 'query' : 'write'} waits behind it.`;
  }
  return `${takes}: ${blocked} until ${workWords[lock.cost]}${inTransaction ? ' and the transaction has ended' : ''}.`;
}

/**
 * A sentence about a stronger lock that an earlier statement of the same transaction still holds on the table, or an empty string:
 * a SHARE lock lets reads through, but not when an ALTER TABLE came before it.
 */
export function heldSentence(lock: Lock, held: readonly HeldLock[]): string {
  const stronger = held.find((earlier) => sameName(earlier.table, lock.table) && earlier.blocks.reads && !lock.blocks.reads);
  return stronger ? ` Reads wait as well: ${quoted(stronger.by.verb)} before it in the same transaction still holds ${lockName(stronger)} on the table.` : '';
}

/** Locks as a sentence lists them, one mode after the other: `ACCESS EXCLUSIVE locks on "a" and "b", a SHARE lock on "c"`. */
export function lockList(locks: readonly Lock[]): string {
  return [...new Set(locks.map((lock) => lock.mode))].map((mode) => {
    const same = locks.filter((lock) => lock.mode === mode);
    return `${same.length === 1 && same[0] ? lockName(same[0]) : `${mode} locks`} on ${listed(same.map((lock) => lock.table))}`;
  }).join(', ');
}
