import { describe, expect, it } from 'vitest';
import { provesNotNull } from '../../src/engines/postgres/not-null-proof.ts';
import { emptyTable } from '../../src/schema/fold/fold.ts';
import { name } from '../schema/deeds.ts';

const table = (expression: string, validated = true) => ({ ...emptyTable(name('t')), checks: [{ name: 'c', expression, validated }] });

// Each was put to Postgres 18, which says at level DEBUG1 whether existing constraints are sufficient.
describe('a check that spares SET NOT NULL its scan', () => {
  it.each([
    'x is not null', '"x" IS NOT NULL', '(((x IS NOT NULL)))', 'CHECK ((x IS NOT NULL))', 't.x IS NOT NULL', 'x IS NOT NULL AND y > 0', 'y > 0 AND (x IS NOT NULL AND y < 5)',
    '(x IS NOT NULL AND y > 0) OR (x IS NOT NULL AND y < 0)', 'NOT (x IS NULL)', 'y BETWEEN 1 AND 2 AND x IS NOT NULL',
  ])('%s', (expression) => expect(provesNotNull(table(expression), 'x')).toBe(true));

  it.each([
    'x > 0', 'x IS NOT NULL OR y IS NOT NULL', '(x IS NOT NULL) = true', 'num_nulls(x) = 0', 'y BETWEEN 1 AND x IS NOT NULL', 'CASE WHEN y > 0 THEN x IS NOT NULL ELSE true END',
    '"X" IS NOT NULL', 'xx IS NOT NULL', 'x::text IS NOT NULL', 'x IS NULL', '\'x\' IS NOT NULL', '', '((((', 'and or',
  ])('not %s', (expression) => expect(provesNotNull(table(expression), 'x')).toBe(false));

  it('has to be validated', () => expect(provesNotNull(table('x IS NOT NULL', false), 'x')).toBe(false));
});
