import type { Deed, QualifiedName } from '../../../operations/index.ts';
import { guardExists, guardNotExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning } from '../text/piece.ts';
import { expressionText, findWord, splitAtCommas } from '../text/range.ts';
import { tablesRead } from '../text/reads.ts';
import { accept, acceptAny, acceptIfExists, acceptIfNotExists, atEnd, bracketed, cursorOn, identifier, peek, qualifiedName, stringValue, type Cursor } from './cursor.ts';
import { readType } from './type.ts';

/*
 * Statements that only Postgres has. They are read here where its own grammar cannot be: in a statement that is not valid, or has computed parts, or in a process
 * without WebAssembly.
 */

type ReadVerb = (cursor: Cursor) => readonly SqlDeed[] | null;

const put = ({ piece }: Cursor, ...deeds: readonly Deed[]): SqlDeed[] => deeds.map((deed) => placed(deed, piece));
const other: ReadVerb = (cursor) => put(cursor, { kind: 'other', text: beginning(cursor.piece) });
const opaque = (reason: string): ReadVerb => (cursor) => put(cursor, { kind: 'opaque', reason, text: beginning(cursor.piece) });

/** How the statements that begin with these words are read; the cursor stands after the word. One that gives null is left to the other readers. */
export const postgresVerbs: Readonly<Record<string, ReadVerb>> = {
  ABORT: (cursor) => put(cursor, { kind: 'rollback' }),
  ANALYZE: (cursor) => eachTable(cursor, (table) => ({ kind: 'analyze', table })),
  CALL: opaque('what the procedure does is not read'),
  CLUSTER: readCluster,
  COPY: readCopy,
  EXECUTE: opaque('the prepared statement it runs is not read'),
  IMPORT: opaque('which tables it creates is not in the text'),
  LOAD: opaque('it loads a library'),
  MERGE: opaque('the rows it merges are not read here'),
  PREPARE: other,
  REFRESH: readRefresh,
  REINDEX: readReindex,
  RESET: (cursor) => put(cursor, { kind: 'set-setting', name: identifier(cursor)?.toLowerCase() ?? 'all', value: null, local: false }),
  VACUUM: (cursor) => {
    const full = findWord(cursor.piece, { from: 0, to: cursor.to }, 'FULL') >= 0 || /^\(\s*(?:[^)]*\W)?full\b/i.test(cursor.piece.text.slice(6).trim());
    return eachTable(cursor, (table) => ({ kind: 'vacuum', table, full }));
  },
  ALTER: readAlter,
  CREATE: readCreate,
  DROP: readDrop,
};

function eachTable(cursor: Cursor, make: (table: QualifiedName | null) => Deed): SqlDeed[] {
  bracketed(cursor);
  while (acceptAny(cursor, 'FULL', 'FREEZE', 'VERBOSE', 'ANALYZE')) continue;
  const tables = splitAtCommas(cursor.piece, { from: cursor.at, to: cursor.to }).map((range) => qualifiedName(cursorOn(cursor.piece, range)));
  return put(cursor, ...(tables.length ? tables : [null]).map(make));
}

function readCluster(cursor: Cursor): SqlDeed[] {
  bracketed(cursor);
  accept(cursor, 'VERBOSE');
  const table = qualifiedName(cursor);
  return put(cursor, { kind: 'cluster', table, index: accept(cursor, 'USING') ? identifier(cursor) : null });
}

function readReindex(cursor: Cursor): SqlDeed[] | null {
  const options = bracketed(cursor);
  const target = acceptAny(cursor, 'INDEX', 'TABLE', 'SCHEMA', 'DATABASE', 'SYSTEM').toLowerCase() as Deed<'reindex'>['target'] | '';
  if (target === '') return null;
  const concurrently = accept(cursor, 'CONCURRENTLY') || (options !== null && findWord(cursor.piece, options, 'CONCURRENTLY') >= 0);
  return put(cursor, { kind: 'reindex', target, name: qualifiedName(cursor), concurrently });
}

function readRefresh(cursor: Cursor): SqlDeed[] | null {
  if (!accept(cursor, 'MATERIALIZED', 'VIEW')) return null;
  const concurrently = accept(cursor, 'CONCURRENTLY');
  const view = qualifiedName(cursor);
  return view && put(cursor, { kind: 'refresh-materialized-view', view, concurrently, ...(accept(cursor, 'WITH', 'NO', 'DATA') ? { withNoData: true } : {}) });
}

function readCopy(cursor: Cursor): SqlDeed[] | null {
  const query = bracketed(cursor);
  const reads = (tables: readonly QualifiedName[]) => put(cursor, { kind: 'read-rows', tables, check: false, text: beginning(cursor.piece) });
  if (query) return reads(tablesRead(cursor.piece, query));
  const table = qualifiedName(cursor);
  bracketed(cursor);
  if (!table) return null;
  return accept(cursor, 'FROM') ? put(cursor, { kind: 'load-rows', table }) : reads([table]);
}

function readCreate(cursor: Cursor): readonly SqlDeed[] | null {
  accept(cursor, 'OR', 'REPLACE');
  if (accept(cursor, 'TYPE')) {
    const type = qualifiedName(cursor);
    const values = type && accept(cursor, 'AS', 'ENUM') ? bracketed(cursor) : null;
    if (!type || !values) return other(cursor);
    return put(cursor, { kind: 'create-enum', type, values: splitAtCommas(cursor.piece, values).map((range) => stringValue(cursorOn(cursor.piece, range)) ?? '') });
  }
  if (accept(cursor, 'DOMAIN')) {
    const type = qualifiedName(cursor);
    accept(cursor, 'AS');
    const base = readType(cursor);
    const constrained = findWord(cursor.piece, { from: cursor.at, to: cursor.to }, 'CHECK', 'NOT') >= 0;
    return type && put(cursor, { kind: 'create-domain', type, base, constrained });
  }
  if (accept(cursor, 'POLICY')) return policy(cursor);
  if (accept(cursor, 'RULE')) return ruleOn(cursor, 'TO');
  if (accept(cursor, 'SCHEMA')) {
    // What it creates inside itself is not read here.
    const inner = findWord(cursor.piece, { from: cursor.at, to: cursor.to }, 'CREATE', 'GRANT');
    const ifNotExists = acceptIfNotExists(cursor);
    accept(cursor, 'AUTHORIZATION');
    const schema = identifier(cursor);
    if (schema === null) return null;
    const deed = placed({ kind: 'create-schema', schema, ifNotExists }, cursor.piece, guardNotExists(ifNotExists));
    return inner < 0 ? [deed] : [deed, ...put(cursor, { kind: 'opaque', reason: 'what it creates in the schema is not read here', text: beginning(cursor.piece) })];
  }
  return null;
}

function policy(cursor: Cursor): SqlDeed[] | null {
  const { piece } = cursor;
  const name = identifier(cursor);
  const table = accept(cursor, 'ON') ? qualifiedName(cursor) : null;
  const clause = (word: string) => {
    const at = findWord(piece, { from: cursor.at, to: cursor.to }, word);
    return at < 0 ? null : bracketed({ piece, at: at + 1, to: cursor.to });
  };
  const [using, check] = [clause('USING'), clause('CHECK')];
  if (name === null || !table) return null;
  return put(cursor, {
    kind: 'create-policy', table, name, using: using && expressionText(piece, using), check: check && expressionText(piece, check),
    reads: [using, check].flatMap((range) => (range ? tablesRead(piece, range) : [])),
  });
}

/** A rule changes how its table behaves, and has no kind of its own. */
function ruleOn(cursor: Cursor, before: string): SqlDeed[] | null {
  cursor.at = findWord(cursor.piece, { from: cursor.at, to: cursor.to }, before) + 1;
  const table = cursor.at > 0 ? qualifiedName(cursor) : null;
  return table && put(cursor, { kind: 'set-table-option', table, option: 'other', value: beginning(cursor.piece) });
}

function readAlter(cursor: Cursor): readonly SqlDeed[] | null {
  if (accept(cursor, 'TYPE')) return alterType(cursor);
  if (accept(cursor, 'INDEX')) {
    const index = qualifiedName(cursor);
    const partition = index && accept(cursor, 'ATTACH', 'PARTITION') ? qualifiedName(cursor) : null;
    return index && partition && put(cursor, { kind: 'attach-index-partition', index, partition });
  }
  if (accept(cursor, 'DOMAIN')) {
    const type = qualifiedName(cursor);
    const action = accept(cursor, 'ADD') ? 'add-constraint' : accept(cursor, 'SET', 'NOT') ? 'set-not-null' : accept(cursor, 'VALIDATE') ? 'validate' : 'other';
    return type && put(cursor, { kind: 'alter-domain', type, action, validated: findWord(cursor.piece, { from: cursor.at, to: cursor.to }, 'VALID') < 0 });
  }
  if (accept(cursor, 'TRIGGER')) {
    const name = identifier(cursor);
    const table = name !== null && accept(cursor, 'ON') ? qualifiedName(cursor) : null;
    const to = table && accept(cursor, 'RENAME', 'TO') ? identifier(cursor) : null;
    return name !== null && table && to !== null ? put(cursor, { kind: 'rename-trigger', table, name, to }) : other(cursor);
  }
  if (acceptAny(cursor, 'PUBLICATION', 'SUBSCRIPTION', 'AGGREGATE', 'COLLATION', 'CONVERSION', 'GROUP', 'LANGUAGE', 'LARGE', 'OPERATOR', 'RULE', 'STATISTICS', 'SYSTEM')) return other(cursor);
  return null;
}

function alterType(cursor: Cursor): SqlDeed[] | null {
  const type = qualifiedName(cursor);
  if (!type) return null;
  if (accept(cursor, 'RENAME', 'TO')) return put(cursor, { kind: 'rename-type', type, to: identifier(cursor) ?? '' });
  if (accept(cursor, 'RENAME', 'VALUE')) {
    const value = stringValue(cursor) ?? '';
    accept(cursor, 'TO');
    return put(cursor, { kind: 'rename-enum-value', type, value, to: stringValue(cursor) ?? '' });
  }
  if (!accept(cursor, 'ADD', 'VALUE')) return put(cursor, { kind: 'other', text: beginning(cursor.piece) });
  const ifNotExists = acceptIfNotExists(cursor);
  const value = stringValue(cursor) ?? '';
  const place = acceptAny(cursor, 'BEFORE', 'AFTER');
  const neighbor = place ? stringValue(cursor) : null;
  return [placed({ kind: 'add-enum-value', type, value, ifNotExists, before: place === 'BEFORE' ? neighbor : null, after: place === 'AFTER' ? neighbor : null }, cursor.piece, guardNotExists(ifNotExists))];
}

function readDrop(cursor: Cursor): SqlDeed[] | null {
  const kind = acceptAny(cursor, 'POLICY', 'RULE', 'INDEX');
  if (kind === 'INDEX') return dropIndexes(cursor);
  if (kind === '') return null;
  const guards = guardExists(acceptIfExists(cursor));
  const name = identifier(cursor);
  const table = name !== null && accept(cursor, 'ON') ? qualifiedName(cursor) : null;
  if (name === null || !table) return null;
  return [placed(kind === 'POLICY' ? { kind: 'drop-policy', table, name } : { kind: 'set-table-option', table, option: 'other', value: beginning(cursor.piece) }, cursor.piece, guards)];
}

function dropIndexes(cursor: Cursor): SqlDeed[] | null {
  const concurrently = accept(cursor, 'CONCURRENTLY');
  const ifExists = acceptIfExists(cursor);
  const cascade = peek({ ...cursor, at: cursor.to - 1 }) === 'CASCADE';
  const names = splitAtCommas(cursor.piece, { from: cursor.at, to: cursor.to }).map((range) => qualifiedName(cursorOn(cursor.piece, range)));
  if (atEnd(cursor) || names.some((name) => !name)) return null;
  return names.map((name) => placed({ kind: 'drop-index', table: null, name, columns: [], concurrently, ifExists, cascade, algorithm: null, lock: null }, cursor.piece, guardExists(ifExists)));
}
