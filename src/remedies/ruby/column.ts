import type { ColumnDefinition, Default, QualifiedName } from '../../operations/index.ts';
import { isMysql } from '../../operations/index.ts';
import type { RemedyContext } from '../context.ts';
import { defaultExpression } from '../sql/value.ts';
import { rubyName, rubyString, rubySymbol, rubyValue } from './literal.ts';
import type { RubyTarget } from './target.ts';
import { since } from './target.ts';
import { rubyType } from './type.ts';

type Option = readonly [key: string, value: string];

/** A table as the first argument of a statement: a symbol, or a string when it has a schema. */
export function rubyTable(table: QualifiedName, c: RemedyContext): string {
  return rubyName(railsTableName(table, c));
}

/** A table's name as Rails reads it. On Postgres it takes names apart at dots and blanks, so such a part has to be in double quotes. */
export function railsTableName(table: QualifiedName, c: RemedyContext): string {
  return table.schema && table.schema !== 'public' ? `${namePart(table.schema, c)}.${namePart(table.name, c)}` : namePart(table.name, c);
}

/** One part of a name that Rails takes apart. */
export function namePart(name: string, c: RemedyContext): string {
  return !isMysql(c.engine) && /[\s.]/.test(name) ? `"${name}"` : name;
}

/** The type and options of a column for `add_column`, `change_column` and `remove_column`; null when Rails cannot say it all. */
export function columnArguments(column: ColumnDefinition, target: RubyTarget): { readonly type: string; readonly options: readonly Option[] } | null {
  if (column.identity || column.references || column.check || column.unique || column.primaryKey || column.charset || column.autoIncrement) return null;
  const type = rubyType(column.type, target);
  const options: Option[] = [...type.options];
  if (column.generated) {
    if (!since(target, 7, 0)) return null;
    options.unshift(['type', type.name]);
    options.push(['as', rubyString(column.generated.expression)], ['stored', String(column.generated.stored)]);
  }
  const value = rubyDefault(column.default, target);
  if (value === null) return null;
  if (value !== 'nil') options.push(['default', value]);
  if (!column.nullable) options.push(['null', 'false']);
  if (column.collation) options.push(['collation', rubyString(column.collation)]);
  if (column.comment !== undefined) options.push(['comment', rubyString(column.comment)]);
  if (column.position === 'first') options.push(['first', 'true']);
  else if (column.position) options.push(['after', rubySymbol(column.position.after)]);
  return { type: column.generated ? ':virtual' : type.name, options };
}

/** A default as Ruby; `nil` for none, null when it needs a Rails that can pass expressions. */
export function rubyDefault(value: Default, target: RubyTarget): string | null {
  switch (value.kind) {
    case 'none':
      return 'nil';
    case 'constant':
      return rubyValue(value.value);
    case 'unknown':
      return value.text;
    case 'expression':
      return since(target, 5, 0) ? `-> { ${rubyString(defaultExpression(value, target.c.engine) ?? value.sql)} }` : null;
  }
}
