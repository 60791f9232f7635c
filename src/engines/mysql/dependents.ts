import { indexColumns, printName } from '../../operations/index.ts';
import type { ForeignKey, QualifiedName } from '../../operations/index.ts';
import { linkedPrefix } from '../../schema/table-parts.ts';
import type { IndexDefinition } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import type { Assumption, Dependent } from '../effect.ts';
import { childrenOf } from '../relations.ts';
import type { Situation } from './action.ts';

/** A foreign key that forbids what a statement does. */
function keyDependent(owner: Table, key: ForeignKey): Dependent {
  return {
    what: `the foreign key ${key.name === null ? `on "${key.columns.join('", "')}"` : `"${key.name}"`} of "${printName(owner.name)}"`, kind: 'foreign-key', owner: owner.name, surely: true,
    drop: key.name === null ? null : { kind: 'drop-constraint', table: owner.name, name: key.name, constraint: 'foreign-key', columns: key.columns, references: key.references, ifExists: false, cascade: false },
  };
}

function referring(name: QualifiedName, schema: Schema, refers: (key: ForeignKey) => boolean): Dependent[] {
  return childrenOf(name, schema).flatMap((child) => child.foreignKeys.filter((key) => printName(key.references) === printName(name) && refers(key)).map((key) => keyDependent(child, key)));
}

/** The keys without which InnoDB does not let a column go: its own (1828, on MariaDB 1553) and those that refer to it (1829). One statement may drop both. */
export function columnKeys(name: QualifiedName, column: string, { schema, engine, alter }: Situation): Assumption[] {
  const table = schema.table(name);
  if (alter?.actions.includes('drop-constraint')) return [];
  const own = table?.foreignKeys.filter((key) => key.columns.includes(column)).map((key) => keyDependent(table, key)) ?? [];
  const others = referring(name, schema, (key) => (key.referencedColumns.length > 0 ? key.referencedColumns : (table?.primaryKey ?? [])).includes(column));
  if (own.length + others.length === 0) return [];
  return [{ of: 'no-dependents', table: name, columns: [column], error: own.length === 0 ? '1829' : engine.name === 'mariadb' ? '1553' : '1828', dependents: [...own, ...others] }];
}

/** The keys that need the index (1553), where no other one serves them and the statement makes none. */
export function indexKeys(table: Table | undefined, index: IndexDefinition | undefined, { alter, uncheckedKeys }: Situation): Assumption[] {
  if (!table || !index || uncheckedKeys || alter?.actions.some((kind) => kind === 'drop-constraint' || kind === 'create-index' || kind === 'add-unique' || kind === 'add-primary-key')) return [];
  const without: Table = { ...table, indexes: table.indexes.filter((one) => one !== index) };
  const needed = table.foreignKeys.filter((key) => indexColumns(index)[0] === key.columns[0] && !linkedPrefix(without, key.columns));
  return needed.map((key) => ({ of: 'no-dependents', table: table.name, columns: key.columns, error: '1553', dependents: [keyDependent(table, key)] }));
}

/** The keys of other tables that refer to the table, with the error of dropping it. */
export function tableKeys(name: QualifiedName, error: string, { schema, uncheckedKeys }: Situation): Assumption[] {
  const dependents = uncheckedKeys ? [] : referring(name, schema, () => true);
  return dependents.length > 0 ? [{ of: 'no-dependents', table: name, columns: [], error, dependents }] : [];
}
