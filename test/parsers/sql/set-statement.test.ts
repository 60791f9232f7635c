import { describe, expect, it } from 'vitest';
import { deedsOf, readerOf } from './reading.ts';

const read = await readerOf('mariadb');
const deeds = (sql: string) => read(sql).flatMap((statement) => statement.deeds);

describe('SET STATEMENT of MariaDB', () => {
  it('runs what stands after FOR, and waits for locks as it says', () => {
    expect(deeds('SET STATEMENT max_statement_time = 60, lock_wait_timeout = 5 FOR ALTER TABLE users DROP COLUMN bio')).toMatchObject([
      { deed: { kind: 'drop-column', table: { name: 'users' }, column: 'bio' }, lockWait: 5000 },
    ]);
  });

  it('leaves the statement its own words on waiting', () => {
    expect(deeds('SET STATEMENT lock_wait_timeout = 5 FOR ALTER TABLE users NOWAIT DROP COLUMN bio')).toMatchObject([{ lockWait: 0 }]);
  });

  it('is a broken statement without FOR, and costs only itself', () => {
    expect(deedsOf(read('SET STATEMENT max_statement_time = 60; DROP TABLE t'))).toMatchObject([{ kind: 'opaque' }, { kind: 'drop-table' }]);
  });
});
