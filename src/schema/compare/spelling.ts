import type { ColumnType, Default, EngineName } from '../../operations/index.ts';
import { printType } from '../../operations/index.ts';
import { tokenize } from '../expression.ts';
import type { Token } from '../expression.ts';
import type { Comparison } from './difference.ts';

/** `same`, `different`, or `unknown` when only the spelling of an expression differs. */
export type Sameness = 'same' | 'different' | 'unknown';

/** The type as the server's catalogue has it: arguments that are the default are written out or left out alike. */
export function canonicalType(type: ColumnType, engine: EngineName): ColumnType {
  const { args } = type;
  const name = engine === 'postgres' ? (aliases.get(type.name.toLowerCase()) ?? type.name) : type.name;
  const plain = (given: readonly number[]): ColumnType => ({ ...type, name, args: given });
  if (engine === 'postgres' && /^(timestamp|time)(tz)?$|^interval$/.test(name)) return plain(args[0] === 6 ? [] : args);
  if (engine !== 'postgres' && /^(datetime|timestamp|time)$/.test(name)) return plain(args[0] === 0 ? [] : args);
  if (/^(numeric|decimal)$/.test(name)) {
    const digits = args.length === 0 && engine !== 'postgres' && engine !== 'sqlite' ? [10] : args;
    return plain(digits.length === 1 ? [digits[0] ?? 10, 0] : digits);
  }
  if (/^(char|bit|binary)$/.test(name) && args.length === 0 && engine !== 'sqlite') return plain([1]);
  return plain(args);
}

/** Whether two column types are one. A type that is computed while the migration runs may be any. */
export function compareTypes(here: ColumnType, there: ColumnType, { engine, omits }: Comparison): Sameness {
  if (here.dynamic || there.dynamic) return 'unknown';
  const print = (type: ColumnType) => {
    const canonical = canonicalType(type, engine);
    const name = omits.has('time-zone') ? canonical.name.replace(/^(timestamp|time)tz$/, '$1') : canonical.name;
    return printType(!omits.has('exactness') ? { ...canonical, name } : name === 'real' ? { ...canonical, name: 'double' } : name === 'char' && engine === 'postgres' ? { ...canonical, name: 'varchar', args: type.args } : { ...canonical, name });
  };
  if (print(here) === print(there)) return 'same';
  return builtIn.test(canonicalType(here, engine).name) && builtIn.test(canonicalType(there, engine).name) ? 'different' : 'unknown';
}

/** Types whose words are known; what an adapter or an extension makes of its own (`t.st_polygon`) is not. */
const builtIn = /^((tiny|small|medium|big)?(int|serial)|integer|numeric|decimal|real|double|float|money|varchar|char|(tiny|medium|long)?(text|blob)|citext|bytea|(var)?binary|boolean|date|datetime|year|timestamp(tz)?|time(tz)?|interval|uuid|jsonb?|xml|inet|cidr|macaddr|bit|varbit|tsvector|hstore)$/;

const aliases: ReadonlyMap<string, string> = new Map([
  ['character varying', 'varchar'], ['character', 'char'], ['bpchar', 'char'], ['int', 'integer'], ['int4', 'integer'], ['int8', 'bigint'], ['int2', 'smallint'], ['bool', 'boolean'], ['decimal', 'numeric'],
  ['double precision', 'double'], ['float8', 'double'], ['float4', 'real'], ['timestamp without time zone', 'timestamp'], ['timestamp with time zone', 'timestamptz'], ['time without time zone', 'time'],
  ['time with time zone', 'timetz'], ['bit varying', 'varbit'],
]);

/** Whether two defaults of columns of the type are one. */
export function compareDefaults(here: Default, there: Default, type: ColumnType, { omits }: Comparison): Sameness {
  const [left, right] = [plain(here), plain(there)];
  if (left.kind === 'none' && right.kind === 'none') return 'same';
  if (left.kind === 'none' || right.kind === 'none') {
    const isVague = (value: Default) => value.kind === 'unknown' || (value.kind === 'expression' && omits.has('exactness') && value.functions.length === 0);
    return isVague(left) || isVague(right) ? 'unknown' : 'different';
  }
  if (left.kind === 'constant' && right.kind === 'constant') return compareValues(left.value, right.value, type);
  if (left.kind === 'expression' && right.kind === 'expression') {
    // A sequence keeps the name it got, whatever becomes of the names of its table and column.
    const counts = (value: typeof left) => value.functions.includes('nextval');
    return counts(left) && counts(right) ? 'same' : compareExpressions(left.sql, right.sql);
  }
  return 'unknown';
}

function plain(value: Default): Default {
  return value.kind === 'constant' && value.value === null ? { kind: 'none' } : value;
}

function compareValues(here: string | number | boolean | null, there: string | number | boolean | null, type: ColumnType): Sameness {
  if (String(here) === String(there)) return 'same';
  const { name } = type;
  if (name === 'boolean' || (name === 'tinyint' && type.args[0] === 1)) return truth(here) === truth(there) ? 'same' : 'different';
  if (numbers.test(name)) return Number(here) === Number(there) ? 'same' : 'different';
  if (/^time(tz)?$/.test(name) && clock(here) === clock(there)) return 'same';
  // Other types have many spellings for one value: of a moment, of a list, of JSON.
  return /^(varchar|char|(?:tiny|medium|long)?text|citext)$/.test(name) && !type.array ? 'different' : 'unknown';
}

/** A time of day; Active Record writes it with a day of its own. */
function clock(value: string | number | boolean | null): string {
  return String(value).replace(/^2000-01-01 /, '').replace(/^(\d\d?:\d\d)$/, '$1:00');
}

function truth(value: string | number | boolean | null): boolean {
  return /^(t|true|y|yes|on|1)$/i.test(String(value));
}

const numbers = /^((tiny|small|medium|big)?int|integer|numeric|decimal|float|double|real|money)$/;

/** Whether two SQL expressions are the same but for brackets, casts, quotes and letter case; what else they have in common no text can tell. */
export function compareExpressions(here: string, there: string): Sameness {
  return canonicalExpression(here) === canonicalExpression(there) ? 'same' : 'unknown';
}

/** An expression without what a server adds when it prints one: brackets, casts, the schema `public`, quotes; words in lower case. */
export function canonicalExpression(sql: string): string {
  const words: string[] = [];
  const tokens = tokenize(sql);
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.text === '::') at = afterType(tokens, at + 1) - 1;
    else if (token.text === 'public' && tokens[at + 1]?.text === '.') at++;
    else if (token.text === '!=') words.push('<>');
    else if (token.kind !== 'symbol' || (token.text !== '(' && token.text !== ')')) words.push(token.kind === 'string' ? token.text : token.text.toLowerCase());
  }
  return words.join(' ');
}

/** The token behind a type's name. */
function afterType(tokens: readonly Token[], start: number): number {
  let at = start + 1;
  while (tokens[at]?.text === '.') at += 2;
  while (/^(varying|precision|with|without|time|zone)$/.test(tokens[at]?.text ?? '')) at++;
  if (tokens[at]?.text === '(') at = tokens.findIndex((token, index) => index > at && token.text === ')') + 1 || tokens.length;
  while (/^(varying|precision|with|without|time|zone)$/.test(tokens[at]?.text ?? '')) at++;
  while (tokens[at]?.text === '[' && tokens[at + 1]?.text === ']') at += 2;
  return at;
}

/** A default as SQL says it; null when there is none. */
export function printDefault(value: Default): string | null {
  switch (value.kind) {
    case 'none': return null;
    case 'constant': return value.value === null ? null : typeof value.value === 'string' ? `'${value.value}'` : String(value.value);
    case 'expression': return value.sql;
    case 'unknown': return value.text;
  }
}
