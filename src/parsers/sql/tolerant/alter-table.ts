import type { AlterClauses } from '../../../operations/index.ts';
import { guardExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning, isDynamic, keyword, written, type Piece } from '../text/piece.ts';
import { findWord, spanOf, splitAtCommas, type TokenRange } from '../text/range.ts';
import { acceptAny, acceptIfExists, cursorOn, identifier, isMysql, peek, qualifiedName, type Cursor } from './cursor.ts';
import type { ReadAction } from './action.ts';
import { readAdd } from './alter-add.ts';
import { readAlterColumn } from './alter-column.ts';
import { readPostgresAction } from './alter-postgres.ts';
import { readDropAction } from './alter-drop.ts';
import { readPartitionAction } from './alter-partition.ts';
import { readTableOptions } from './table-option.ts';
import { readRename } from './alter-rename.ts';

/** More are in no statement that a person wrote. */
const mostActions = 1000;

const groups: readonly ReadAction[] = [readPostgresAction, readAdd, readDropAction, readRename, readAlterColumn, readPartitionAction, readTableOptions];

/**
 * Reads what follows `ALTER TABLE`: one entry or more an action; null when no table is named. An action that is not known is `opaque` alone.
 * `ignore` says that it was `ALTER IGNORE TABLE`.
 */
export function readAlterTable(cursor: Cursor, ignore = false): SqlDeed[] | null {
  const { piece } = cursor;
  const ifExists = acceptIfExists(cursor);
  acceptAny(cursor, 'ONLY');
  const table = qualifiedName(cursor);
  if (!table) return null;
  acceptAny(cursor, '*');
  if (acceptAny(cursor, 'WAIT')) cursor.at += 1;
  else acceptAny(cursor, 'NOWAIT');
  const all = joinLists(piece, splitAtCommas(piece, { from: cursor.at, to: cursor.to })).flatMap((range) => beforePartitions(piece, range));
  const ranges = all.slice(0, mostActions);
  const setting = (name: string) => ranges.map((range) => optionValue(cursorOn(piece, range), name)).find((value) => value !== null) ?? null;
  const algorithm = setting('ALGORITHM');
  const lock = setting('LOCK');
  const guards = guardExists(ifExists);
  const deeds = ranges.flatMap((range) => {
    const at = spanOf(piece, range);
    const read = (group: ReadAction) => group({ cursor: cursorOn(piece, range), table, at, algorithm, lock });
    for (const group of groups) {
      const found = read(group);
      if (found) return found;
    }
    const reason = isDynamic(piece, at) ? 'part of the statement is put together while the migration runs' : 'this action of ALTER TABLE is not known';
    return [placed({ kind: 'opaque', reason, text: written(piece, at).slice(0, 120) }, at)];
  });
  const rest = all[mostActions];
  if (rest) deeds.push(placed({ kind: 'opaque', reason: 'the statement has more actions than are read', text: beginning(piece) }, spanOf(piece, { from: rest.from, to: cursor.to })));
  const together = isMysql(piece) ? withClauses(deeds, algorithm, lock, ignore) : deeds;
  return guards.length ? together.map((deed) => ({ ...deed, guards: [...guards, ...deed.guards] })) : together;
}

/** `ALGORITHM` and `LOCK` stand in the list of actions and do nothing of their own. */
function withClauses(deeds: readonly SqlDeed[], algorithm: string | null, lock: string | null, ignore: boolean): SqlDeed[] {
  const acting = deeds.filter(({ deed }) => !(deed.kind === 'set-table-option' && deed.option === 'other' && /^(?:ALGORITHM|LOCK)=/.test(deed.value ?? '')));
  if (acting.length < 2 && algorithm === null && lock === null && !ignore) return [...deeds];
  const alter: AlterClauses = { algorithm, lock, ignore, actions: acting.map(({ deed }) => deed.kind) };
  return (acting.length > 0 ? acting : deeds).map((placed) => ({ ...placed, deed: { ...placed.deed, alter } }));
}

/** The value of an option that stands as an action of its own: `ALGORITHM = INPLACE`. */
function optionValue(cursor: Cursor, name: string): string | null {
  if (peek(cursor) !== name) return null;
  cursor.at += 1;
  acceptAny(cursor, '=');
  return identifier(cursor)?.toUpperCase() ?? null;
}

/** Partitions follow the last action without a comma: `ADD a int PARTITION BY HASH (id)`. */
function beforePartitions(piece: Piece, range: TokenRange): TokenRange[] {
  for (const word of ['PARTITION', 'REMOVE']) {
    const at = findWord(piece, { from: range.from + 1, to: range.to }, word);
    if (at >= 0 && /^(?:BY|PARTITIONING)$/.test(keyword(piece, piece.tokens()[at + 1]))) return [{ from: range.from, to: at }, { from: at, to: range.to }];
  }
  return [range];
}

/** `ORDER BY a, b` and `DROP PARTITION p0, p1` hold commas of their own: their ranges are put together again. */
function joinLists(piece: Piece, ranges: readonly TokenRange[]): TokenRange[] {
  const joined: TokenRange[] = [];
  let list = false;
  for (const range of ranges) {
    const first = keyword(piece, piece.tokens()[range.from]);
    const second = keyword(piece, piece.tokens()[range.from + 1]);
    const previous = joined.at(-1);
    if (list && previous && !/^(ALGORITHM|LOCK)$/.test(first) && (range.to - range.from === 1 || /^(ASC|DESC|INTO)$/.test(second))) joined[joined.length - 1] = { from: previous.from, to: range.to };
    else {
      joined.push(range);
      list = (first === 'ORDER' && second === 'BY') || second === 'PARTITION';
    }
  }
  return joined;
}
