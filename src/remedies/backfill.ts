import type { OperationOf, QualifiedName } from '../operations/index.ts';
import { isMysql, printName } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { lastPart, maySelectByType } from './model.ts';
import { ownBatches } from './own-migration.ts';
import type { Remedy, RemedyStatement, RemedyStep } from './remedy.ts';
import { advise } from './remedy.ts';
import { readAssignments } from './sql/assignment.ts';
import { isKeyless } from './sql/batches.ts';
import { quoteName } from './sql/name.ts';
import { migrationStep } from './step.ts';

/** A migration that updates all rows in batches, outside a transaction. `where` selects the rows still to do, so it can be run again. */
export function backfillStep(table: QualifiedName, set: Readonly<Record<string, string>>, where: string, _c: RemedyContext, title = 'Update the rows in batches.'): RemedyStep {
  return migrationStep({
    words: `backfill ${Object.keys(set).join(' and ')} of ${table.name}`,
    title,
    transaction: false,
    up: [{ kind: 'backfill', table: printName(table), set, where }],
    down: [],
  });
}

/** The data change in a migration of its own, outside a transaction, a batch at a time. */
export function batchedBackfill(operation: OperationOf<'update-rows'> | OperationOf<'delete-rows'> | OperationOf<'insert-rows'>, c: RemedyContext): Remedy {
  const table = operation.table;
  const how = operation.language === 'ruby' ? ` with "in_batches" and "${operation.kind === 'delete-rows' ? 'delete_all' : 'update_all'}"` : '';
  const ruby = c.migration.language === 'ruby';
  const move = ruby ? 'Move it to a migration of its own outside a transaction, and' : '';
  const where = ruby ? '' : `, ${ownBatches(c)}`;
  const advice = sentence(`${move} change the rows of "${printName(table)}" a batch at a time${how}${where}.`);
  if (operation.kind === 'insert-rows') return advise(sentence(`${move} insert into "${printName(table)}" by ranges of the source's key, a batch at a time${where}.`));
  const verb = operation.kind === 'update-rows' ? 'backfill' : 'clean up';
  const words = `${verb} ${operation.kind === 'update-rows' ? `${operation.columns.slice(0, 3).join(' and ')} of ` : ''}${table.name}`;
  const statement = inBatches(operation, c);
  if (statement === null) return advise(advice);
  return { advice, steps: [migrationStep({ words, title: 'Change the rows in batches, outside a transaction.', transaction: false, up: [statement], down: [] })] };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
}

function inBatches(operation: OperationOf<'update-rows'> | OperationOf<'delete-rows'>, c: RemedyContext): RemedyStatement | null {
  const { table } = operation;
  const text = c.migration.source.text.slice(operation.at.start, operation.at.end);
  if (operation.language === 'ruby') {
    const call = /^([\s\S]*?)\s*\.(update_all|delete_all)\b([\s\S]*)$/.exec(text);
    if (call && operation.via.length === 0) return chained(call, table, c);
  }
  if (table.dynamic) return null;
  if (computed(operation.where ?? '')) return null;
  if (operation.kind === 'delete-rows') return plainDelete.test(text) ? { kind: 'batched-delete', table: printName(table), where: operation.where } : null;
  const set = readAssignments(text);
  if (set === null || Object.values(set).some(computed)) return null;
  const unset = remaining(set, c);
  // Without a key to walk along, a batch is what is left to do: a row that is done must not be found again.
  if (isKeyless(table, c)) return unset === null ? null : { kind: 'backfill', table: printName(table), set, where: operation.where === null ? unset : `(${operation.where}) AND (${unset})` };
  return { kind: 'backfill', table: printName(table), set, where: operation.where ?? unset ?? '' };
}

const plainDelete = /^\s*DELETE\s+FROM\s+(?:ONLY\s+)?[\w."`]+(?:\s+WHERE\b|\s*;?\s*$)/i;

/** True when SQL text has parts that are put in when it runs: interpolations, placeholders, binds. */
function computed(sql: string): boolean {
  return /#\{|%[{s]/.test(sql) || /\?|\$\d|(?<![:\w]):[a-z_]/i.test(sql.replace(/'(?:[^']|'')*'/g, "''"));
}

/** `User.where(...).update_all(...)` becomes `User.where(...).in_batches(of: 1_000).update_all(...)`, which Rails has since 5.0. */
function chained(call: RegExpExecArray, table: QualifiedName, c: RemedyContext): RemedyStatement | null {
  const [, receiver = '', method = '', rest = ''] = call;
  const constant = /^([A-Z]\w*(?:::[A-Z]\w*)*)/.exec(receiver)?.[1];
  if (constant === undefined || table.dynamic || !standsAlone(receiver.slice(constant.length)) || !standsAlone(rest)) return null;
  const name = lastPart(constant);
  if (maySelectByType(name, table, c)) return null;
  return { kind: 'source', text: `${name}${receiver.slice(constant.length)}.in_batches(of: 1_000).${method}${rest}`, models: { [name]: printName(table) } };
}

/** True when Ruby text means the same elsewhere: query methods of every model, literals and constants, but no variables, helpers, scopes or associations. */
function standsAlone(text: string): boolean {
  const unquoted = text.replace(/'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\#]|\\[\s\S]|#(?![{@$]))*"/g, "''");
  if (/[@$#`"|]|<<|%[wWiIqQ(]/.test(unquoted)) return false;
  const bare = unquoted.replace(/:\w+[?!]?|\b\w+[?!]?:(?!:)/g, '');
  const methods = [...bare.matchAll(/\.\s*(\w+[?!]?)/g)].map((match) => match[1] ?? '');
  if (!methods.every((method) => queries.has(method)) || [...bare.matchAll(/(?<!\w)[A-Z]\w*/g)].some(([constant]) => !/^(Time|Date|DateTime|SecureRandom)$/.test(constant))) return false;
  return [...bare.matchAll(/(?<![.\w])[a-z_]\w*/g)].every(([word]) => /^(nil|true|false)$/.test(word));
}

const queries = new Set(['where', 'not', 'or', 'unscoped', 'all', 'rewhere', 'now', 'current', 'utc', 'today', 'zone', 'to_s', 'freeze', 'uuid']);

/** Columns set to constants: the rows that do not have them yet. Null when a value depends on the row. */
function remaining(set: Readonly<Record<string, string>>, c: RemedyContext): string | null {
  const entries = Object.entries(set);
  if (!entries.every(([, value]) => /^('[^']*'|-?\d+(\.\d+)?|true|false)$/i.test(value))) return null;
  return entries.map(([column, value]) => (isMysql(c.engine) ? `NOT (${quoteName(column, c.engine)} <=> ${value})` : `${quoteName(column, c.engine)} IS DISTINCT FROM ${value}`)).join(' OR ');
}
