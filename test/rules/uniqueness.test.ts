import { describe, expect, it } from 'vitest';
import { noEffect } from '../../src/engines/effect.ts';
import type { ColumnDefinition, Deed, IndexDefinition, Operation } from '../../src/operations/index.ts';
import { columnType, noDefault, operation, qualified, tableOf } from '../../src/operations/index.ts';
import type { Step } from '../../src/rules/rule.ts';
import { duplicateRisk, uniqueClaim } from '../../src/rules/shared/uniqueness.ts';
import type { Table } from '../../src/schema/table.ts';

const users = qualified('users');
const column = (name: string, more: Partial<ColumnDefinition> = {}): ColumnDefinition => ({ name, type: columnType('varchar'), nullable: true, default: noDefault, ...more });
const index = (columns: string[], more: Partial<IndexDefinition> = {}): IndexDefinition => ({ name: 'i', table: users, keys: columns.map((name) => ({ column: name, expression: null })), unique: true, method: 'btree', ...more });
const table = (more: Partial<Table> = {}): Table => ({
  name: users, columns: new Map([['id', column('id', { nullable: false })], ['email', column('email')], ['name', column('name')]]), newColumns: new Set(), primaryKey: ['id'], indexes: [], foreignKeys: [], checks: [],
  uniques: [], exclusions: [], triggers: [], policies: [], partitionBy: null, partitionOf: null, unlogged: false, comment: null, isNew: false, written: false, complete: true, ...more,
});
const create = (definition: IndexDefinition): Deed => ({ kind: 'create-index', index: definition, concurrently: false, ifNotExists: false, only: false, algorithm: null, lock: null });
const add = (definition: ColumnDefinition): Deed => ({ kind: 'add-column', table: users, column: definition, ifNotExists: false });
const update = (...columns: string[]): Deed => ({ kind: 'update-rows', table: users, columns, scope: 'all', where: null, mode: { by: 'statement', batchedRead: false, model: null } });

let offset = 0;
function step(deed: Deed, at: Table | undefined = table()): Step {
  const span = { start: offset++, end: offset };
  const made = operation(deed, { at: span, statement: span, via: [], transaction: 1, guards: [], certain: true, assured: null, direction: 'up', language: 'sql', verb: 'x' }) as Operation;
  return { operation: made, effect: noEffect, table: tableOf(made) ? at : undefined, onNewTable: at?.isNew === true && !at.written, held: [], takes: [], settings: new Map(), undoneAt: null };
}

function risk(steps: readonly Step[], zeroFilled = false) {
  const last = steps.at(-1) as Step;
  const claim = uniqueClaim(last.operation);
  return claim && duplicateRisk(claim, last, { steps, before: steps.length - 1 }, zeroFilled);
}

describe('duplicateRisk', () => {
  it('is there for existing rows', () => expect(risk([step(create(index(['email'])))])).toBe('maybe'));
  it('is not there on a new table', () => expect(risk([step(create(index(['email'])), table({ isNew: true }))])).toBe('never'));
  it('is not there when the key holds a unique column', () => expect(risk([step(create(index(['id', 'email'])))])).toBe('never'));
  it('is not there when an older unique index covers it', () => {
    expect(risk([step(create(index(['email', 'name'])), table({ indexes: [index(['email'])] }))])).toBe('never');
    expect(risk([step(create(index(['email'])), table({ indexes: [index(['email', 'name'])] }))])).toBe('maybe');
    expect(risk([step(create(index(['email'])), table({ indexes: [index(['email'], { where: 'name IS NULL' })] }))])).toBe('maybe');
    expect(risk([step(create(index(['email'], { nullsNotDistinct: true })), table({ indexes: [index(['email'])] }))])).toBe('maybe');
  });
  it('is not there when the old index was dropped in the same migration', () => {
    const drop = step({ kind: 'drop-index', table: users, name: null, columns: ['email'], concurrently: false, ifExists: false, cascade: false, algorithm: null, lock: null }, table({ indexes: [index(['email'])] }));
    expect(risk([drop, step(create(index(['email'])))])).toBe('never');
    expect(risk([drop, step(update('email')), step(create(index(['email'])))])).toBe('maybe');
  });
  it('is not there over a column that was just added without a value', () => {
    expect(risk([step(add(column('slug'))), step(create(index(['slug'])))])).toBe('never');
    expect(risk([step(add(column('slug'))), step(create(index(['slug'], { nullsNotDistinct: true })))])).toBe('surely');
    expect(risk([step(add(column('slug'))), step(update('slug')), step(create(index(['slug'])))])).toBe('maybe');
    expect(risk([step(add(column('slug'))), step(update('name')), step(create(index(['slug'])))])).toBe('never');
  });
  it('is certain over a column that was just added with one value for all', () => {
    const same = column('slug', { default: { kind: 'constant', value: 'x' } });
    expect(risk([step(add(same)), step(create(index(['slug'])))])).toBe('surely');
    expect(risk([step(add(same)), step(create(index(['slug', 'email'])))])).toBe('maybe');
    expect(risk([step(add(column('slug', { nullable: false }))), step(create(index(['slug'])))], true)).toBe('surely');
    expect(risk([step(add(column('slug', { default: { kind: 'expression', sql: 'gen_random_uuid()', functions: ['gen_random_uuid'] } }))), step(create(index(['slug'])))])).toBe('never');
  });
});
