import type { Option, StatementCall } from '../call.ts';
import type { Value } from '../value.ts';
import { boolean } from '../values/make.ts';

/** Calls that undo each other when they keep their arguments. */
const opposites = new Map<string, string>();
for (const [forth, back] of [
  ['create_table', 'drop_table'], ['create_join_table', 'drop_join_table'], ['add_column', 'remove_column'], ['add_columns', 'remove_columns'], ['add_timestamps', 'remove_timestamps'],
  ['add_reference', 'remove_reference'], ['add_belongs_to', 'remove_belongs_to'], ['add_index', 'remove_index'], ['add_foreign_key', 'remove_foreign_key'],
  ['add_check_constraint', 'remove_check_constraint'], ['add_exclusion_constraint', 'remove_exclusion_constraint'], ['add_unique_constraint', 'remove_unique_constraint'],
  ['enable_extension', 'disable_extension'], ['create_enum', 'drop_enum'], ['create_schema', 'drop_schema'], ['create_view', 'drop_view'], ['create_function', 'drop_function'], ['create_trigger', 'drop_trigger'],
] as const) {
  opposites.set(forth, back);
  opposites.set(back, forth);
}

/** The call that undoes another one, as Rails' command recorder finds it; null when it finds none. */
export function invertCall(call: StatementCall): StatementCall | null {
  switch (call.name) {
    case 'rename_table':
    case 'rename_enum':
    case 'rename_schema':
      return call.args.length >= 2 ? { ...call, args: swap(call.args, 0, 1) } : null;
    case 'rename_column':
    case 'rename_index':
      return call.args.length >= 3 ? { ...call, args: swap(call.args, 1, 2) } : null;
    case 'change_column_null':
      return invertNull(call);
    case 'change_column_default':
    case 'change_column_comment':
    case 'change_table_comment':
      return invertFromTo(call);
    case 'validate_foreign_key':
    case 'validate_check_constraint':
      return null;
    default: {
      const name = opposites.get(call.name);
      return name && isComplete(call) ? { ...call, name, options: withoutGuards(call.options) } : null;
    }
  }
}

/** What the opposite call needs must have been written. */
function isComplete(call: StatementCall): boolean {
  switch (call.name) {
    case 'drop_table':
    case 'drop_join_table':
      return call.block !== null || call.options.size > 0;
    case 'remove_column':
      return call.args.length >= 3;
    case 'remove_columns':
      return call.options.has('type');
    case 'remove_index':
      return call.args.length >= 2 || call.options.has('column');
    case 'remove_foreign_key':
      return call.args.length >= 2 || call.options.has('to_table');
    case 'remove_check_constraint':
      return call.args.length >= 2;
    default:
      return true;
  }
}

function invertNull(call: StatementCall): StatementCall | null {
  const allows = call.args[2];
  if (allows?.type !== 'boolean') return null;
  return { ...call, args: [...call.args.slice(0, 2), boolean(!allows.value, allows.at)] };
}

function invertFromTo(call: StatementCall): StatementCall | null {
  const from = call.options.get('from');
  const to = call.options.get('to');
  if (!from || !to) return null;
  return { ...call, options: new Map<string, Option>([...call.options, ['from', { ...from, value: to.value }], ['to', { ...to, value: from.value }]]) };
}

/** `if_exists` and `if_not_exists` say the contrary for the opposite call. */
function withoutGuards(options: ReadonlyMap<string, Option>): ReadonlyMap<string, Option> {
  const kept = new Map(options);
  const ifExists = kept.get('if_exists');
  const ifNotExists = kept.get('if_not_exists');
  kept.delete('if_exists');
  kept.delete('if_not_exists');
  if (ifExists) kept.set('if_not_exists', ifExists);
  if (ifNotExists) kept.set('if_exists', ifNotExists);
  return kept;
}

function swap(args: readonly Value[], a: number, b: number): readonly Value[] {
  const swapped = [...args];
  const [first, second] = [args[a], args[b]];
  if (first && second) {
    swapped[a] = second;
    swapped[b] = first;
  }
  return swapped;
}
