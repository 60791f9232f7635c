import { joinEmbedded, type Embedded } from '../../../source/embedded.ts';
import type { Value } from '../value.ts';
import { nil, string, unknown } from '../values/make.ts';
import { relationOf, roleIs, special } from '../values/special.ts';
import { hole, slice } from '../values/text.ts';
import { emitOpaque, report } from './emit.ts';
import { optionsOf, textOf, unknownOf, verbOf, type Invocation } from './invocation.ts';
import { runSql } from './sql-text.ts';

/** Methods of a connection (or of a migration) that run SQL and whose names mean nothing else. */
const sqlMethods = new Set(`
  execute exec_query exec_update exec_delete exec_insert exec_insert_all select_all select_one select_value select_values select_rows query_value query_values execute_batch execute_and_free raw_execute internal_exec_query internal_execute
  update_sql insert_sql delete_sql async_exec exec_params query_single query_hash execute_many safe_execute unsafe_execute select_hash
`.trim().split(/\s+/));

/** The same, with names that other objects use too: they count when the first argument is text. */
const ambiguousSqlMethods = new Set(['query', 'exec', 'update', 'insert', 'delete', 'select', 'build', 'create', 'query_array', 'query_each', 'each_row', 'sync_exec', 'query_each_hash']);

/** True when the call runs SQL; `sure` when the receiver is known to be a connection. */
export function isSqlCall(inv: Invocation, sure: boolean): boolean {
  if (sqlMethods.has(inv.name)) return inv.args.length > 0;
  if (!sure || !ambiguousSqlMethods.has(inv.name)) return false;
  const first = inv.args[0];
  return first?.type === 'string' || first?.type === 'unknown';
}

/** Runs a call that takes SQL as its first argument. */
export function sqlCall(inv: Invocation): Value {
  const { machine } = inv;
  if (machine.context.reversing && !machine.context.inverted && !/^(select|query)/.test(inv.name)) {
    report(machine, {
      kind: 'irreversible',
      call: verbOf(inv),
      message: inv.receiver === null || roleIs(inv.receiver, 'migration')
        ? `Rails cannot reverse "${verbOf(inv)}" in "change".`
        : `"${verbOf(inv)}" in "change" runs again when the migration is rolled back.`,
      instead: 'reversible',
      at: { start: inv.nameAt.start, end: inv.nameAt.end },
    });
  }
  const reads = statementsOf(inv, inv.args[0]).flatMap((text) => runSql(machine, text, inv.node, verbOf(inv)));
  return special({ kind: 'result', reads, relation: null, columns: true }, textOf(inv), inv.node, inv.node);
}

/** The texts a value holds; what holds none is said to be opaque. */
function statementsOf(inv: Invocation, value: Value | undefined): Embedded[] {
  if (!value || value.type === 'nil') return [];
  if (value.type === 'string') return [withBinds(inv, value.text)];
  if (value.type === 'symbol') return [];
  if (value.type === 'array') {
    const [first] = value.items;
    if (first?.type === 'string' && value.items.length > 1 && /[?]|:\w/.test(first.text.text) && inv.name !== 'execute_batch') return [maskBinds(first.text, first.at)];
    return value.items.flatMap((item) => statementsOf(inv, item));
  }
  const { machine } = inv;
  const reason = roleIs(value, 'file') ? 'the SQL is read from a file' : relationOf(value) ? 'the SQL is made by Active Record' : 'the SQL is computed while the migration runs';
  emitOpaque(machine, reason, textOf(inv), { at: inv.node, verb: verbOf(inv) });
  return [];
}

/** Named and positional parameters of `DB.exec(sql, name: value)` are not known. */
function withBinds(inv: Invocation, text: Embedded): Embedded {
  const takesBinds = inv.receiver?.type === 'constant' && inv.args.length > 1;
  return takesBinds ? maskBinds(text, inv.node, new Set(optionsOf(inv).keys())) : text;
}

/** Replaces `?` and `:name` outside of quotes by holes. */
function maskBinds(text: Embedded, at: { start: number; end: number }, names: ReadonlySet<string> | null = null): Embedded {
  const pieces: Embedded[] = [];
  let from = 0;
  for (const match of text.text.matchAll(/'(?:[^']|'')*'|"[^"]*"|--[^\n]*|#\{[^}]*\}|(?<![:\w]):([a-zA-Z_]\w*)|\?/g)) {
    const isBind = match[0] === '?' ? names === null || names.size === 0 : match[1] !== undefined && (names === null || names.size === 0 || names.has(match[1]));
    if (!isBind) continue;
    pieces.push(slice(text, from, match.index), hole(match[1] ?? '?', slice(text, match.index, match.index + match[0].length).segments[0]?.outer ?? at));
    from = match.index + match[0].length;
  }
  if (pieces.length === 0) return text;
  pieces.push(slice(text, from, text.text.length));
  return joinEmbedded(pieces);
}

/** `quote`, `quote_table_name`, `sanitize_sql`: the text they give, as far as it is known. */
export function quoteCall(inv: Invocation): Value | undefined {
  const [value] = inv.args;
  const mysql = inv.machine.environment.engine.name === 'mysql' || inv.machine.environment.engine.name === 'mariadb';
  switch (inv.name) {
    case 'quote_table_name':
    case 'quote_column_name':
    case 'quote_local_table_name':
    case 'quote_table_name_for_assignment': {
      const text = value?.type === 'string' ? value.text : value?.type === 'symbol' && !value.partial ? { text: value.name, segments: [{ at: 0, length: value.name.length, outer: value.at, exact: false }] } : null;
      if (!text || (value?.type === 'string' && value.partial)) return text ? string(text, inv.node, true) : unknownOf(inv);
      const mark = mysql ? '`' : '"';
      const quoted = text.text.replaceAll(mark, '').split('.').map((part) => `${mark}${part}${mark}`).join('.');
      return string({ text: quoted, segments: [{ at: 0, length: quoted.length, outer: inv.node, exact: false }] }, inv.node);
    }
    case 'quote':
    case 'quote_string':
      return quoted(inv, value);
    case 'quoted_true':
    case 'quoted_false': {
      const text = inv.name === 'quoted_true' ? (mysql ? '1' : 'TRUE') : mysql ? '0' : 'FALSE';
      return string({ text, segments: [{ at: 0, length: text.length, outer: inv.node, exact: false }] }, inv.node);
    }
    case 'sanitize_sql':
    case 'sanitize_sql_array':
    case 'sanitize_sql_for_conditions':
    case 'sanitize_sql_for_assignment': {
      const first = value?.type === 'array' ? value.items[0] : value;
      if (first?.type !== 'string') return unknownOf(inv);
      return value?.type === 'array' ? string(maskBinds(first.text, first.at), first.at, true) : first;
    }
    default:
      return undefined;
  }
}

function quoted(inv: Invocation, value: Value | undefined): Value {
  if (!value) return unknownOf(inv);
  if (value.type === 'nil') return inv.name === 'quote' ? string({ text: 'NULL', segments: [{ at: 0, length: 4, outer: inv.node, exact: false }] }, inv.node) : nil(inv.node);
  if (value.type === 'number') return value;
  const text = value.type === 'string' && !value.partial ? value.text.text : value.type === 'symbol' && !value.partial ? value.name : null;
  if (text === null) return unknown(textOf(inv), inv.node, inv.node);
  const escaped = text.replaceAll("'", "''");
  const whole = inv.name === 'quote' ? `'${escaped}'` : escaped;
  return string({ text: whole, segments: [{ at: 0, length: whole.length, outer: inv.node, exact: false }] }, inv.node);
}
