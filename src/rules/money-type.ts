import { isMysql } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { WrittenColumn } from './shared/written-columns.ts';
import { columnsSubject, judgeColumns } from './shared/written-columns.ts';

const amounts = /(?:^|_)(?:price|amount|cost|fee|balance|salary|subtotal|revenue|discount_amount|total_(?:price|amount|cost))s?(?:_|$)/;

export default defineRule({
  id: 'money-type',
  summary: 'An amount of money has the type money or a floating-point type.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['pg-migration-lint/PGM104', 'pg-migration-lint/PGM109'],
  docs: {
    why: 'Floating-point numbers hold no cents: 0.1 + 0.2 is not 0.3, sums depend on the order of the rows, and an equality that should hold does not. '
      + 'Postgres\'s money has fixed digits, but how many and which currency sign depends on `lc_monetary` of the session: the same row reads as another amount elsewhere, a dump restores differently, and there is no room for a currency.',
    exceptions: 'Estimates, rates and statistics. Floating-point columns are reported by their names (price, amount, cost, fee, balance, salary, revenue).',
  },
  check: judgeColumns(isMoney, (columns, { engine }) => ({
    message: `${columnsSubject(columns, 'holds', 'hold')} money in the type ${columns[0]?.type.name ?? 'money'}.`,
    why: columns.some(({ type }) => type.name === 'money') ? 'How many digits it has and how it reads depends on "lc_monetary" of the session, so the same value means another amount on another server.' : 'Floating-point numbers round: sums differ by cents and depend on the order of the rows.',
    remedy: advise(`Use ${isMysql(engine) ? 'decimal' : 'numeric'} with the digits the currency needs, or a bigint of the smallest unit, and a column for the currency.`),
  })),
});

function isMoney({ type, name }: WrittenColumn): boolean {
  return type.name === 'money' || (/^(?:real|double|float)$/.test(type.name) && amounts.test(name));
}
