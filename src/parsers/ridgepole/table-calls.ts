import type { StatementCall } from '../rails/call.ts';
import type { StatementHost } from '../rails/host.ts';
import { singularize } from '../rails/inflector.ts';
import { canBeName, hashOptions, isDynamic, nameText, truth, withTrailingHash } from '../rails/statements/arguments.ts';
import { isColumnMethod, typeOfMethod } from '../rails/statements/column-methods.ts';
import type { Value } from '../rails/value.ts';
import { array, boolean, symbol } from '../rails/values/make.ts';
import type { DefinedOptions, WrittenAt } from './defined.ts';
import { madeOption, referencedTable } from './parts.ts';
import type { Release } from './release.ts';

/** What the calls of a table's block define. */
export interface TableSink {
  readonly host: StatementHost;
  readonly release: Release;
  column(name: string, type: Value, options: DefinedOptions, written: WrittenAt, untypedReference: boolean): void;
  index(columns: Value, options: DefinedOptions, written: WrittenAt): void;
  foreignKey(to: Value, options: DefinedOptions, written: WrittenAt): void;
  constraint(kind: 'check' | 'unique' | 'exclusion', subject: Value, options: DefinedOptions, written: WrittenAt): void;
  unread(reason: string, call: StatementCall): void;
}

/** Reads one `t.` call inside `create_table`. */
export function tableCall(given: StatementCall, written: WrittenAt, sink: TableSink): void {
  const call = withTrailingHash(given);
  const [first, second] = call.args;
  if (!call.optionsComplete) sink.unread(`some arguments of "${call.verb}" are not known`, call);
  switch (call.name) {
    case 'column':
      if (!canBeName(first) || !canBeName(second) || isDynamic(first)) return sink.unread('the name or the type of the column is not known', call);
      return oneColumn(first, second, call, written, sink);
    case 'timestamps':
      for (const name of ['created_at', 'updated_at']) {
        const notNull = new Map([['null', madeOption(boolean(false, call.nameAt), call.nameAt)] as const, ...call.options]);
        oneColumn(symbol(name, call.nameAt), symbol('datetime', call.nameAt), { ...call, options: notNull }, written, sink);
      }
      return;
    case 'references':
    case 'belongs_to':
      for (const name of names(call)) reference(name, call, written, sink);
      return;
    case 'index':
      return first ? sink.index(first, call.options, written) : sink.unread('the columns of the index are not known', call);
    case 'foreign_key':
      return canBeName(first) ? sink.foreignKey(first, call.options, written) : sink.unread('it is not known which table the foreign key refers to', call);
    case 'check_constraint':
    case 'unique_constraint':
    case 'exclusion_constraint':
      return first ? sink.constraint(call.name.split('_')[0] as 'check', first, call.options, written) : sink.unread('the constraint is not known', call);
    default:
      if (!isColumnMethod(call.name)) return sink.unread(`"${call.verb}" is no method of Ridgepole's table definition that is known`, call);
      for (const name of names(call)) {
        if (isDynamic(name)) sink.unread('the name of the column is not known', call);
        else oneColumn(name, typeOfMethod(call), call, written, sink);
      }
  }
}

function names(call: StatementCall): readonly Value[] {
  return call.args.flatMap((arg) => (arg.type === 'array' ? arg.items : [arg])).filter(canBeName);
}

function oneColumn(name: Value, type: Value, call: Pick<StatementCall, 'options'>, written: WrittenAt, sink: TableSink): void {
  const index = sink.release.columnIndex ? call.options.get('index') : undefined;
  sink.column(nameText(name), type, without(call.options, 'index'), written, false);
  if (index && truth(index.value)) sink.index(array([name], name.at), hashOptions(index.value)?.options ?? new Map(), written);
}

/** `t.references`: which type, index and foreign key it makes depends on the release of Ridgepole and, up to 0.8, of Active Record. */
function reference(name: Value, call: StatementCall, written: WrittenAt, sink: TableSink): void {
  const { release, host } = sink;
  const text = nameText(name);
  const polymorphic = call.options.get('polymorphic');
  const isPolymorphic = polymorphic !== undefined && truth(polymorphic.value) !== false;
  const typed = hashOptions(polymorphic?.value)?.options ?? new Map();
  const options = without(call.options, 'polymorphic', 'index', 'type', ...(release.referencesForeignKey ? ['foreign_key'] : []));
  const bigint = release.railsReferences && (host.version[0] ?? 8) * 100 + (host.version[1] ?? 0) >= 501;
  const typeOptions = new Map([...typed, ...[...options].filter(([key]) => ['null', 'first', 'after'].includes(key))]);
  const id = symbol(`${text}_id`, name.at);
  const type = symbol(`${text}_type`, name.at);
  sink.column(`${text}_id`, call.options.get('type')?.value ?? symbol(bigint ? 'bigint' : 'integer', name.at), options, written, !call.options.has('type'));
  if (isPolymorphic) sink.column(`${text}_type`, symbol('string', name.at), release.railsReferences || typed.size > 0 ? typeOptions : options, written, false);
  const index = call.options.get('index');
  if (index ? truth(index.value) !== false : release.railsReferences) {
    const indexOptions = hashOptions(index?.value)?.options ?? new Map();
    if (release.railsReferences) sink.index(array(isPolymorphic ? [type, id] : [id], name.at), indexOptions, written);
    else for (const column of isPolymorphic ? [id, type] : [id]) sink.index(array([column], name.at), indexOptions, written);
  }
  const key = release.referencesForeignKey ? call.options.get('foreign_key') : undefined;
  if (!key || truth(key.value) === false) return;
  const keyOptions = hashOptions(key.value)?.options ?? new Map();
  const to = keyOptions.get('to_table')?.value ?? symbol(referencedTable(text, host, release.pluralReferences), name.at);
  // Only a plural reference says its column; with `to_table:` alone the key stands on the column that the other table's name gives.
  const column = singularize(text, host.environment.inflections) !== text ? new Map([['column', madeOption(id, name.at)] as const]) : new Map();
  sink.foreignKey(to, new Map([...column, ...without(keyOptions, 'to_table')]), written);
}

function without(options: DefinedOptions, ...leftOut: readonly string[]): DefinedOptions {
  return new Map([...options].filter(([name]) => !leftOut.includes(name)));
}
