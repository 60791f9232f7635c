import { indexColumns } from '../operations/index.ts';
import type { Check, EngineName, ForeignKey, IndexDefinition, QualifiedName } from '../operations/index.ts';
import type { Table } from './table.ts';

/**
 * The name Postgres makes up for an index or constraint that has none: `orders_customer_id_fkey`, at most 63 bytes, the longer part cut first
 * (makeObjectName in its sources), with a number when the name is taken.
 */
export function postgresName(table: string, columns: readonly string[], label: string, taken: (name: string) => boolean): string {
  for (let round = 0; ; round++) {
    const suffix = round === 0 ? label : label + round;
    const name = objectName(table, columns.join('_'), suffix);
    if (!taken(name) || round > 999) return name;
  }
}

/** The name of an index that the statement left unnamed, as the engine makes it up. */
export function defaultIndexName(engine: EngineName, table: Table, index: IndexDefinition): string {
  const taken = nameTest(table);
  if (engine === 'mysql' || engine === 'mariadb') {
    const first = indexColumns(index)[0] ?? 'functional_index';
    for (let round = 1; round < 1000; round++) {
      const name = round === 1 ? first : `${first}_${round}`;
      if (!taken(name)) return name;
    }
    return first;
  }
  const columns = index.keys.map((key) => key.column ?? /^\s*"?(\w+)"?\s*\(/.exec(key.expression ?? '')?.[1]?.toLowerCase() ?? 'expr');
  return postgresName(table.name.name, columns, 'idx', taken);
}

/** The name of a foreign key that the statement left unnamed. */
export function defaultForeignKeyName(engine: EngineName, table: Table, key: ForeignKey): string {
  const taken = nameTest(table);
  if (engine === 'mysql' || engine === 'mariadb') return numbered(`${table.name.name}_ibfk_`, taken);
  return postgresName(table.name.name, key.columns, 'fkey', taken);
}

/** The name of a check that the statement left unnamed; `column` is set for one that stands in a column's definition. */
export function defaultCheckName(engine: EngineName, table: Table, check: Check, column: string | null): string {
  const taken = nameTest(table);
  if (engine === 'mysql') return numbered(`${table.name.name}_chk_`, taken);
  if (engine === 'mariadb') return column ?? numbered('CONSTRAINT_', taken);
  const single = column ?? onlyColumn(table, check.expression);
  return postgresName(table.name.name, single === null ? [] : [single], 'check', taken);
}

/** The name of a unique constraint that the statement left unnamed. */
export function defaultUniqueName(engine: EngineName, table: Table, columns: readonly string[]): string {
  const taken = nameTest(table);
  if (engine === 'mysql' || engine === 'mariadb') return columns[0] ?? 'unique';
  return postgresName(table.name.name, columns, 'key', taken);
}

/** Tells whether an index or constraint of the table has a name. */
function nameTest(table: Table): (name: string) => boolean {
  const names = new Set([table.indexes, table.uniques, table.foreignKeys, table.checks].flatMap((list) => list.map((item) => item.name)));
  return (name) => names.has(name);
}

/** The Rails default for an index's name: `index_users_on_a_and_b`. */
export function railsIndexName(table: QualifiedName, columns: readonly string[]): string {
  return `index_${table.name}_on_${columns.join('_and_')}`;
}

function onlyColumn(table: Table, expression: string): string | null {
  const found = [...new Set(expression.toLowerCase().match(/[a-z_]\w*/g) ?? [])].filter((word) => table.columns.has(word));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function numbered(prefix: string, taken: (name: string) => boolean): string {
  for (let number = 1; number < 1000; number++) if (!taken(prefix + number)) return prefix + number;
  return prefix + 1;
}

function objectName(first: string, second: string, label: string): string {
  const encoder = new TextEncoder();
  const room = 63 - label.length - 1 - (second ? 1 : 0);
  let a = encoder.encode(first);
  let b = encoder.encode(second);
  while (a.length + b.length > room) {
    if (a.length > b.length) a = a.subarray(0, -1);
    else b = b.subarray(0, -1);
  }
  const decoder = new TextDecoder();
  return [decoder.decode(a), ...(second ? [decoder.decode(b)] : []), label].join('_').replaceAll('\ufffd', '');
}
