import type { Operation } from '../operations/index.ts';
import { atLeast, olderThan, printEngine } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'corrupt-index',
  summary: 'An index is built or rebuilt concurrently by a release of Postgres that can leave rows out of it.',
  hazard: 'loses-data',
  severity: 'error',
  engines: ['postgres'],
  replaces: ['strong_migrations/add_index_corruption', 'online_migrations/add_index_corruption'],
  docs: {
    why: 'Postgres 14.0 to 14.3 let VACUUM and pruning remove row versions that a concurrent build still needs. The index can then lack rows without any error: queries by it do not find them, and a unique one lets duplicates in. '
      + '14.4 mends the server (its release notes tell of it first, and how to find what is damaged with pg_amcheck), not the indexes that were built before.',
    exceptions: 'Reported only where the release is known with its minor number. New tables are not reported.',
  },
  check: { 'create-index': judge, 'reindex': judge },
});

function judge(operation: Operation & { readonly concurrently: boolean }, context: StepContext): Finding | undefined {
  const { engine } = context;
  if (!operation.concurrently || context.onNewTable || engine.version.length < 2 || !atLeast(engine, 14) || !olderThan(engine, 14, 4)) return undefined;
  const name = operation.kind === 'create-index' ? operation.index.name : operation.kind === 'reindex' ? operation.name : null;
  return {
    message: `${printEngine(engine)} can leave rows out of ${name === null ? 'the index' : quoted(name)} when it is built concurrently.`,
    why: 'VACUUM removes row versions that the build still needs. No error tells of it: queries by the index do not find the rows, and a unique one lets duplicates in.',
    remedy: advise('Update the servers to 14.4 or newer first, and rebuild what was built concurrently before.'),
  };
}
