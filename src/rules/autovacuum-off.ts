import { sameName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

const switchedOff = /\bautovacuum_enabled\s*=\s*'?(?:false|off|no|0)\b/i;
const switchedOn = /\bautovacuum_enabled(?!\s*=\s*'?(?:false|off|no|0)\b)/i;

export default defineRule({
  id: 'autovacuum-off',
  summary: 'Autovacuum is switched off for a table, which then grows and misleads the planner without a sign.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['atlas/PG320', 'migrationpilot/MP066'],
  docs: {
    why: 'Nobody removes dead rows any more: table and indexes grow, and searches read past what was deleted. Statistics stay what they were, so plans get worse. Near the wraparound of transaction numbers the server vacuums the table after all, at a time that nobody chose.',
    exceptions: 'A bulk load that switches it on again: not reported when the same migration does. For tables that are written rarely, lower thresholds are the better means.',
  },
  check: {
    'set-table-option'(operation, { migration }) {
      const { table, option, value } = operation;
      if (option !== 'storage' || !switchedOff.test(value ?? '')) return undefined;
      const later = migration.operations.slice(migration.operations.indexOf(operation) + 1);
      if (later.some((other) => other.kind === 'set-table-option' && other.option === 'storage' && sameName(other.table, table) && switchedOn.test(other.value ?? ''))) return undefined;
      return {
        message: `Autovacuum is switched off for ${quoted(table)}.`,
        why: 'Dead rows stay, so the table and its indexes grow, and the planner\'s statistics are never brought up to date.',
        remedy: advise('Leave it on, and set thresholds that fit the table (autovacuum_vacuum_scale_factor, autovacuum_vacuum_cost_delay).'),
      };
    },
  },
});
