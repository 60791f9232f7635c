import { describe, expect, it } from 'vitest';
import type { Lock } from '../../src/engines/effect.ts';
import { operation, qualified } from '../../src/operations/index.ts';
import type { OperationContext } from '../../src/operations/index.ts';
import { blockedTraffic, heldSentence, lockList, lockSentence, whileBlocked } from '../../src/rules/shared/lock-sentence.ts';

const at = { start: 0, end: 1 };
const context: OperationContext = { at, statement: at, via: [], transaction: null, guards: [], certain: true, assured: null, direction: 'up', language: 'ruby', verb: 'change_column_null' };
const setNotNull = operation({ kind: 'set-not-null', table: qualified('orders'), column: 'state', fill: { kind: 'none' } }, context);
const lock = (mode: Lock['mode'], cost: Lock['cost'], table = 'orders'): Lock =>
  ({ table: qualified(table), mode, cost, role: 'target', blocks: { reads: mode === 'ACCESS EXCLUSIVE', writes: true } });

describe('lockSentence', () => {
  it('says the lock, what it blocks and for how long', () => {
    expect(lockSentence(setNotNull, lock('ACCESS EXCLUSIVE', 'scan')))
      .toBe('ALTER TABLE takes an ACCESS EXCLUSIVE lock on "orders": no other session can read or write it until the whole table has been scanned.');
  });

  it('adds the transaction that keeps the lock, and the tables locked alike', () => {
    expect(lockSentence({ ...setNotNull, transaction: 0 }, lock('SHARE ROW EXCLUSIVE', 'scan'), [lock('SHARE ROW EXCLUSIVE', 'scan', 'users')]))
      .toBe('ALTER TABLE takes a SHARE ROW EXCLUSIVE lock on "orders" and "users": no other session can write to them until the whole table has been scanned and the transaction has ended.');
  });

  it('says why work in constant time still matters', () => {
    expect(lockSentence(setNotNull, lock('ACCESS EXCLUSIVE', 'constant'))).toMatch(/a moment, but the statement waits for every open transaction that uses the table, and every later query waits behind it\.$/);
    expect(lockSentence(setNotNull, lock('SHARE ROW EXCLUSIVE', 'constant'))).toMatch(/for every open transaction that has written to the table, and every later write waits behind it\.$/);
  });
});

describe('what a message says of the lock', () => {
  it('is what the lock blocks', () => {
    expect(whileBlocked(lock('ACCESS EXCLUSIVE', 'scan'))).toBe('while nobody can read or write the table');
    expect(whileBlocked(lock('SHARE', 'scan'), 'them')).toBe('while nobody can write to them');
    expect(blockedTraffic(lock('SHARE ROW EXCLUSIVE', 'scan'))).toBe('writes to');
    expect(blockedTraffic(lock('ACCESS EXCLUSIVE', 'scan'))).toBe('reads and writes of');
  });
});

describe('heldSentence', () => {
  it('speaks only of a stronger lock on the same table', () => {
    const held = { ...lock('ACCESS EXCLUSIVE', 'constant'), by: setNotNull };
    expect(heldSentence(lock('SHARE', 'index-build'), [held])).toMatch(/Reads wait as well: "change_column_null"/);
    expect(heldSentence(lock('SHARE', 'index-build', 'users'), [held])).toBe('');
    expect(heldSentence(lock('ACCESS EXCLUSIVE', 'scan'), [held])).toBe('');
  });
});

describe('lockList', () => {
  it('groups tables by mode', () => {
    expect(lockList([lock('ACCESS EXCLUSIVE', 'constant', 'a'), lock('SHARE', 'constant', 'c'), lock('ACCESS EXCLUSIVE', 'constant', 'b')]))
      .toBe('ACCESS EXCLUSIVE locks on "a" and "b", a SHARE lock on "c"');
  });
});
