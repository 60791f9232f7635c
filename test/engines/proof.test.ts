import { expect, it } from 'vitest';
import { claimRows, executedOn, printReleases } from './proof.ts';

const executed = executedOn();
const unproved = [...claimRows].filter(([row]) => !executed.has(row));

/** Why a row is not tried. */
const notTried: Readonly<Record<string, string>> = {
  'columnOption.other': 'it stands for whatever has no row of its own',
  'index.setTablespace': 'it needs a second tablespace',
  'table.detachPartitionFinalize': 'it needs a DETACH CONCURRENTLY that was interrupted',
  'tableOption.tablespace': 'it needs a second tablespace',
  'tableOption.access-method': 'it needs a second access method',
  'tableOption.other': 'it stands for whatever has no row of its own',
};

// What the servers execute is written down for readers of the claims; `vitest -u` writes it anew.
it('the proof of every claim row is written down', async () => {
  const rows = [...claimRows].map(([row, { source }]) => `  '${row}': '${executed.has(row) ? `executed ${printReleases(executed.get(row) ?? [])}` : source.startsWith('https:') ? 'documented' : source === 'none' ? 'no statement of Postgres' : 'measured'}',`);
  await expect(`/** How each claim row is proved: \`executed\` with the releases on which a test runs it, \`measured\` once by hand, or \`documented\` by the manual page that is its source. */
export const proofs: Readonly<Record<string, string>> = {\n${rows.join('\n')}\n};\n`).toMatchFileSnapshot('../../src/engines/postgres/proof.data.ts');
});

it('a claim row that no case reaches is one that the tests cannot run', () => {
  expect(unproved.filter(([, { source }]) => source !== 'none').map(([row]) => row)).toEqual(Object.keys(notTried));
});
