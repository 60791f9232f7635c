import { canonicalType } from '../../engines/type-name.ts';
import type { ColumnDefinition, ColumnType, Operation, OperationOf, QualifiedName } from '../../operations/index.ts';
import { printName, sameName, sameType } from '../../operations/index.ts';
import { mentions } from '../../schema/expression.ts';
import type { StepContext } from '../rule.ts';
import { mayHoldRows } from './existing-rows.ts';
import { now } from './history.ts';
import { everyModelIgnores } from './models-of.ts';
import { likeness } from './similar-names.ts';

/** A column that is dropped where a column is added that looks like the same one: what it holds is not carried over. */
export interface LostRename {
  readonly drop: OperationOf<'drop-column'>;
  readonly add: OperationOf<'add-column'>;
  /** `recreated`: under its own name; `renamed`: alike in name and type; `perhaps`: alike in one of the two. */
  readonly kind: 'recreated' | 'renamed' | 'perhaps';
  readonly sameType: boolean;
}

const found = new WeakMap<readonly Operation[], Map<string, readonly LostRename[]>>();

/** A migration that drops and adds more columns of one table than this is generated, and comparing all of them is slow. */
const most = 100;

/** The lost rename that a dropped column is, or null. What there is of the table is decided at its first dropped column. */
export function lostRename(drop: OperationOf<'drop-column'>, context: StepContext): LostRename | null {
  const operations = context.lasting;
  const tables = found.get(operations) ?? new Map<string, readonly LostRename[]>();
  found.set(operations, tables);
  const key = printName(drop.table);
  const renames = tables.get(key) ?? renamesOf(drop.table, context);
  tables.set(key, renames);
  return renames.find((rename) => rename.drop === drop) ?? null;
}

/** Each dropped column with the added one that is most like it; one that is as much like another is only perhaps the same. */
function renamesOf(table: QualifiedName, context: StepContext): readonly LostRename[] {
  const operations = context.lasting;
  const drops = operations.filter((one): one is OperationOf<'drop-column'> => one.kind === 'drop-column' && sameName(one.table, table) && holdsValues(one, context)).slice(0, most);
  const adds = operations.filter((one): one is OperationOf<'add-column'> => one.kind === 'add-column' && sameName(one.table, table) && !one.column.generated).slice(0, most);
  const alone = drops.length === 1 && adds.length === 1;
  const all = drops.flatMap((drop) => adds.flatMap((add) => compare(drop, add, alone, context) ?? []));
  const rank = { recreated: 2, renamed: 1, perhaps: 0 } as const;
  const taken = new Set<Operation>();
  return [...all].sort((a, b) => rank[b.kind] - rank[a.kind]).flatMap((rename): LostRename[] => {
    if (taken.has(rename.drop) || taken.has(rename.add)) return [];
    taken.add(rename.drop).add(rename.add);
    const rivals = all.filter((other) => other !== rename && other.kind === rename.kind && (other.drop === rename.drop || other.add === rename.add));
    return [rename.kind === 'renamed' && rivals.length > 0 ? { ...rename, kind: 'perhaps' } : rename];
  });
}

/** False for columns of the change set, computed ones, and tables without rows. */
function holdsValues({ column }: OperationOf<'drop-column'>, context: StepContext): boolean {
  const { table, onNewTable } = context;
  return !onNewTable && !table?.isNew && !table?.newColumns.has(column) && !table?.columns.get(column)?.generated && mayHoldRows(context, now(context));
}

function compare(drop: OperationOf<'drop-column'>, add: OperationOf<'add-column'>, alone: boolean, context: StepContext): LostRename | null {
  const { column } = add;
  const operations = context.lasting;
  const old = context.table?.columns.get(drop.column);
  const alikeInType = old === undefined ? null : kindOf(old.type) === kindOf(column.type);
  const before = operations.slice(0, operations.indexOf(drop));
  if (isSaved(drop, before, context) || before.some((one) => fills(one, drop, column.name))) return null;
  if (drop.column === column.name) return { drop, add, kind: 'recreated', sameType: alikeInType === true };
  if (everyModelIgnores(drop.table, drop.column, context)) return null;
  if (likeness(drop.column, column.name) !== 'unlike') {
    if (alikeInType === false && !oneSaysMore(drop.column, column.name)) return null;
    return { drop, add, kind: alikeInType ? 'renamed' : 'perhaps', sameType: alikeInType === true };
  }
  return alone && old !== undefined && isExactly(old, column) && !isTooCommon(drop.column, column) ? { drop, add, kind: 'perhaps', sameType: true } : null;
}

/** Types between which values move without thought are one kind. */
function kindOf(type: ColumnType): string {
  const { name, array } = canonicalType(type);
  const kind = /^(varchar|text|char|citext|(tiny|medium|long)text)$/.test(name) ? 'text' : /^(small|big|medium|tiny)?int(eger)?$/.test(name) ? 'integer' : /^(timestamp(tz)?|datetime)$/.test(name) ? 'timestamp' : /^jsonb?$/.test(name) ? 'json' : name;
  return array ? `${kind}[]` : kind;
}

function isExactly(old: ColumnDefinition, column: ColumnDefinition): boolean {
  return !old.type.dynamic && !column.type.dynamic && sameType(canonicalType(old.type), canonicalType(column.type)) && old.nullable === column.nullable;
}

/** Flags are alike whatever they say, and so are the numbers of rows of other tables. */
function isTooCommon(name: string, column: ColumnDefinition): boolean {
  return canonicalType(column.type).name === 'boolean' || (column.type.name === 'tinyint' && column.type.args[0] === 1) || (/_?id$/i.test(name) && /_?id$/i.test(column.name));
}

/** `price` and `price_cents`, but not `created_at` and `created_by`. */
function oneSaysMore(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.toLowerCase().startsWith(`${short.toLowerCase()}_`) || long.toLowerCase().endsWith(`_${short.toLowerCase()}`);
}

/** True for a data change that writes the new column, or columns that are not told. */
function fills(operation: Operation, drop: OperationOf<'drop-column'>, to: string): boolean {
  return to !== drop.column && operation.kind === 'update-rows' && sameName(operation.table, drop.table) && (operation.columns.length === 0 || operation.columns.includes(to));
}

/** True when a statement before the drop takes the values to another place: an update of another column or table from it, or a copy of the rows. */
function isSaved(drop: OperationOf<'drop-column'>, before: readonly Operation[], { migration: { source } }: StepContext): boolean {
  const reads = (names: readonly QualifiedName[]) => names.some((name) => sameName(name, drop.table));
  return before.some((operation) => {
    switch (operation.kind) {
      case 'update-rows': {
        // A column that only the condition names is not copied.
        const text = source.text.slice(operation.at.start, operation.at.end).replace(operation.where ?? '', () => '');
        return sameName(operation.table, drop.table) ? !operation.columns.includes(drop.column) && mentions(text, drop.column) : mentions(text, drop.column) && mentions(text, drop.table.name);
      }
      case 'insert-rows':
        return operation.fromQuery && reads(operation.reads);
      case 'create-table':
        return operation.fromQuery && reads(operation.reads ?? []);
      default:
        return false;
    }
  });
}
