import type { CallStmt, FuncCall, Node, SelectStmt } from 'libpg-query';
import type { Deed } from '../../../operations/index.ts';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning } from '../text/piece.ts';
import { functionsIn } from './expression.ts';
import { rowsStatement } from './rows.ts';
import type { Site } from './site.ts';
import { all, as, strings } from './tree.ts';

/** Functions of Postgres and of widely used extensions that change nothing a rule judges, or only the extension's own records. */
const harmless = new Set([
  'setval', 'nextval', 'currval', 'lastval', 'now', 'version', 'current_setting', 'current_timestamp', 'current_date', 'current_user', 'session_user', 'current_schema',
  'clock_timestamp', 'timeofday', 'to_regclass', 'to_regtype', 'format', 'concat', 'coalesce', 'count', 'max', 'min', 'sum', 'length', 'lower', 'upper', 'md5', 'random',
  'gen_random_uuid', 'uuid_generate_v4', 'txid_current', 'array_agg', 'string_agg', 'jsonb_build_object', 'json_build_object', 'to_char', 'to_timestamp', 'date_trunc',
  'create_hypertable', 'set_chunk_time_interval', 'add_retention_policy', 'add_compression_policy', 'add_continuous_aggregate_policy', 'remove_retention_policy',
  'remove_compression_policy', 'create_distributed_table', 'create_reference_table', 'schedule', 'unschedule', 'generate_series', 'unnest', 'quote_ident', 'quote_literal',
]);

/** Families of Postgres's own functions. */
const builtIn = /^(?:pg_|to_|json|jsonb_|array_|regexp_|string_|date_|make_|has_|current_|inet_|txid_|lo_|set_(?:bit|byte|masklen)$|(?:abs|ceil|ceiling|floor|round|trunc|mod|power|sqrt|substr|substring|replace|translate|split_part|left|right|lpad|rpad|btrim|ltrim|rtrim|concat_ws|encode|decode|digest|crypt|gen_salt|sha\d+|age|timezone|extract|date|cardinality|row_number|exists)$)/;

/** True for a function, named in lower case, that changes nothing a rule judges. */
export function harmlessFunction(name: string): boolean {
  return harmless.has(name) || builtIn.test(name);
}

/** `SELECT`: settings made by `set_config`, calls whose work is not in the text, tables read. */
export function select(node: SelectStmt, site: Site): SqlDeed[] {
  const deeds = rowsStatement({ SelectStmt: node }, site);
  if (node.intoClause) return deeds;
  const settings = settingsIn(node);
  if (settings.length) return [...deeds, ...settings.map((deed) => placed(deed, site.piece))];
  const unknown = node.fromClause?.length ? undefined : functionsIn(node).find((name) => !harmlessFunction(name) && !site.piece.memory.routines.has(name));
  if (unknown && deeds.length === 0) return [placed(callOf(unknown, site), site.piece)];
  return deeds.length ? deeds : [placed({ kind: 'other', text: beginning(site.piece) }, site.piece)];
}

/** `CALL`. */
export function call(node: CallStmt, site: Site): SqlDeed[] {
  const name = strings(node.funccall?.funcname).at(-1) ?? '';
  const deed: Deed = site.piece.memory.routines.has(name.toLowerCase()) ? { kind: 'other', text: beginning(site.piece) } : callOf(name, site);
  return [placed(deed, site.piece)];
}

function callOf(name: string, site: Site): Deed {
  return { kind: 'opaque', reason: `what "${name}" does is not read`, text: beginning(site.piece) };
}

function settingsIn(node: SelectStmt): Deed[] {
  return all(node.targetList, 'ResTarget').flatMap((target) => {
    const called: FuncCall | undefined = as(target.val, 'FuncCall');
    if (!called || strings(called.funcname).at(-1) !== 'set_config') return [];
    const [name, value, local] = (called.args ?? []).map(literal);
    return typeof name === 'string' ? [{ kind: 'set-setting' as const, name: name.toLowerCase(), value: typeof value === 'string' ? value : null, local: local === true }] : [];
  });
}

function literal(node: Node): string | boolean | null {
  const constant = as(node, 'A_Const');
  if (constant?.boolval) return constant.boolval.boolval ?? false;
  return constant?.sval ? (constant.sval.sval ?? '') : null;
}

