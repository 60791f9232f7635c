import type { ColumnType } from '../../operations/index.ts';
import { isMysql } from '../../operations/index.ts';
import { typeName } from '../sql/value.ts';
import { rubyString, rubySymbol } from './literal.ts';
import type { RubyTarget } from './target.ts';
import { since } from './target.ts';

type Option = readonly [key: string, value: string];

/** A type as Rails writes it: `:string`, with the options that belong to it; SQL text in a string where Rails has no word. */
export function rubyType(type: ColumnType, target: RubyTarget): { readonly name: string; readonly options: readonly Option[] } {
  const modifiers: Option[] = [...(type.array ? [['array', 'true'] as const] : []), ...(type.unsigned ? [['unsigned', 'true'] as const] : [])];
  const word = isMysql(target.c.engine) ? mysqlWord(type, target) : postgresWord(type, target);
  if (word) return { name: word[0], options: [...word.slice(1).filter(isOption), ...modifiers] };
  if (since(target, 7, 0) && target.c.engine.name === 'postgres' && target.c.schema.enumValues(type.name) !== undefined) {
    return { name: ':enum', options: [['enum_type', rubyString(type.name)], ...modifiers] };
  }
  return { name: rubyString(typeName({ ...type, array: false, unsigned: false }, target.c.engine)), options: modifiers };
}

type Word = readonly [string, ...Option[]];

function postgresWord(type: ColumnType, target: RubyTarget): Word | null {
  const [first, second] = type.args;
  switch (type.name) {
    case 'varchar':
      return [':string', ...limit(first)];
    case 'integer':
      return [':integer'];
    case 'smallint':
      return [':integer', ['limit', '2']];
    case 'numeric':
    case 'decimal':
      return [':decimal', ...decimal(first, second)];
    case 'double':
      return [':float'];
    case 'real':
      return [':float', ['limit', '24']];
    case 'timestamp':
    case 'datetime':
      return datetime(first, target);
    case 'time':
      return [':time', ...precision(first)];
    case 'bytea':
      return [':binary'];
    case 'varbit':
      return [':bit_varying', ...limit(first)];
    case 'bit':
    case 'vector':
      return [rubySymbol(type.name), ...limit(first)];
    default:
      return type.args.length === 0 && postgresNames.has(type.name) ? [rubySymbol(type.name)] : null;
  }
}

const postgresNames = new Set(
  'text bigint boolean date uuid json jsonb inet cidr citext macaddr hstore xml money tsvector point interval serial bigserial timestamptz ltree'.split(' '),
);

function mysqlWord(type: ColumnType, target: RubyTarget): Word | null {
  const [first, second] = type.args;
  const size = (name: string, word: string): Word => (since(target, 6, 0) ? [name, ['size', `:${word}`]] : [name, ['limit', String(sizes[word] ?? 0)]]);
  switch (type.name) {
    case 'varchar':
      return [':string', ...(first === undefined || first === 255 ? [] : limit(first))];
    case 'tinyint':
      return first === 1 && !type.unsigned ? [':boolean'] : [':integer', ['limit', '1']];
    case 'smallint':
      return [':integer', ['limit', '2']];
    case 'mediumint':
      return [':integer', ['limit', '3']];
    case 'integer':
    case 'int':
      return [':integer'];
    case 'decimal':
    case 'numeric':
      return [':decimal', ...decimal(first, second)];
    case 'float':
      return first === undefined ? [':float'] : null;
    case 'double':
      return first === undefined ? [':float', ['limit', '53']] : null;
    case 'datetime':
      return datetime(first, target);
    case 'timestamp':
    case 'time':
      return [rubySymbol(type.name), ...precision(first)];
    case 'tinytext':
    case 'mediumtext':
    case 'longtext':
      return size(':text', type.name.replace('text', ''));
    case 'tinyblob':
    case 'mediumblob':
    case 'longblob':
      return size(':binary', type.name.replace('blob', ''));
    case 'varbinary':
      return [':binary', ...limit(first)];
    case 'blob':
      return [':binary'];
    default:
      return type.args.length === 0 && /^(text|bigint|date|json)$/.test(type.name) ? [rubySymbol(type.name)] : null;
  }
}

const sizes: Readonly<Record<string, number>> = { tiny: 255, medium: 16_777_215, long: 4_294_967_295 };

/** Since 7.0 a `:datetime` has microseconds unless told otherwise. */
function datetime(digits: number | undefined, target: RubyTarget): Word {
  const usual = since(target, 7, 0) ? 6 : undefined;
  if (digits === usual) return [':datetime'];
  return [':datetime', ['precision', digits === undefined ? 'nil' : String(digits)]];
}

function limit(length: number | undefined): Option[] {
  return length === undefined ? [] : [['limit', String(length)]];
}

function precision(digits: number | undefined): Option[] {
  return digits === undefined ? [] : [['precision', String(digits)]];
}

function decimal(digits: number | undefined, scale: number | undefined): Option[] {
  return [...precision(digits), ...(scale === undefined ? [] : [['scale', String(scale)] as const])];
}

function isOption(part: string | Option): part is Option {
  return typeof part !== 'string';
}
