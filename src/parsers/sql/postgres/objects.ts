import type {
  AlterPolicyStmt, AlterSeqStmt, CommentStmt, CreateExtensionStmt, CreateFunctionStmt, CreatePolicyStmt, CreateSchemaStmt, CreateSeqStmt, CreateTrigStmt, RefreshMatViewStmt, RuleStmt,
  VacuumStmt, ViewStmt,
} from 'libpg-query';
import type { Deed } from '../../../operations/index.ts';
import { guardExists, guardNotExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning, keyword, plainName } from '../text/piece.ts';
import { findWord } from '../text/range.ts';
import { tablesIn } from './expression.ts';
import { rememberRoutine } from './routines.ts';
import { optionNames, settingText } from './session.ts';
import { insideBrackets, textOf, wholeRange, type Site } from './site.ts';
import { all, as, names, partsName, relationName, strings } from './tree.ts';

/** `CREATE VIEW`. */
export function createView(node: ViewStmt, site: Site): SqlDeed[] {
  const whole = wholeRange(site);
  const word = findWord(site.piece, whole, 'AS');
  const query = word < 0 ? null : textOf(site, { from: word + 1, to: whole.to });
  return [placed({
    kind: 'create-view', view: relationName(site, node.view), materialized: false, replace: node.replace ?? false, ...(node.aliases ? { columns: strings(node.aliases) } : {}), query, reads: tablesIn(site, node.query),
  }, site.piece)];
}

/** `REFRESH MATERIALIZED VIEW`. */
export function refreshView(node: RefreshMatViewStmt, site: Site): SqlDeed[] {
  return [placed({ kind: 'refresh-materialized-view', view: relationName(site, node.relation), concurrently: node.concurrent ?? false, ...(node.skipData ? { withNoData: true } : {}) }, site.piece)];
}

/** `CREATE FUNCTION` and `CREATE PROCEDURE`. The body does not run, so nothing in it is told; it is kept for statements that call it. */
export function createFunction(node: CreateFunctionStmt, site: Site): SqlDeed[] {
  const option = (name: string) => as(all(node.options, 'DefElem').find(({ defname }) => defname === name)?.arg, 'String')?.sval;
  const volatility = option('volatility');
  rememberRoutine(node, site.piece);
  return [placed({
    kind: 'create-function', function: partsName(site, strings(node.funcname)), replace: node.replace ?? false,
    volatility: volatility === 'immutable' || volatility === 'stable' ? volatility : 'volatile',
    language: option('language')?.toLowerCase() ?? (node.sql_body ? 'sql' : null),
    ...definerOf(node, site),
  }, site.piece)];
}

/** What SECURITY DEFINER and `SET search_path` say. */
function definerOf(node: CreateFunctionStmt, site: Site): Pick<Deed<'create-function'>, 'definer'> {
  const options = all(node.options, 'DefElem');
  if (!options.some(({ defname, arg }) => defname === 'security' && as(arg, 'Boolean')?.boolval)) return {};
  const settings = options.flatMap(({ defname, arg }) => (defname === 'set' ? (as(arg, 'VariableSetStmt') ?? []) : []));
  const path = settings.find(({ name }) => name?.toLowerCase() === 'search_path');
  return { definer: { searchPath: path ? settingText(path, site) : null } };
}

/** The bits by which the grammar tells the events of a trigger. */
const events = [[4, 'insert'], [16, 'update'], [8, 'delete'], [32, 'truncate']] as const;

const timings = new Map([[2, 'before'], [64, 'instead of']] as const);

/** `CREATE TRIGGER`. */
export function createTrigger(node: CreateTrigStmt, site: Site): SqlDeed[] {
  return [placed({
    kind: 'create-trigger', table: relationName(site, node.relation), name: plainName(site.piece, node.trigname ?? ''),
    function: node.funcname ? partsName(site, strings(node.funcname)) : null,
    events: events.filter(([bit]) => ((node.events ?? 0) & bit) !== 0).map(([, event]) => event),
    timing: timings.get((node.timing ?? 0) as 2 | 64) ?? 'after', forEach: node.row ? 'row' : 'statement',
    ...(node.columns?.length ? { columns: names(site, node.columns) } : {}),
    ...(node.isconstraint && node.deferrable ? { deferral: node.initdeferred ? 'deferred' as const : 'immediate' as const } : {}),
    ...(node.whenClause ? { when: clauseText(site, 'WHEN') ?? '' } : {}),
  }, site.piece)];
}

/** `CREATE SEQUENCE`. */
export function createSequence(node: CreateSeqStmt, site: Site): SqlDeed[] {
  return [placed({ kind: 'create-sequence', sequence: relationName(site, node.sequence) }, site.piece, guardNotExists(node.if_not_exists))];
}

/** `ALTER SEQUENCE`. */
export function alterSequence(node: AlterSeqStmt, site: Site): SqlDeed[] {
  return [placed({ kind: 'alter-sequence', sequence: relationName(site, node.sequence) }, site.piece, guardExists(node.missing_ok))];
}

/** `CREATE SCHEMA`; what is created inside it is lowered by the caller. */
export function createSchema(node: CreateSchemaStmt, site: Site): SqlDeed {
  const schema = plainName(site.piece, node.schemaname ?? node.authrole?.rolename ?? '');
  return placed({ kind: 'create-schema', schema, ifNotExists: node.if_not_exists ?? false }, site.piece, guardNotExists(node.if_not_exists));
}

/** `CREATE EXTENSION`. */
export function createExtension(node: CreateExtensionStmt, site: Site): SqlDeed[] {
  const deed: Deed = { kind: 'create-extension', extension: plainName(site.piece, node.extname ?? ''), ifNotExists: node.if_not_exists ?? false };
  return [placed(deed, site.piece, guardNotExists(node.if_not_exists))];
}

/** `CREATE POLICY`. */
export function createPolicy(node: CreatePolicyStmt, site: Site): SqlDeed[] {
  return [placed({ kind: 'create-policy', ...policyOf(node, site) }, site.piece)];
}

/** `ALTER POLICY`, but for its renaming. */
export function alterPolicy(node: AlterPolicyStmt, site: Site): SqlDeed[] {
  return [placed({ kind: 'alter-policy', ...policyOf(node, site), to: null }, site.piece)];
}

function policyOf(node: CreatePolicyStmt | AlterPolicyStmt, site: Site): Pick<Deed<'create-policy'>, 'table' | 'name' | 'using' | 'check' | 'reads'> {
  return {
    table: relationName(site, node.table), name: plainName(site.piece, node.policy_name ?? ''),
    using: node.qual ? clauseText(site, 'USING') : null, check: node.with_check ? clauseText(site, 'CHECK') : null, reads: tablesIn(site, [node.qual, node.with_check]),
  };
}

/** What stands in the brackets after a word of the statement. */
function clauseText(site: Site, word: string): string | null {
  const whole = wholeRange(site);
  const at = findWord(site.piece, whole, word);
  return at < 0 ? null : textOf(site, insideBrackets(site, { from: at, to: whole.to }));
}

/** `CREATE RULE`: changes how its table behaves, and has no kind of its own. */
export function createRule(node: RuleStmt, site: Site): SqlDeed[] {
  return [placed({ kind: 'set-table-option', table: relationName(site, node.relation), option: 'other', value: beginning(site.piece) }, site.piece)];
}

/** `COMMENT ON`. */
export function comment(node: CommentStmt, site: Site): SqlDeed[] {
  const parts = strings(as(node.object, 'List')?.items);
  // The tree leaves an empty text out, as it does with NULL.
  const removed = keyword(site.piece, site.piece.tokens().at(-1)) === 'NULL';
  const value = removed ? null : plainName(site.piece, node.comment ?? '');
  if (node.objtype === 'OBJECT_TABLE') return [placed({ kind: 'set-table-option', table: partsName(site, parts), option: 'comment', value }, site.piece)];
  if (node.objtype === 'OBJECT_COLUMN') {
    const column = plainName(site.piece, parts.at(-1) ?? '');
    return [placed({ kind: 'set-column-option', table: partsName(site, parts.slice(0, -1)), column, option: 'comment', value }, site.piece)];
  }
  return [placed({ kind: 'other', text: beginning(site.piece) }, site.piece)];
}

/** `VACUUM` and `ANALYZE`: one entry a table. */
export function vacuum(node: VacuumStmt, site: Site): SqlDeed[] {
  const relations = all(node.rels, 'VacuumRelation').map(({ relation }) => relationName(site, relation));
  const full = optionNames(node.options).includes('full');
  const deed = (table: Deed<'vacuum'>['table']): Deed => (node.is_vacuumcmd ? { kind: 'vacuum', table, full } : { kind: 'analyze', table });
  return (relations.length ? relations : [null]).map((table) => placed(deed(table), site.piece));
}
