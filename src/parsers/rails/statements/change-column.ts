import { noDefault, type ColumnDefinition, type Deed, type OperationKinds } from '../../../operations/index.ts';
import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import type { Value } from '../value.ts';
import { canBeName, given, isDynamic, nameText, optionText, qualifiedName, truth } from './arguments.ts';
import { columnDefinition } from './column-definition.ts';
import { defaultOf } from './default.ts';
import { checkColumnOptions } from './options.ts';
import { reportIrreversible } from './reversal.ts';
import { typeOf } from './types.ts';
import { asksFor, onMysql, onPostgres, runsOn } from './version.ts';

type Kept = NonNullable<OperationKinds['alter-column-type']['keeps']>[number];

/** `change_column`: a new type, and with `default:`, `null:` and `comment:` what they set, as one statement. */
export function changeColumn(call: StatementCall, host: StatementHost): void {
  const [table, column, type] = call.args;
  if (!canBeName(table) || !canBeName(column) || !canBeName(type)) { host.opaque('the table, the column or the type is not known'); return; }
  reportIrreversible(call, host);
  checkColumnOptions(call, host, false);
  const target = { table: qualifiedName(table), column: nameText(column) };
  const newType = typeOf(type, call, host);
  const restating = onMysql(host) ? restatement(target.column, type, call, host) : null;
  const using = onPostgres(host) ? usingOf(target.column, type, call, host) : null;
  const deed: Deed<'alter-column-type'> = {
    kind: 'alter-column-type', ...target, type: newType, collation: optionText(call, 'collation'), using,
    restated: restating?.restated ?? null,
    ...(restating ? { keeps: restating.keeps } : {}),
  };
  host.emit(deed);

  const newDefault = call.options.get('default');
  const nullable = call.options.get('null');
  if (newDefault && !(newDefault.value.type === 'nil' && isFalseNull(nullable?.value))) {
    host.emit({ kind: 'set-default', ...target, default: newDefault.value.type === 'nil' ? noDefault : defaultOf(newDefault.value, newType), from: null }, newDefault.at);
  } else if (newDefault && onPostgres(host) && asksFor(host, 5, 2)) {
    host.emit({ kind: 'set-default', ...target, default: noDefault, from: null }, newDefault.at);
  }
  if (nullable && nullable.value.type !== 'unknown') {
    if (truth(nullable.value)) host.emit({ kind: 'drop-not-null', ...target }, nullable.at);
    // Until 5.1 a default given along was also written into the rows that hold NULL.
    else if (nullable.value.type !== 'nil' || onPostgres(host)) host.emit({ kind: 'set-not-null', ...target, fill: onPostgres(host) && !asksFor(host, 5, 2) && newDefault && newDefault.value.type !== 'nil' ? defaultOf(newDefault.value, newType) : noDefault }, nullable.at);
  }
  const comment = call.options.get('comment');
  if (comment) host.emit({ kind: 'set-column-option', ...target, option: 'comment', value: comment.value.type === 'nil' ? null : nameText(comment.value) }, comment.at);
}

function isFalseNull(value: Value | undefined): boolean {
  return value?.type === 'boolean' && !value.value;
}

function usingOf(column: string, type: Value, call: StatementCall, host: StatementHost): string | null {
  const using = given(call, 'using');
  if (using) return isDynamic(using) && using.type !== 'string' ? '#{...}' : nameText(using);
  // The type is put into the statement as it is, so people write the clause behind it.
  const behind = type.type === 'string' ? /\bUSING\s+(.+)$/is.exec(type.text.text)?.[1] : undefined;
  if (behind) return behind.trim();
  const cast = given(call, 'cast_as');
  return cast ? `CAST(${column} AS ${typeOf(cast, call, host).name})` : null;
}

/**
 * On MySQL the whole column is written anew. Active Record reads the column first and repeats default and NULL always, the comment since 5.1, collation
 * and AUTO_INCREMENT since 7.0 (the collation not in migrations for 7.0 and older that run on 7.1 and newer), computed defaults since 7.2.
 * Null when nothing can be lost.
 */
function restatement(column: string, type: Value, call: StatementCall, host: StatementHost): { restated: ColumnDefinition; keeps: readonly Kept[] } | null {
  const keepsCollation = runsOn(host, 7, 1) ? asksFor(host, 7, 1) : runsOn(host, 7, 0);
  const keeps: Kept[] = ['not-null', runsOn(host, 7, 2) ? 'default' : 'constant-default'];
  if (runsOn(host, 5, 1)) keeps.push('comment');
  if (keepsCollation) keeps.push('collation');
  if (runsOn(host, 7, 0)) keeps.push('auto-increment');
  const restated = columnDefinition(column, type, call, host);
  const isText = /^(?:var)?char$|text$/.test(restated.type.name);
  const losesNothing = runsOn(host, 7, 2) && (keepsCollation || !isText) && !restated.position;
  return losesNothing ? null : { restated, keeps };
}
