import type { Span } from '../../source/span.ts';
import { pluralize } from '../rails/inflector.ts';
import { itemsIn, withoutStrings } from './brackets.ts';
import type { Decorator, Member, ScriptClass } from './classes.ts';
import { classesIn } from './classes.ts';
import type { DeclaredColumn, DeclaredModel } from './declared.ts';
import { snakeCase } from './declared.ts';
import type { Property } from './literals.ts';
import { isUnreadable, propertiesAt, textOf } from './literals.ts';

/** The entities of TypeORM in a file, and the classes whose columns they can inherit; none in a file that does not import it. Never throws. */
export function parseEntities(text: string): DeclaredModel[] {
  if (!/(?:from|require\()\s*["']typeorm["']/.test(text)) return [];
  const plain = withoutStrings(text);
  return classesIn(plain).map((one) => modelOf(text, plain, one));
}

function modelOf(text: string, plain: string, { name, start, end, parent, decorators, members }: ScriptClass): DeclaredModel {
  const entity = decorators.find((one) => one.name === 'Entity');
  const child = decorators.some((one) => one.name === 'ChildEntity');
  const { given, options } = entity ? nameIn(text, plain, entity) : nothing;
  const unreadable = given !== null && textOf(text, given) === null;
  const told = given && textOf(text, given);
  const schema = options?.get('schema');
  const usual = snakeCase(name);
  const inheritance = decorators.find((one) => one.name === 'TableInheritance');
  return {
    start, end, name, kind: entity ? 'table' : child ? 'child' : 'part',
    table: unreadable ? null : (told ?? usual),
    schema: schema ? textOf(text, schema.value) : null,
    possible: told ? [] : [usual, pluralize(usual), name, pluralize(name)],
    parent: parent === 'BaseEntity' && /\bBaseEntity\b[^;]*\bfrom\s*["']typeorm["']/.test(text) ? null : parent,
    columns: [...members.flatMap((member) => columnsOf(text, plain, member)), ...(inheritance ? [discriminator(text, plain, inheritance)] : [])],
    complete: !decorators.some((one) => one.name === 'Tree') && !members.some((member) => member.decorators.some((one) => isEmbedded(plain, one) || optionsOf(text, plain, one).some((options) => isUnreadable(text, options.get('name'))))),
    joinTables: members.flatMap((member) => member.decorators.flatMap((one) => (one.name === 'JoinTable' ? (namesIn(text, plain, one)[0] ?? []) : []))),
  };
}

const nothing: Named = { given: null, options: null };

interface Named { readonly given: Span | null; readonly options: ReturnType<typeof propertiesAt> }

/** The name that a decorator is given: its first argument, or the option `name` of the first object. */
function nameIn(text: string, plain: string, { open }: Decorator): Named {
  if (open === null) return nothing;
  const [first, second] = itemsIn(plain, open);
  if (!first) return nothing;
  const options = propertiesAt(text, plain, first.start);
  if (options) return { given: options.get('name')?.value ?? (options.has('...') ? first : null), options };
  return { given: first, options: second ? propertiesAt(text, plain, second.start) : null };
}

/** The objects that a decorator is given, also in a list. */
function optionsOf(text: string, plain: string, { open }: Decorator): ReadonlyMap<string, Property>[] {
  const items = open === null ? [] : itemsIn(plain, open).flatMap((item) => (plain[item.start] === '[' ? itemsIn(plain, item.start) : [item]));
  return items.flatMap((item) => propertiesAt(text, plain, item.start) ?? []);
}

/** The literal option `name` of each of them. */
function namesIn(text: string, plain: string, decorator: Decorator): string[] {
  return optionsOf(text, plain, decorator).flatMap((options) => {
    const name = options.get('name');
    return (name && textOf(text, name.value)) ?? [];
  });
}

/** `@Column(() => Address)`: the columns of another class, under a prefix. */
function isEmbedded(plain: string, { name, open }: Decorator): boolean {
  return name === 'Column' && open !== null && /^\(\s*(?:\(\s*\w*\s*\)|\w+)\s*=>/.test(plain.slice(open, open + 80));
}

/** Decorators of what is no column, or of a property whatever it is: relations, validation, serialization. Others may be made of `@Column` by the application. */
const noColumn = /^(?:OneTo|ManyTo|Tree|Join|Relation|Virtual|View|ObjectId|Before|After|Is|Api|Field|Expose|Exclude|Type$|Transform|Min|Max|Length|Validate|Allow|Matches|Hide|Array)/;

/** Columns by their decorators, also by those that an application makes of them. */
function columnsOf(text: string, plain: string, member: Member): DeclaredColumn[] {
  const { name, start, end, decorators } = member;
  const own = decorators.find((one) => /Column(?!s)/.test(one.name) && !/^(?:Join|Virtual|View|ObjectId)/.test(one.name) && !isEmbedded(plain, one));
  if (own) {
    const said = namesIn(text, plain, own)[0];
    return [{ name, start, end, columns: said !== undefined ? [said] : [...new Set([name, snakeCase(name)])] }];
  }
  if (!decorators.some((one) => noColumn.test(one.name) || isEmbedded(plain, one))) return [{ name, start, end, columns: [...new Set([name, snakeCase(name)])] }];
  const relation = decorators.find((one) => /^(?:ManyToOne|OneToOne|TreeParent)$/.test(one.name));
  const join = decorators.filter((one) => one.name === 'JoinColumn');
  if (!relation || (relation.name === 'OneToOne' && join.length === 0)) return [];
  const said = join.flatMap((one) => namesIn(text, plain, one));
  return [{ name, start, end, columns: said.length > 0 ? said : [`${name}Id`, `${snakeCase(name)}_id`] }];
}

/** The column that tells which class a row is of: `type`, if it is not told another name. */
function discriminator(text: string, plain: string, decorator: Decorator): DeclaredColumn {
  const start = decorator.open ?? 0;
  const column = decorator.open === null ? undefined : itemsIn(plain, decorator.open).map((item) => propertiesAt(text, plain, item.start)?.get('column'))[0];
  const name = column && propertiesAt(text, plain, column.value.start)?.get('name');
  const said = (name && textOf(text, name.value)) ?? 'type';
  return { name: said, columns: [said], start, end: start + 1 };
}
