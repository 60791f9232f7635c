import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'replica-identity',
  summary: 'A table\'s replica identity becomes FULL or NOTHING, which makes logical replication slow or impossible.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['atlas/PG314'],
  docs: {
    why: 'With FULL every UPDATE and DELETE writes the whole old row into the write-ahead log, and a subscriber without a fitting index searches its whole table for each of them. With NOTHING a published table refuses UPDATE and DELETE (55000). '
      + 'The default, the primary key, or USING INDEX with a unique index over columns that cannot be NULL, costs neither.',
    exceptions: 'FULL for change data capture whose consumers need the old values, and for tables that cannot have a key.',
  },
  check: {
    'set-table-option'({ table, option, value }) {
      const identity = option === 'replica-identity' ? /\b(full|nothing)\b/i.exec(value ?? '')?.[1]?.toLowerCase() : undefined;
      if (identity === undefined) return undefined;
      return {
        message: `The replica identity of ${quoted(table)} becomes ${identity.toUpperCase()}.`,
        why: identity === 'full' ? 'Every UPDATE and DELETE writes the whole old row into the write-ahead log, and subscribers search for the row by all of its columns.' : 'While the table is published, every UPDATE and DELETE of it fails (55000).',
        remedy: advise('Keep the primary key as the identity, or use a unique index over columns that cannot be NULL (REPLICA IDENTITY USING INDEX).'),
      };
    },
  },
});
