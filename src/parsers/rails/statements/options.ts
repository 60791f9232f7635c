import { distance } from 'fastest-levenshtein';
import type { Span } from '../../../source/span.ts';
import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import { literalText } from '../value.ts';
import { given, isOn, type Options } from './arguments.ts';
import { columnAdvice, columnOptions, extensionOptions, foreignKeyAdvice, foreignKeyOptions, indexAdvice, indexOptions, referenceAdvice, tableAdvice, tableOptions, type Advice } from './known-options.ts';
import { asksFor, onMysql, onPostgres, runsBefore, runsOn } from './version.ts';

/** What Active Record does with an option it does not know. */
type Treatment = 'raises' | 'ignores';

/** Reports options of a column that Active Record drops or refuses. `inTable`: `t.` calls, where `index:` is real. */
export function checkColumnOptions(call: StatementCall, host: StatementHost, inTable: boolean): void {
  const known = inTable ? [...columnOptions, 'index'] : columnOptions;
  check(call, call, known, inTable ? columnAdvice.inTable : columnAdvice.elsewhere, asksFor(host, 7, 1) ? 'raises' : 'ignores', host);
}

/** Reports options of a reference that Active Record drops or refuses. */
export function checkReferenceOptions(call: StatementCall, host: StatementHost): void {
  check(call, call, [...columnOptions, 'index', 'foreign_key', 'polymorphic'], referenceAdvice, asksFor(host, 7, 1) ? 'raises' : 'ignores', host);
}

/** Reports options of `create_table` and `create_join_table` that Active Record drops or refuses. */
export function checkTableOptions(call: StatementCall, host: StatementHost): void {
  check(call, call, tableOptions, tableAdvice, asksFor(host, 7, 1) ? 'raises' : 'ignores', host);
  const keyless = call.options.get('id')?.value;
  if (keyless?.type === 'boolean' && !keyless.value && given(call, 'primary_key') && call.name === 'create_table') {
    report(call, 'primary_key', 'Rails ignores it next to "id: false", so the table gets no primary key.', '"id: ..." with the key\'s type', host);
  }
}

/** Reports options of an index that Active Record drops or refuses; `options` may be a hash inside the call. */
export function checkIndexOptions(call: StatementCall, options: Options, host: StatementHost): void {
  check(call, options, indexOptions, indexAdvice, 'raises', host);
  const reportIn = (option: string, effect: string, instead: string | null): void => { report(call, option, effect, instead, host, options); };
  const algorithm = given(options, 'algorithm');
  const named = literalText(algorithm);
  if (algorithm && named !== null) {
    const valid = onPostgres(host) ? ['concurrently'] : onMysql(host) ? ['default', 'copy', 'inplace', 'instant'] : [];
    if (valid.length && !valid.includes(named)) reportIn('algorithm', `Rails raises ArgumentError when the migration runs: "${named}" is no index algorithm of this engine.`, valid.map((name) => `:${name}`).join(', '));
    else if (valid.length && algorithm.type === 'string') reportIn('algorithm', 'Rails raises ArgumentError when the migration runs: the algorithm has to be a symbol.', `"algorithm: :${named}"`);
  }
  if (onMysql(host) && given(options, 'where')) reportIn('where', 'Rails ignores it on MySQL, which has no partial indexes: every row is indexed.', null);
  const columns = call.args[1];
  if (columns?.type === 'string' && /\W/.test(columns.text.text) && options === call) {
    for (const option of ['order', 'opclass', 'length']) {
      if (given(options, option)) reportIn(option, 'Rails ignores it when the columns are given as one text of SQL.', `it into the text, as in "${columns.text.text} DESC"`);
    }
  }
}

/** Reports options of `remove_index` that do nothing. */
export function checkIndexRemoval(call: StatementCall, host: StatementHost): void {
  if (onMysql(host) && given(call, 'algorithm') && !runsOn(host, 8, 2)) {
    report(call, 'algorithm', 'Rails ignores it here on MySQL before Active Record 8.2.', null, host);
  }
  if (runsBefore(host, 6, 1) && isOn(call, 'if_exists')) report(call, 'if_exists', 'Active Record before 6.1 does not know it.', '"if index_exists?(...)" behind the call', host);
}

/** Reports options of a foreign key that Active Record drops or refuses; `options` may be a hash inside the call. */
export function checkForeignKeyOptions(call: StatementCall, options: Options, host: StatementHost): void {
  check(call, options, foreignKeyOptions, foreignKeyAdvice, 'ignores', host);
  for (const action of ['on_delete', 'on_update']) {
    const value = given(options, action);
    const text = literalText(value);
    if (value && text !== null && !(value.type === 'symbol' && ['nullify', 'cascade', 'restrict'].includes(text))) {
      const close = text.toLowerCase().replace(/^set_null$|^set null$|^null$/, 'nullify');
      report(call, action, `Rails raises ArgumentError when the migration runs: it takes :nullify, :cascade or :restrict, not ${value.type === 'symbol' ? ':' : ''}${text}.`, ['nullify', 'cascade', 'restrict'].includes(close) ? `"${action}: :${close}"` : null, host, options);
    }
  }
  if (onMysql(host) && options.options.get('validate')?.value.type === 'boolean' && !isOn(options, 'validate')) {
    report(call, 'validate', 'MySQL checks the existing rows all the same.', null, host, options);
  }
}

/** Reports misspelt options of a call whose other options are free. */
export function checkSpelling(call: StatementCall, known: readonly string[], host: StatementHost): void {
  for (const [name] of unknownOptions(call, known, host)) {
    const close = closest(name, known);
    if (close) report(call, name, 'Rails ignores it.', `"${close}:"`, host);
  }
}

function check(call: StatementCall, options: Options, known: readonly string[], advice: Advice, treatment: Treatment, host: StatementHost): void {
  for (const [name] of unknownOptions(options, known, host)) {
    const close = closest(name, known);
    const told = Object.hasOwn(advice, name) ? advice[name] : undefined;
    const effect = treatment === 'raises' ? `Rails raises ArgumentError when the migration runs: "${name}" is no option of "${call.verb}".` : `Rails ignores it${told ? `: ${told.missing}` : ''}.`;
    const mild = treatment === 'ignores' && (told ? told.mild === true || asksForNothing(name, options) : close === null);
    report(call, name, effect, told?.instead ?? (close ? `"${close}:"` : null), host, options, mild);
  }
}

/** `nullable: true` asks for what holds anyway. */
function asksForNothing(name: string, options: Options): boolean {
  const value = options.options.get(name)?.value;
  return columnAdvice.elsewhere[name]?.instead === '"null:"' && value?.type === 'boolean' && value.value === (name !== 'not_null');
}

function unknownOptions(options: Options, known: readonly string[], host: StatementHost): [string, { readonly at: Span }][] {
  if (!options.optionsComplete || host.isSchemaFile) return [];
  return [...options.options].filter(([name]) => !known.includes(name) && !extensionOptions.has(name) && !name.startsWith('_'));
}

function report(call: StatementCall, option: string, effect: string, instead: string | null, host: StatementHost, options: Options = call, mild = false): void {
  if (host.isSchemaFile || !options.optionsComplete) return;
  host.problem({ kind: 'ignored-option', call: call.verb, option, effect, instead, ...(mild ? { mild } : {}), at: options.options.get(option)?.at ?? call.at, statement: call.at });
}

/** The known name that the given one is a slip of, or null. */
function closest(name: string, known: readonly string[]): string | null {
  const reach = name.length <= 4 ? 1 : 2;
  let best: string | null = null;
  let least = reach + 1;
  for (const candidate of known) {
    const away = Math.abs(candidate.length - name.length) < least ? distance(name, candidate) : least;
    if (away < least) {
      best = candidate;
      least = away;
    }
  }
  return best;
}
