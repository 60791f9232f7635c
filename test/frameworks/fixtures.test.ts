import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findFixtures, tryFixture } from '../want.ts';

const root = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const folder = join(root, 'frameworks');

describe.each(readdirSync(folder))('frameworks/%s', (tool) => {
  it.each(findFixtures(join(folder, tool)).map((fixture) => [fixture.name, fixture] as const))('%s', async (name, fixture) => {
    const outcome = await tryFixture(fixture, join(root, 'rules'));
    expect(outcome.found).toEqual(outcome.wanted);
    expect(outcome.found.length > 0).toBe(/\/bad/.test(`/${name}`));
    const notes = existsSync(join(fixture.path, 'notes.txt')) ? readFileSync(join(fixture.path, 'notes.txt'), 'utf8').trim().split('\n') : [];
    expect(outcome.notes.filter((note) => !note.startsWith('Not a git repository'))).toEqual(notes);
  });
});
