import type { ColumnDefinition, Default, QualifiedName } from '../../operations/index.ts';
import { printName } from '../../operations/index.ts';
import { defaultExpression } from '../sql/value.ts';
import { rubyName, rubyString, rubySymbol, rubyValue } from './literal.ts';
import type { RubyTarget } from './target.ts';
import { since } from './target.ts';
import { rubyType } from './type.ts';

type Option = readonly [key: string, value: string];

/** A table as the first argument of a statement: a symbol, or a string when it has a schema. */
export function rubyTable(table: QualifiedName): string {
  return rubyName(printName(table));
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
