import type { Deed } from '../operations/index.ts';
import { indexColumns, noDefault } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { indexName } from './naming.ts';
import type { RemedyStatement } from './remedy.ts';
import { perform } from './step.ts';

/** What takes the statements back, in the opposite order; null when one of them cannot be taken back by what is known. */
export function inverseOf(statements: readonly RemedyStatement[], c: RemedyContext): RemedyStatement[] | null {
  const undone: RemedyStatement[] = [];
  for (const statement of [...statements].reverse()) {
    if (statement.kind === 'comment') continue;
    if (statement.kind !== 'operation') return null;
    const deed = inverse(statement.deed, c);
    if (deed === null) return null;
    if (deed !== 'nothing') undone.push(perform(deed));
  }
  return undone;
}

function inverse(deed: Deed, c: RemedyContext): Deed | 'nothing' | null {
  switch (deed.kind) {
    case 'add-column':
      return { kind: 'drop-column', table: deed.table, column: deed.column.name, ifExists: false, cascade: false };
    case 'drop-column': {
      const column = c.schema.table(deed.table)?.columns.get(deed.column);
      return column ? { kind: 'add-column', table: deed.table, column, ifNotExists: false } : null;
    }
    case 'rename-column':
      return { ...deed, column: deed.to, to: deed.column };
    case 'rename-table':
      return { ...deed, table: { schema: deed.table.schema, name: deed.to.name }, to: { schema: null, name: deed.table.name } };
    case 'rename-index':
      return { ...deed, name: deed.to, to: deed.name };
    case 'rename-constraint':
      return { ...deed, name: deed.to, to: deed.name };
    case 'set-not-null':
      return { kind: 'drop-not-null', table: deed.table, column: deed.column };
    case 'drop-not-null':
      return { kind: 'set-not-null', table: deed.table, column: deed.column, fill: noDefault };
    case 'set-default':
      return deed.from === null ? null : { ...deed, default: deed.from, from: deed.default };
    case 'create-index': {
      const name = { schema: deed.index.table.schema, name: indexName(deed.index, c.engine) };
      const generated = deed.index.name === null || deed.index.generatedName === true;
      const columns = generated ? indexColumns(deed.index) : [];
      return { kind: 'drop-index', table: deed.index.table, name, columns, concurrently: deed.concurrently, ifExists: false, cascade: false, algorithm: null, lock: null };
    }
    case 'add-foreign-key': {
      const { name, columns, references } = deed.foreignKey;
      return { kind: 'drop-constraint', table: deed.table, name, constraint: 'foreign-key', columns, references, ifExists: false, cascade: false };
    }
    case 'add-check':
      if (deed.check.name === null) return null;
      return { kind: 'drop-constraint', table: deed.table, name: deed.check.name, constraint: 'check', columns: [], references: null, ifExists: false, cascade: false };
    case 'add-unique':
      return { kind: 'drop-constraint', table: deed.table, name: deed.name, constraint: 'unique', columns: deed.columns, references: null, ifExists: false, cascade: false };
    case 'validate-constraint':
      return 'nothing';
    default:
      return null;
  }
}
