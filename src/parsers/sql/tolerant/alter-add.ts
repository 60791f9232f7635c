import type { Deed } from '../../../operations/index.ts';
import { guardNotExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { spanOf, splitAtCommas } from '../text/range.ts';
import type { Action } from './action.ts';
import { accept, acceptIfNotExists, bracketed, cursorOn, peek } from './cursor.ts';
import { readColumn } from './column.ts';
import { readKey, type Key } from './key.ts';

/** `ADD` of columns, keys, indexes and constraints. */
export function readAdd(action: Action): readonly SqlDeed[] | null {
  const { cursor, table } = action;
  if (!accept(cursor, 'ADD') || peek(cursor) === 'PARTITION') return null;
  if (accept(cursor, 'SYSTEM', 'VERSIONING') || accept(cursor, 'PERIOD')) return [placed({ kind: 'set-table-option', table, option: 'other', value: 'SYSTEM VERSIONING' }, action.at)];
  const key = readKey(cursor, table);
  if (key) return [placedKey(action, key)];
  accept(cursor, 'COLUMN');
  const ifNotExists = acceptIfNotExists(cursor);
  const inside = bracketed(cursor);
  if (!inside) return addColumn(action, ifNotExists);
  return splitAtCommas(cursor.piece, inside).flatMap((range) => {
    const part: Action = { ...action, cursor: cursorOn(cursor.piece, range), at: spanOf(cursor.piece, range) };
    const inner = readKey(part.cursor, table);
    return inner ? [placedKey(part, inner)] : (addColumn(part, ifNotExists) ?? []);
  });
}

function addColumn(action: Action, ifNotExists: boolean): SqlDeed[] | null {
  const column = readColumn(action.cursor);
  return column ? [placed({ kind: 'add-column', table: action.table, column, ifNotExists }, action.at, guardNotExists(ifNotExists))] : null;
}

function placedKey(action: Action, key: Key): SqlDeed {
  const ifNotExists = 'ifNotExists' in key && key.ifNotExists;
  return placed(addKey(action, key), action.at, guardNotExists(ifNotExists));
}

function addKey({ table, algorithm, lock }: Action, key: Key): Deed {
  switch (key.kind) {
    case 'primary':
      return { kind: 'add-primary-key', table, columns: key.columns, usingIndex: key.usingIndex, ...(key.name === null ? {} : { name: key.name }) };
    case 'index':
      return { kind: 'create-index', index: key.index, concurrently: false, ifNotExists: key.ifNotExists, only: false, algorithm, lock };
    case 'unique': {
      const { name, columns, usingIndex, deferrable, nullsNotDistinct } = key;
      return { kind: 'add-unique', table, name, columns, usingIndex, deferrable, nullsNotDistinct };
    }
    case 'foreign':
      return { kind: 'add-foreign-key', table, foreignKey: key.foreignKey, ifNotExists: key.ifNotExists };
    case 'check':
      return { kind: 'add-check', table, check: key.check, ifNotExists: key.ifNotExists };
    case 'exclusion':
      return { kind: 'add-exclusion', table, name: key.name, expression: key.expression };
    case 'not-null':
      return { kind: 'add-not-null', table, name: key.name, column: key.column, validated: key.validated };
  }
}
