import { printType } from '../../operations/index.ts';
import type { ColumnDefinition, ColumnType, ForeignKey } from '../../operations/index.ts';
import type { Table } from '../../schema/table.ts';
import type { Refusal } from '../effect.ts';
import { canonicalType } from '../type-name.ts';
import type { Situation } from './claim.ts';

/** Types whose values Postgres compares with each other by `=`; members of different families it does not (tried on 10 to 18). */
const families: readonly (readonly string[])[] = [['smallint', 'integer', 'bigint'], ['text', 'varchar'], ['uuid'], ['date', 'timestamp', 'timestamptz'], ['boolean'], ['bytea'], ['inet', 'cidr']];

/** Why Postgres refuses the foreign key of a table with these columns whatever the rows, or null where it does not or too little is known. */
export function refusedForeignKey(own: ReadonlyMap<string, ColumnDefinition> | undefined, key: ForeignKey, at: Situation): Refusal | null {
  const parent = at.schema.table(key.references);
  if (!parent?.complete || !at.schema.complete) return null;
  const referenced = key.referencedColumns.length > 0 ? key.referencedColumns : parent.primaryKey;
  if (referenced.length === 0 || referenced.some((column) => !parent.columns.has(column))) return null;
  if (!isUnique(parent, referenced)) return { error: '42830', because: `no key or unique index of "${key.references.name}" is over ${referenced.map((column) => `"${column}"`).join(', ')}` };
  const unlike = key.columns.flatMap((column, index) => {
    const [mine, other] = [own?.get(column)?.type, parent.columns.get(referenced[index] ?? '')?.type];
    return mine && other && !comparable(mine, other) ? [`"${column}" is ${printType(mine)} and "${referenced[index] ?? ''}" of "${key.references.name}" is ${printType(other)}`] : [];
  });
  return unlike.length === 0 ? null : { error: '42804', because: `Postgres has no = for their types: ${unlike.join(', ')}` };
}

function isUnique(table: Table, columns: readonly string[]): boolean {
  const wanted = [...columns].sort().join();
  const same = (others: readonly (string | null)[]) => [...others].sort().join() === wanted;
  return same(table.primaryKey) || table.uniques.some((unique) => same(unique.columns))
    || table.indexes.some((index) => index.unique && index.where === undefined && same(index.keys.map((one) => one.column)))
    || columns.length === 1 && [...table.columns.values()].some((column) => column.name === columns[0] && (column.unique === true || column.primaryKey === true));
}

/** False only for two built-in types that are told to be unlike. */
function comparable(a: ColumnType, b: ColumnType): boolean {
  if (a.dynamic || b.dynamic || a.array || b.array) return true;
  const family = (type: ColumnType) => families.findIndex((members) => members.includes(canonicalType(type).name));
  const [one, other] = [family(a), family(b)];
  return one < 0 || other < 0 || one === other;
}
