import { afterAll, beforeAll, describe, it } from 'vitest';
import { claimCases } from './claims.ts';
import { embeddedDatabase } from './database.ts';
import type { Database } from './database.ts';
import { prove, titleOf } from './observe.ts';

let database: Database;

beforeAll(async () => {
  database = await embeddedDatabase();
}, 60_000);

afterAll(() => database.close());

describe('what Postgres does is what effectOf says', () => {
  it.each(claimCases.map((claim) => [titleOf(claim), claim] as const))('%s', (_, claim) => prove(claim, database), 30_000);
});
