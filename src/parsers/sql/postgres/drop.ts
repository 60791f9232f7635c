import type { DropStmt } from 'libpg-query';
import type { Deed, QualifiedName } from '../../../operations/index.ts';
import { guardExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning, keyword, plainName } from '../text/piece.ts';
import { findWord, splitAtCommas, type TokenRange } from '../text/range.ts';
import { place, wholeRange, type Site } from './site.ts';
import { anyName, as, partsName, strings } from './tree.ts';

/** `DROP` of any object: one entry a name. */
export function drop(node: DropStmt, site: Site): SqlDeed[] {
  const objects = node.objects ?? [];
  const ranges = objects.length > 1 ? listRanges(site) : [];
  return objects.map((object, index) => {
    const range = ranges.length === objects.length ? ranges[index] : undefined;
    return placed(dropped(node, site, anyName(site, object), object), range ? place(site, range) : site.piece, guardExists(node.missing_ok));
  });
}

/** Where each name of the list stands: after the object's kind and IF EXISTS, before CASCADE. */
function listRanges(site: Site): TokenRange[] {
  const tokens = site.piece.tokens();
  const whole = wholeRange(site);
  const exists = findWord(site.piece, whole, 'EXISTS');
  let from = exists >= 0 ? exists + 1 : 2;
  while (from < whole.to && ['CONCURRENTLY', 'VIEW', 'TABLE'].includes(keyword(site.piece, tokens[from]))) from += 1;
  return splitAtCommas(site.piece, { from, to: whole.to });
}

function dropped(node: DropStmt, site: Site, name: QualifiedName, object: NonNullable<DropStmt['objects']>[number]): Deed {
  const ifExists = node.missing_ok ?? false;
  const cascade = node.behavior === 'DROP_CASCADE';
  switch (node.removeType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
      return { kind: 'drop-table', table: name, ifExists, cascade };
    case 'OBJECT_INDEX':
      return { kind: 'drop-index', table: null, name, columns: [], concurrently: node.concurrent ?? false, ifExists, cascade, algorithm: null, lock: null };
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      return { kind: 'drop-view', view: name, materialized: node.removeType === 'OBJECT_MATVIEW', ifExists, cascade };
    case 'OBJECT_SEQUENCE':
      return { kind: 'drop-sequence', sequence: name, ifExists, cascade };
    case 'OBJECT_SCHEMA':
      return { kind: 'drop-schema', schema: name.name, ifExists, cascade };
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return { kind: 'drop-type', type: name, ifExists, cascade };
    case 'OBJECT_EXTENSION':
      return { kind: 'drop-extension', extension: name.name, cascade };
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      return { kind: 'drop-function', function: name, ifExists, cascade };
    case 'OBJECT_TRIGGER':
    case 'OBJECT_POLICY':
    case 'OBJECT_RULE':
      return droppedFromTable(node, site, strings(as(object, 'List')?.items), ifExists);
    default:
      return { kind: 'other', text: beginning(site.piece) };
  }
}

/** Objects that belong to a table are named by the table's name and their own. */
function droppedFromTable(node: DropStmt, site: Site, parts: readonly string[], ifExists: boolean): Deed {
  const table = partsName(site, parts.slice(0, -1));
  const name = plainName(site.piece, parts.at(-1) ?? '');
  if (node.removeType === 'OBJECT_TRIGGER') return { kind: 'drop-trigger', table, name, ifExists };
  if (node.removeType === 'OBJECT_POLICY') return { kind: 'drop-policy', table, name };
  return { kind: 'set-table-option', table, option: 'other', value: beginning(site.piece) };
}
