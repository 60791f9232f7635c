import type { ColumnDefinition, Default } from '../../operations/index.ts';
import { sameType } from '../../operations/index.ts';
import type { ColumnAspect } from './script.ts';

/** In what two definitions of a column differ, as the database sees it. */
export function columnAspects(from: ColumnDefinition, to: ColumnDefinition): ReadonlySet<ColumnAspect> {
  const aspects = new Set<ColumnAspect>();
  if (!sameType(from.type, to.type)) aspects.add('type');
  if (from.nullable !== to.nullable) aspects.add('null');
  if (defaultText(from.default) !== defaultText(to.default)) aspects.add('default');
  if ((from.comment ?? null) !== (to.comment ?? null)) aspects.add('comment');
  if (otherText(from) !== otherText(to)) aspects.add('other');
  return aspects;
}

function defaultText(value: Default): string {
  switch (value.kind) {
    case 'none':
      return '';
    case 'constant':
      // A number that is written as text is the same default.
      return value.value === null ? '' : `= ${String(value.value)}`;
    case 'expression':
      return `() ${value.sql.replace(/\s+/g, ' ').toLowerCase()}`;
    case 'unknown':
      return `? ${value.text}`;
  }
}

function otherText({ generated, autoIncrement, collation, charset, identity }: ColumnDefinition): string {
  return [generated && `${generated.expression.replaceAll(' ', '')} ${String(generated.stored)}`, autoIncrement ?? false, collation, charset, identity].join(' / ');
}
