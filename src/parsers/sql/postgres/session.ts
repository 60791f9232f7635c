import type { ConstraintsSetStmt, LockStmt, Node, TransactionStmt, TruncateStmt, VariableSetStmt } from 'libpg-query';
import type { Deed } from '../../../operations/index.ts';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { plainName, written } from '../text/piece.ts';
import type { Site } from './site.ts';
import { all, as, relationName, strings } from './tree.ts';
import { unread } from './create-table.ts';

/** `BEGIN`, `COMMIT`, `ROLLBACK`, `SAVEPOINT` and their kin. */
export function transaction(node: TransactionStmt, site: Site): SqlDeed[] {
  const put = (...deeds: Deed[]) => deeds.map((deed) => placed(deed, site.piece));
  switch (node.kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START': {
      const isolation = all(node.options, 'DefElem').find(({ defname }) => defname === 'transaction_isolation');
      return put({ kind: 'begin', isolation: as(isolation?.arg, 'A_Const')?.sval?.sval ?? null });
    }
    case 'TRANS_STMT_COMMIT':
      return node.chain ? put({ kind: 'commit' }, { kind: 'begin', isolation: null }) : put({ kind: 'commit' });
    case 'TRANS_STMT_ROLLBACK':
      return node.chain ? put({ kind: 'rollback' }, { kind: 'begin', isolation: null }) : put({ kind: 'rollback' });
    case 'TRANS_STMT_SAVEPOINT':
      return put({ kind: 'savepoint', name: plainName(site.piece, node.savepoint_name ?? '') });
    case 'TRANS_STMT_RELEASE':
      return put({ kind: 'release-savepoint', name: plainName(site.piece, node.savepoint_name ?? '') });
    case 'TRANS_STMT_ROLLBACK_TO':
      return put({ kind: 'rollback-to-savepoint', name: plainName(site.piece, node.savepoint_name ?? '') });
    default:
      return unread(site, 'it takes part in a two-phase commit');
  }
}

/** `SET` and `RESET`. */
export function setVariable(node: VariableSetStmt, site: Site): SqlDeed[] {
  // SET TRANSACTION speaks of the transaction it stands in, too.
  const local = node.is_local === true || node.name === 'TRANSACTION';
  const put = (name: string, value: string | null) => placed({ kind: 'set-setting', name: plainName(site.piece, name).toLowerCase(), value, local }, site.piece);
  if (node.kind === 'VAR_RESET_ALL') return [put('all', null)];
  if (node.kind === 'VAR_SET_MULTI') {
    const options = all(node.args, 'DefElem').map(({ defname, arg }) => put(defname ?? '', arg ? valueOf(arg, site) : null));
    return options.length ? options : [put(node.name ?? '', null)];
  }
  if (node.kind !== 'VAR_SET_VALUE') return [put(node.name ?? '', null)];
  return [put(node.name ?? '', settingText(node, site))];
}

/** The value that a setting is given, its parts joined by commas. */
export function settingText(node: VariableSetStmt, site: Site): string {
  return (node.args ?? []).map((arg) => valueOf(arg, site)).join(', ');
}

function valueOf(node: Node, site: Site): string {
  const constant = as(node, 'A_Const') ?? as(as(node, 'TypeCast')?.arg, 'A_Const');
  if (constant?.ival) return String(constant.ival.ival ?? 0);
  if (constant?.fval) return constant.fval.fval ?? '';
  if (constant?.boolval) return String(constant.boolval.boolval ?? false);
  return plainName(site.piece, constant?.sval?.sval ?? '');
}

/** `SET CONSTRAINTS`: told as the setting `constraints`. */
export function setConstraints(node: ConstraintsSetStmt, site: Site): SqlDeed[] {
  const names = all(node.constraints, 'RangeVar').map((name) => name.relname ?? '');
  const value = `${names.length ? names.join(', ') : 'all'} ${node.deferred ? 'deferred' : 'immediate'}`;
  return [placed({ kind: 'set-setting', name: 'constraints', value, local: true }, site.piece)];
}

/** Postgres numbers its lock modes from the weakest. */
const modes = ['', 'ACCESS SHARE', 'ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'];

/** `LOCK TABLE`. */
export function lockTable(node: LockStmt, site: Site): SqlDeed[] {
  const tables = all(node.relations, 'RangeVar').map((relation) => relationName(site, relation));
  return [placed({ kind: 'lock-table', tables, mode: modes[node.mode ?? 8] ?? 'ACCESS EXCLUSIVE', nowait: node.nowait ?? false }, site.piece)];
}

/** `TRUNCATE`. */
export function truncate(node: TruncateStmt, site: Site): SqlDeed[] {
  const tables = all(node.relations, 'RangeVar').map((relation) => relationName(site, relation));
  return [placed({ kind: 'truncate', tables, cascade: node.behavior === 'DROP_CASCADE' }, site.piece)];
}

/** `GRANT` and `REVOKE` of any form. */
export function rights(isGrant: boolean | undefined, site: Site): SqlDeed[] {
  const text = written(site.piece, site.piece);
  return [placed(isGrant ? { kind: 'grant', text } : { kind: 'revoke', text }, site.piece)];
}

/** The words of a `DefElem` list's names, for options without values. */
export function optionNames(nodes: readonly Node[] | undefined): string[] {
  return all(nodes, 'DefElem').filter((option) => !isOff(option.arg)).map(({ defname }) => defname ?? '');
}

function isOff(arg: Node | undefined): boolean {
  const text = as(arg, 'String')?.sval ?? as(arg, 'Boolean')?.boolval ?? as(arg, 'Integer')?.ival ?? strings(arg ? [arg] : [])[0];
  return text === false || text === 'false' || text === 'off' || (arg !== undefined && 'Integer' in arg && text === undefined);
}
