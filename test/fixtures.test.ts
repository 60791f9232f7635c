import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findFixtures, tryFixture } from './want.ts';

const root = fileURLToPath(new URL('../fixtures/', import.meta.url));

for (const group of ['rules', 'situations']) {
  const folder = join(root, group);
  for (const id of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)) {
    describe(`${group}/${id}`, () => {
      it.each(findFixtures(join(folder, id)).map((fixture) => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
        const outcome = await tryFixture(fixture, join(root, 'rules'));
        expect(outcome.found).toEqual(outcome.wanted);
        expect(outcome.carets.filter((caret) => !caret.matched)).toEqual([]);
        if (group === 'rules' && fixture.name.split('/').some((part) => part.startsWith('bad'))) expect(outcome.found.join('\n')).toContain(`: ${id}`);
        if (group === 'rules' && fixture.name.split('/').some((part) => part.startsWith('good'))) expect(outcome.found.join('\n')).not.toContain(`: ${id}`);
      });
    });
  }
}
