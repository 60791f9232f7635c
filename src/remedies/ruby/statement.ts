import type { Deed } from '../../operations/index.ts';
import { isMysql } from '../../operations/index.ts';
import { printSql } from '../sql/print.ts';
import { columnArguments, rubyDefault, rubyTable } from './column.ts';
import { addCheckLine, addForeignKeyLine, addUniqueLine, removeConstraintLine, validateLine } from './constraint-statement.ts';
import { executeSql } from './execute.ts';
import { addIndex, removeIndex } from './index-statement.ts';
import { rubyString, rubySymbol } from './literal.ts';
import type { RubyStatement, RubyTarget } from './target.ts';
import { rubyCall, since } from './target.ts';
import { rubyType } from './type.ts';

/** The operation in Rails' own words; as SQL where this Rails has none; a comment where SQL cannot say it either. */
export function rubyStatement(deed: Deed, target: RubyTarget): RubyStatement {
  const native = inRails(deed, target);
  if (native !== null) return native;
  const sql = printSql(deed, target.c.engine, target.c.schema);
  if (sql !== null) return { lines: sql.flatMap((statement) => executeSql(statement, target)), reversible: false };
  return { lines: [`# ${deed.kind.replaceAll('-', ' ')}`], reversible: false };
}

function inRails(deed: Deed, target: RubyTarget): RubyStatement | null {
  const once = (line: string, reversible: boolean): RubyStatement => ({ lines: [line], reversible });
  switch (deed.kind) {
    case 'add-column': {
      const column = columnArguments(deed.column, target);
      if (column === null || (deed.ifNotExists && !since(target, 6, 1))) return null;
      const guard = deed.ifNotExists ? [['if_not_exists', 'true'] as const] : [];
      return once(rubyCall('add_column', [rubyTable(deed.table, target.c), rubySymbol(deed.column.name), column.type], [...column.options, ...guard]), true);
    }
    case 'drop-column': {
      if (deed.cascade || (deed.ifExists && !since(target, 6, 1))) return null;
      const known = target.oneWay ? undefined : target.c.schema.table(deed.table)?.columns.get(deed.column);
      const column = known ? columnArguments(known, target) : null;
      const guard = deed.ifExists ? [['if_exists', 'true'] as const] : [];
      return once(rubyCall('remove_column', [rubyTable(deed.table, target.c), rubySymbol(deed.column), ...(column ? [column.type] : [])], [...(column?.options ?? []), ...guard]), column !== null);
    }
    case 'rename-column':
      return once(rubyCall('rename_column', [rubyTable(deed.table, target.c), rubySymbol(deed.column), rubySymbol(deed.to)]), true);
    case 'rename-table':
      return deed.table.schema === null && deed.to.schema === null ? once(rubyCall('rename_table', [rubyTable(deed.table, target.c), rubyTable(deed.to, target.c)]), true) : null;
    case 'drop-table':
      return once(rubyCall('drop_table', [rubyTable(deed.table, target.c)], [deed.ifExists ? ['if_exists', 'true'] : null, deed.cascade ? ['force', ':cascade'] : null]), false);
    case 'alter-column-type':
      return changeColumn(deed, target);
    case 'set-not-null': {
      const fill = rubyDefault(deed.fill, target);
      return fill === null ? null : once(rubyCall('change_column_null', [rubyTable(deed.table, target.c), rubySymbol(deed.column), 'false', ...(fill === 'nil' ? [] : [fill])]), true);
    }
    case 'drop-not-null':
      return once(rubyCall('change_column_null', [rubyTable(deed.table, target.c), rubySymbol(deed.column), 'true']), true);
    case 'set-default': {
      const to = rubyDefault(deed.default, target);
      const from = deed.from === null ? null : rubyDefault(deed.from, target);
      if (to === null) return null;
      const args = [rubyTable(deed.table, target.c), rubySymbol(deed.column)];
      if (from === null || !since(target, 5, 0)) return once(rubyCall('change_column_default', [...args, to]), false);
      return once(rubyCall('change_column_default', args, [['from', from], ['to', to]]), true);
    }
    case 'create-index':
      return addIndex(deed, target);
    case 'drop-index':
      return removeIndex(deed, target);
    case 'rename-index':
      return deed.table === null || deed.table.schema !== null ? null : once(rubyCall('rename_index', [rubyTable(deed.table, target.c), rubyString(deed.name), rubyString(deed.to)]), true);
    case 'add-foreign-key':
      return addForeignKeyLine(deed, target);
    case 'add-check':
      return addCheckLine(deed, target);
    case 'add-unique':
      return addUniqueLine(deed, target);
    case 'validate-constraint':
      return target.c.engine.name === 'postgres' ? validateLine(deed, target) : null;
    case 'drop-constraint':
      return removeConstraintLine(deed, target);
    case 'create-enum':
      return since(target, 7, 0) ? once(rubyCall('create_enum', [rubyTable(deed.type, target.c), `[${deed.values.map(rubyString).join(', ')}]`]), true) : null;
    case 'add-enum-value':
      if (!since(target, 7, 1)) return null;
      return once(rubyCall('add_enum_value', [rubyTable(deed.type, target.c), rubyString(deed.value)], [
        deed.before === null ? null : ['before', rubyString(deed.before)],
        deed.after === null ? null : ['after', rubyString(deed.after)],
        deed.ifNotExists ? ['if_not_exists', 'true'] : null,
      ]), false);
    default:
      return null;
  }
}

function changeColumn(deed: Extract<Deed, { kind: 'alter-column-type' }>, target: RubyTarget): RubyStatement | null {
  if (deed.restated) {
    const column = columnArguments({ ...deed.restated, type: deed.type }, target);
    if (column === null) return null;
    // Rails takes a column without `null:` as nullable here, and one without `default:` as having none.
    return { lines: [rubyCall('change_column', [rubyTable(deed.table, target.c), rubySymbol(deed.column), column.type], column.options)], reversible: false };
  }
  const type = rubyType(deed.type, target);
  const line = rubyCall('change_column', [rubyTable(deed.table, target.c), rubySymbol(deed.column), type.name], [
    ...type.options,
    deed.collation === null ? null : ['collation', rubyString(deed.collation)],
    deed.using === null || isMysql(target.c.engine) ? null : ['using', rubyString(deed.using)],
  ]);
  return { lines: [line], reversible: false };
}
