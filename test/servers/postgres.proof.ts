import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimCases } from '../engines/claims.ts';
import type { Database } from '../engines/database.ts';
import { canPrepare, prove, titleOf } from '../engines/observe.ts';
import { connectToBase, servers } from './postgres-server.ts';

it('has servers to try claims on', () => {
  expect(servers.length).toBeGreaterThan(0);
});

describe.each(servers.map((server) => [server.major, server] as const))('what PostgreSQL %i does is what effectOf says', (major, server) => {
  let database: Database;
  beforeAll(async () => {
    database = await connectToBase(server, 'claims');
  });
  afterAll(() => database.close());

  it.each(claimCases.filter((claim) => canPrepare(claim, major)).map((claim) => [titleOf(claim), claim] as const))('%s', (_, claim) => prove(claim, database));
});
