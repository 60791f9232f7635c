import type { Check, Deed } from '../../../operations/index.ts';
import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import type { Value } from '../value.ts';
import { canBeName, given, isDynamic, isFalse, isOn, nameText, nameTexts, optionText, qualifiedName, type Options } from './arguments.ts';
import { checkOptions } from './known-options.ts';
import { guardedBy, type LoweringTable } from './lowering.ts';
import { checkName, exclusionName, uniqueName } from './names.ts';
import { checkSpelling } from './options.ts';
import { reportIrreversible } from './reversal.ts';
import { hasLibrary, onPostgres } from './version.ts';

/** Statements about check, unique and exclusion constraints. `add_unique_key` is the name a preview of 7.1 had. */
export const constraints: LoweringTable = {
  add_check_constraint: addCheck,
  remove_check_constraint: (call, host) => { dropConstraint(call, host, 'check'); },
  validate_check_constraint: (call, host) => { validate(call, host, 'check'); },
  validate_constraint: (call, host) => { validate(call, host, 'unknown'); },
  add_unique_constraint: addUnique,
  add_unique_key: addUnique,
  remove_unique_constraint: (call, host) => { dropConstraint(call, host, 'unique'); },
  remove_unique_key: (call, host) => { dropConstraint(call, host, 'unique'); },
  add_exclusion_constraint: addExclusion,
  remove_exclusion_constraint: (call, host) => { dropConstraint(call, host, 'exclusion'); },
};

function addCheck(call: StatementCall, host: StatementHost): void {
  const [table, expression] = call.args;
  if (!canBeName(table) || !isExpression(expression)) { host.opaque('the table or the condition of the check is not known'); return; }
  checkSpelling(call, checkOptions, host);
  const check = checkOf(table, expression, call, host);
  const twoSteps = hasLibrary(host, 'safe-pg-migrations') && onPostgres(host) && !call.options.has('validate') && !host.isSchemaFile;
  const deed: Deed<'add-check'> = { kind: 'add-check', table: qualifiedName(table), check: twoSteps ? { ...check, validated: false } : check, ifNotExists: isOn(call, 'if_not_exists') };
  host.emit(deed, undefined, guardedBy(call, 'if_not_exists'));
  if (twoSteps) host.emit({ kind: 'validate-constraint', table: qualifiedName(table), name: check.name, constraint: 'check', columns: [], references: null });
}

/** The check constraint of the options. `inTable`: inside `create_table`, where it is always validated; a dump of the schema writes there what the dumped database says. */
export function checkOf(table: Value, expression: Value, options: Options, host: StatementHost, inTable = false): Check {
  const name = given(options, 'name');
  const known = !isDynamic(table) && !isDynamic(expression);
  return {
    name: name ? nameText(name) : known ? checkName(nameText(table), nameText(expression)) : null,
    expression: nameText(expression),
    validated: (inTable && !host.isSchemaFile) || !onPostgres(host) || !isFalse(options, 'validate'),
  };
}

function addUnique(call: StatementCall, host: StatementHost): void {
  const [table, columns] = call.args;
  if (!canBeName(table)) { host.opaque('the table of the unique constraint is not known'); return; }
  reportIrreversible(call, host);
  const unique = uniqueOf(table, columns, call);
  host.emit({
    kind: 'add-unique',
    table: qualifiedName(table),
    name: unique.name,
    columns: unique.columns,
    usingIndex: optionText(call, 'using_index'),
    deferrable: Boolean(given(call, 'deferrable')) && !isFalse(call, 'deferrable'),
    nullsNotDistinct: isOn(call, 'nulls_not_distinct'),
  });
}

/** Name and columns of a unique constraint. */
export function uniqueOf(table: Value, columns: Value | undefined, options: Options): { name: string | null; columns: string[] } {
  const names = nameTexts(columns);
  const index = given(options, 'using_index');
  const name = given(options, 'name');
  const parts = names.length ? names : index ? [nameText(index)] : [];
  const known = !isDynamic(table) && parts.length > 0 && !parts.some((part) => part.includes('#{'));
  return { name: name ? nameText(name) : known ? uniqueName(nameText(table), parts) : null, columns: names };
}

function addExclusion(call: StatementCall, host: StatementHost): void {
  const [table, expression] = call.args;
  if (!canBeName(table) || !isExpression(expression)) { host.opaque('the table or the expression of the exclusion constraint is not known'); return; }
  const exclusion = exclusionOf(table, expression, call);
  host.emit({ kind: 'add-exclusion', table: qualifiedName(table), ...exclusion });
}

/** Name and text of an exclusion constraint, as SQL writes it behind EXCLUDE. */
export function exclusionOf(table: Value, expression: Value, options: Options): { name: string | null; expression: string } {
  const name = given(options, 'name');
  const using = optionText(options, 'using');
  const where = given(options, 'where');
  const text = nameText(expression);
  return {
    name: name ? nameText(name) : isDynamic(table) || isDynamic(expression) ? null : exclusionName(nameText(table), text),
    expression: `${using === null ? '' : `USING ${using} `}(${text})${where ? ` WHERE (${nameText(where)})` : ''}`,
  };
}

function dropConstraint(call: StatementCall, host: StatementHost, constraint: 'check' | 'unique' | 'exclusion'): void {
  const [table, subject] = call.args;
  if (!canBeName(table)) { host.opaque('the table of the constraint is not known'); return; }
  reportIrreversible(call, host);
  const columns = constraint === 'unique' ? nameTexts(subject ?? given(call, 'column')) : [];
  host.emit({
    kind: 'drop-constraint',
    table: qualifiedName(table),
    name: constraintName(table, subject, call, constraint),
    constraint,
    columns,
    references: null,
    ifExists: isOn(call, 'if_exists'),
    cascade: false,
  }, undefined, guardedBy(call, 'if_exists'));
}

function constraintName(table: Value, subject: Value | undefined, options: Options, constraint: 'check' | 'unique' | 'exclusion'): string | null {
  const name = given(options, 'name');
  if (name) return nameText(name);
  const expression = subject && subject.type !== 'nil' ? subject : given(options, 'expression');
  if (!expression || constraint === 'unique' || isDynamic(expression) || isDynamic(table)) return null;
  return constraint === 'check' ? checkName(nameText(table), nameText(expression)) : exclusionName(nameText(table), nameText(expression));
}

function validate(call: StatementCall, host: StatementHost, constraint: 'check' | 'unknown'): void {
  const [table, positional] = call.args;
  if (!canBeName(table)) { host.opaque('the table of the constraint is not known'); return; }
  const expression = given(call, 'expression');
  const named = given(call, 'name') ?? (canBeName(positional) ? positional : undefined);
  const name = named ? nameText(named) : expression && !isDynamic(expression) && !isDynamic(table) ? checkName(nameText(table), nameText(expression)) : null;
  host.emit({ kind: 'validate-constraint', table: qualifiedName(table), name, constraint, columns: [], references: null });
}

function isExpression(value: Value | undefined): value is Value {
  return value !== undefined && ['string', 'symbol', 'unknown', 'constant'].includes(value.type);
}
