import type { Span } from '../../source/span.ts';
import { pluralize } from '../rails/inflector.ts';
import { itemsIn, withoutStrings } from './brackets.ts';
import type { Member } from './classes.ts';
import { classesIn } from './classes.ts';
import type { DeclaredColumn, DeclaredModel } from './declared.ts';
import { snakeCase } from './declared.ts';
import type { Property } from './literals.ts';
import { isUnreadable, propertiesAt, textOf } from './literals.ts';

/** A column that an association of Sequelize gives a model: which one, by its name in the code. */
export interface ForeignKey {
  readonly model: string;
  readonly column: DeclaredColumn;
}

/** The models of Sequelize in a file, and what its associations add to models of this one and others. */
export interface SequelizeFile {
  readonly models: readonly DeclaredModel[];
  readonly foreignKeys: readonly ForeignKey[];
}

type Options = ReadonlyMap<string, Property>;

/** Reads `define`, `init`, and the `@Table` of sequelize-typescript; nothing in a file that does not name Sequelize. Never throws. */
export function parseSequelize(text: string): SequelizeFile {
  if (!/sequelize/i.test(text)) return { models: [], foreignKeys: [] };
  const plain = withoutStrings(text);
  const models = [...definitions(text, plain), ...(/["']sequelize-typescript["']/.test(text) ? decorated(text, plain) : [])];
  return { models, foreignKeys: associations(text, plain, models.map(({ name }) => name)) };
}

/** `sequelize.define("name", attributes, options)` and `Name.init(attributes, options)`. */
function definitions(text: string, plain: string): DeclaredModel[] {
  return [...plain.matchAll(/(?:(?:const|let|var)\s+(\w+)(?:\s*:[^=\n]+)?\s*=\s*)?(?<![\w$])([\w$]+(?:\s*\.\s*[\w$]+)*)\s*\.\s*(define|init)\s*(?:<[^()]*>)?\(/g)].flatMap((match): DeclaredModel[] => {
    const [whole, variable, receiver = '', verb] = match;
    const open = match.index + whole.length - 1;
    const items = itemsIn(plain, open);
    const [named, attributes, settings] = verb === 'define' ? items : [undefined, ...items];
    const options = (settings && propertiesAt(text, plain, settings.start)) ?? new Map<string, Property>();
    const isOwn = verb === 'define' ? /sequelize|^(?:db|orm|database|connection)$/i.test(receiver) : options.has('sequelize') || /^super$/.test(receiver);
    if (!attributes || !isOwn) return [];
    const modelName = verb === 'define' ? (named && textOf(text, named)) : stringOf(text, options, 'modelName');
    const around = () => classesIn(plain).find((one) => one.start <= match.index && match.index < one.end)?.name ?? null;
    const name = variable ?? (verb === 'define' ? modelName : /^(?:this|super)$/.test(receiver) ? around() : receiver);
    if (!name) return [];
    const isUnderscored = flag(text, options, 'underscored');
    const declared = propertiesAt(text, plain, attributes.start);
    const isReadable = declared !== null && !declared.has('...') && ![...declared.values()].some(({ value }) => isUnreadable(text, propertiesAt(text, plain, value.start)?.get('field')));
    const columns = [...(declared ?? [])].flatMap(([key, property]) => attributeOf(text, plain, key, property, isUnderscored));
    const place = { start: match.index, end: open + 1 };
    return [{
      ...place, name, ...tableOf(text, options, modelName ?? name), parent: null, joinTables: [],
      columns: [...columns, ...ownColumns(text, options, isUnderscored, place)],
      complete: isReadable && (!settings || plain[settings.start] === '{') && !options.has('...'),
    }];
  });
}

/** The classes of sequelize-typescript with a table, and those whose columns they inherit. */
function decorated(text: string, plain: string): DeclaredModel[] {
  return classesIn(plain).map(({ name, start, end, parent, decorators, members }): DeclaredModel => {
    const table = decorators.find((one) => one.name === 'Table');
    const first = table && table.open !== null ? itemsIn(plain, table.open)[0] : undefined;
    const options = (first && propertiesAt(text, plain, first.start)) ?? new Map<string, Property>();
    const isUnderscored = flag(text, options, 'underscored');
    const columns = members.flatMap((member) => columnOf(text, plain, member, isUnderscored));
    return {
      start, end, name, ...tableOf(text, options, stringOf(text, options, 'modelName') ?? name), ...(table ? {} : { kind: 'part' as const }), parent: parent === 'Model' ? null : parent, joinTables: [],
      columns: table ? [...columns, ...ownColumns(text, options, isUnderscored, { start, end: start + 1 })] : columns,
      complete: first === undefined || (plain[first.start] === '{' && !options.has('...')),
    };
  });
}

/** The table by its options; by default it is the plural of the model's name, in a form that settings of the whole application change. */
function tableOf(text: string, options: Options, name: string): Pick<DeclaredModel, 'kind' | 'table' | 'schema' | 'possible'> {
  const table = stringOf(text, options, 'tableName');
  const frozen = flag(text, options, 'freezeTableName') === true;
  const possible = [...new Set([pluralize(name), snakeCase(pluralize(name)), name, snakeCase(name)])];
  return { kind: 'table', table: table ?? (frozen && !options.has('tableName') ? name : null), schema: stringOf(text, options, 'schema'), possible: table === null ? possible : [] };
}

function attributeOf(text: string, plain: string, key: string, { start, end, value }: Property, isUnderscored: boolean | null): DeclaredColumn[] {
  const options = propertiesAt(text, plain, value.start);
  const type = options?.get('type')?.value ?? value;
  if (key === '...' || /\bVIRTUAL\b/.test(plain.slice(type.start, type.end))) return [];
  return [{ name: key, start, end, columns: columnNames(key, (options && stringOf(text, options, 'field')) ?? null, isUnderscored) }];
}

/** A member with a decorator of a column; `@Column` may be bare, or given a type or options. */
function columnOf(text: string, plain: string, { name, start, end, decorators }: Member, isUnderscored: boolean | null): DeclaredColumn[] {
  const own = decorators.find((one) => /^(?:Column|PrimaryKey|CreatedAt|UpdatedAt|DeletedAt)$/.test(one.name));
  if (!own) return [];
  const column = decorators.find((one) => one.name === 'Column' && one.open !== null);
  const item = column && column.open !== null ? itemsIn(plain, column.open)[0] : undefined;
  if (item && /\bVIRTUAL\b/.test(plain.slice(item.start, item.end))) return [];
  const options = item && propertiesAt(text, plain, item.start);
  return [{ name, start, end, columns: columnNames(name, (options && stringOf(text, options, 'field')) ?? null, isUnderscored) }];
}

/** The key column and the times that every model has unless it is told otherwise. */
function ownColumns(text: string, options: Options, isUnderscored: boolean | null, place: Span): DeclaredColumn[] {
  const times = flag(text, options, 'timestamps') === false ? [] : ['createdAt', 'updatedAt', ...(flag(text, options, 'paranoid') === true ? ['deletedAt'] : [])];
  const named = times.filter((key) => flag(text, options, key) !== false).map((key) => stringOf(text, options, key) ?? key);
  return ['id', ...named].map((name) => ({ ...place, name, columns: columnNames(name, null, isUnderscored) }));
}

function columnNames(key: string, field: string | null, isUnderscored: boolean | null): string[] {
  if (field !== null) return [field];
  return isUnderscored === true ? [snakeCase(key)] : isUnderscored === false ? [key] : [...new Set([key, snakeCase(key)])];
}

/** `Post.belongsTo(User)` gives `Post` a column, and so do `hasMany` and `hasOne` their other side. */
function associations(text: string, plain: string, own: readonly string[]): ForeignKey[] {
  return [...plain.matchAll(/([\w$]+)\s*\.\s*(belongsTo|hasMany|hasOne)\s*\(/g)].flatMap((match): ForeignKey[] => {
    const open = match.index + match[0].length - 1;
    const [target, settings] = itemsIn(plain, open);
    const other = target && /([\w$]+)$/.exec(plain.slice(target.start, target.end))?.[1];
    const receivers = match[1] === 'this' ? own : [match[1] ?? ''];
    if (!other) return [];
    const options = settings ? propertiesAt(text, plain, settings.start) : null;
    const key = options?.get('foreignKey');
    const deeper = key ? propertiesAt(text, plain, key.value.start) : null;
    const said = key && ((deeper && (stringOf(text, deeper, 'field') ?? stringOf(text, deeper, 'name'))) ?? textOf(text, key.value));
    const as = options && stringOf(text, options, 'as');
    const place = { start: match.index, end: open + 1 };
    return receivers.flatMap((receiver) => {
      const [model, one] = match[2] === 'belongsTo' ? [receiver, as ?? other] : [other, receiver];
      const usual = [`${one}Id`, `${one.charAt(0).toLowerCase()}${one.slice(1)}Id`, snakeCase(`${one}Id`)];
      return [{ model, column: { ...place, name: said ?? usual[1] ?? '', columns: said ? [...new Set([said, snakeCase(said)])] : usual } }];
    });
  });
}

function stringOf(text: string, options: Options, key: string): string | null {
  const property = options.get(key);
  return property ? textOf(text, property.value) : null;
}

function flag(text: string, options: Options, key: string): boolean | null {
  const property = options.get(key);
  const written = property && text.slice(property.value.start, property.value.end).trim();
  return written === 'true' ? true : written === 'false' ? false : null;
}
