import type { ATAlterConstraint, AlterTableCmd, AlterTableStmt } from 'libpg-query';
import type { Deed, Guard, QualifiedName } from '../../../operations/index.ts';
import type { Span } from '../../../source/span.ts';
import { guardExists, guardNotExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning, keyword, plainName } from '../text/piece.ts';
import { findWord, splitAtCommas, type TokenRange } from '../text/range.ts';
import { alterColumn } from './alter-column.ts';
import { columnOf } from './column.ts';
import { addConstraint, optionsText } from './constraint.ts';
import { place, textOf, wholeRange, type Site } from './site.ts';
import { all, as, relationName, strings } from './tree.ts';

/** One action of an ALTER TABLE with its surroundings. */
export interface Action {
  readonly command: AlterTableCmd;
  readonly table: QualifiedName;
  /** The action's tokens. */
  readonly range: TokenRange;
  readonly at: Span;
}

/** `ALTER TABLE`, and the other statements with the same grammar (`ALTER INDEX`, `ALTER VIEW`, ...): one entry an action. */
export function alterTable(node: AlterTableStmt, site: Site): SqlDeed[] {
  const table = relationName(site, node.relation);
  const commands = all(node.cmds, 'AlterTableCmd');
  const ranges = actionRanges(site, node, commands.length);
  const guards = guardExists(node.missing_ok);
  return commands.flatMap((command, index) => {
    const range = ranges[index] ?? wholeRange(site);
    const action: Action = { command, table, range, at: place(site, range) };
    const deeds = node.objtype === 'OBJECT_INDEX' ? alterIndex(action, site) : node.objtype === 'OBJECT_TYPE' ? [other(action, site)] : alter(action, site);
    return guards.length ? deeds.map((deed) => ({ ...deed, guards: [...guards, ...deed.guards] })) : deeds;
  });
}

function actionRanges(site: Site, node: AlterTableStmt, count: number): TokenRange[] {
  const tokens = site.piece.tokens();
  const symbol = (at: number) => keyword(site.piece, tokens[at]);
  let at = site.token(node.relation?.location) + 1;
  while (symbol(at) === '.') at += 2;
  while (symbol(at) === '*' || symbol(at) === ')') at += 1;
  const ranges = splitAtCommas(site.piece, { from: at, to: tokens.length });
  return ranges.length === count ? ranges : count === 1 ? [{ from: at, to: tokens.length }] : [];
}

function alter(action: Action, site: Site): SqlDeed[] {
  const { command, table, range, at } = action;
  const name = plainName(site.piece, command.name ?? '');
  const put = (deed: Deed, guards: readonly Guard[] = []) => [placed(deed, at, guards)];
  const option = (option: Deed<'set-table-option'>['option'], value: string | null = null) => put({ kind: 'set-table-option', table, option, value });
  switch (command.subtype) {
    case 'AT_AddColumn': {
      const { column, moreChecks } = columnOf(site, as(command.def, 'ColumnDef') ?? {});
      const checks = moreChecks.map((check) => placed({ kind: 'add-check', table, check, ifNotExists: false }, at));
      return [...put({ kind: 'add-column', table, column, ifNotExists: command.missing_ok ?? false }, guardNotExists(command.missing_ok)), ...checks];
    }
    case 'AT_DropColumn':
      return put({ kind: 'drop-column', table, column: name, ifExists: command.missing_ok ?? false, cascade: isCascade(command) }, guardExists(command.missing_ok));
    case 'AT_AddConstraint':
      return addConstraint(site, table, as(command.def, 'Constraint') ?? {}, at, range);
    case 'AT_ValidateConstraint':
      return put({ kind: 'validate-constraint', table, name, constraint: 'unknown', columns: [], references: null });
    case 'AT_DropConstraint':
      return put({
        kind: 'drop-constraint', table, name, constraint: 'unknown', columns: [], references: null, ifExists: command.missing_ok ?? false, cascade: isCascade(command),
      }, guardExists(command.missing_ok));
    case 'AT_AlterConstraint':
      return put(alterConstraint(as(command.def, 'ATAlterConstraint') ?? {}, table, site));
    case 'AT_AttachPartition': {
      const partition = as(command.def, 'PartitionCmd');
      const word = findWord(site.piece, range, 'FOR', 'DEFAULT');
      const bounds = word < 0 ? null : textOf(site, { from: word, to: range.to });
      return put({ kind: 'attach-partition', table, partition: relationName(site, partition?.name), bounds });
    }
    case 'AT_DetachPartition':
    case 'AT_DetachPartitionFinalize': {
      const partition = as(command.def, 'PartitionCmd');
      return put({ kind: 'detach-partition', table, partition: relationName(site, partition?.name), concurrently: partition?.concurrent ?? false, ...(command.subtype === 'AT_DetachPartitionFinalize' ? { finalize: true } : {}) });
    }
    case 'AT_EnableTrig':
    case 'AT_EnableAlwaysTrig':
    case 'AT_EnableReplicaTrig':
    case 'AT_DisableTrig':
      return put({ kind: 'set-trigger-state', table, name, enabled: command.subtype !== 'AT_DisableTrig' });
    case 'AT_EnableTrigAll':
    case 'AT_DisableTrigAll':
      return put({ kind: 'set-trigger-state', table, name: 'all', enabled: command.subtype === 'AT_EnableTrigAll' });
    case 'AT_EnableTrigUser':
    case 'AT_DisableTrigUser':
      return put({ kind: 'set-trigger-state', table, name: 'user', enabled: command.subtype === 'AT_EnableTrigUser' });
    case 'AT_EnableRowSecurity':
    case 'AT_DisableRowSecurity':
      return put({ kind: 'set-row-security', table, enabled: command.subtype === 'AT_EnableRowSecurity', force: false });
    case 'AT_ForceRowSecurity':
    case 'AT_NoForceRowSecurity':
      return put({ kind: 'set-row-security', table, enabled: true, force: command.subtype === 'AT_ForceRowSecurity' });
    case 'AT_SetLogged':
      return option('logged');
    case 'AT_SetUnLogged':
      return option('unlogged');
    case 'AT_SetTableSpace':
      return option('tablespace', name);
    case 'AT_SetAccessMethod':
      return option('access-method', name || null);
    case 'AT_ChangeOwner':
      return option('owner', plainName(site.piece, command.newowner?.rolename ?? textOf(site, { from: range.to - 1, to: range.to })));
    case 'AT_ReplicaIdentity':
      return option('replica-identity', textOf(site, range).replace(/^replica\s+identity\s+/i, ''));
    case 'AT_AddInherit':
      return option('inherit', inheritedFrom(action, site));
    case 'AT_DropInherit':
      return option('no-inherit', inheritedFrom(action, site));
    case 'AT_ClusterOn':
    case 'AT_DropCluster':
      return option('cluster-on', name || null);
    case 'AT_SetRelOptions':
    case 'AT_ResetRelOptions':
    case 'AT_ReplaceRelOptions':
      return option('storage', optionsText(as(command.def, 'List')?.items));
    default:
      return alterColumn(action, site) ?? [other(action, site)];
  }
}

function alterConstraint(node: ATAlterConstraint, table: QualifiedName, site: Site): Deed {
  const deferral = !node.alterDeferrability ? null : node.initdeferred ? 'deferred' : node.deferrable ? 'immediate' : 'never';
  return { kind: 'alter-constraint', table, name: plainName(site.piece, node.conname ?? ''), ...(deferral ? { deferral } : {}) };
}

function alterIndex(action: Action, site: Site): SqlDeed[] {
  if (action.command.subtype === 'AT_SetTableSpace') return [placed({ kind: 'other', text: beginning(site.piece) }, action.at)];
  if (action.command.subtype !== 'AT_AttachPartition') return [placed({ kind: 'other', text: textOf(site, action.range) }, action.at)];
  const partition = relationName(site, as(action.command.def, 'PartitionCmd')?.name);
  return [placed({ kind: 'attach-index-partition', index: action.table, partition }, action.at)];
}

function other(action: Action, site: Site): SqlDeed {
  return placed({ kind: 'set-table-option', table: action.table, option: 'other', value: textOf(site, action.range) }, action.at);
}

function inheritedFrom(action: Action, site: Site): string {
  const parent = as(action.command.def, 'RangeVar');
  return parent ? relationName(site, parent).name : strings(as(action.command.def, 'List')?.items).join('.');
}

function isCascade(command: AlterTableCmd): boolean {
  return command.behavior === 'DROP_CASCADE';
}
