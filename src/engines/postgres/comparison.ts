import { tokenize } from '../../schema/expression.ts';
import type { Token } from '../../schema/expression.ts';
import { splitAt, unwrapped } from './condition.ts';
import type { Literal } from './literal.ts';
import { isOfType, readLiteral } from './literal.ts';

/** What a check says of one column, with every NOT carried inwards as the server does it. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'compare'; readonly op: '<' | '<=' | '>' | '>=' | '=' | '<>'; readonly value: Literal }
  | { readonly kind: 'null' | 'not-null' }
  /** Nothing, or nothing that is read: `unread` when it names the column. */
  | { readonly kind: 'elsewhere' | 'unread' };

const deepest = 50;

/** Reads an expression for what it says of the column; `type` is the column's. */
export function conditionOf(expression: string, column: string, type: string | undefined): Condition {
  const tokens = tokenize(expression);
  return read(tokens[0]?.text === 'check' && tokens[1]?.text === '(' ? tokens.slice(1) : tokens, { column, type }, 0);
}

const opposite = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '=': '<>', '<>': '=' } as const;

function negated(condition: Condition): Condition {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return { kind: condition.kind === 'all' ? 'any' : 'all', of: condition.of.map(negated) };
    case 'compare':
      return { ...condition, op: opposite[condition.op] };
    case 'null':
      return { kind: 'not-null' };
    case 'not-null':
      return { kind: 'null' };
    default:
      return condition;
  }
}

interface Subject {
  readonly column: string;
  readonly type: string | undefined;
}

function read(tokens: readonly Token[], subject: Subject, depth: number): Condition {
  const inner = unwrapped(tokens);
  if (depth > deepest) return { kind: 'unread' };
  for (const [word, kind] of [['or', 'any'], ['and', 'all']] as const) {
    const parts = splitAt(inner, word);
    if (parts.length > 1) return { kind, of: parts.map((part) => read(part, subject, depth + 1)) };
  }
  if (inner[0]?.kind === 'word' && inner[0].text === 'not') return negated(read(inner.slice(1), subject, depth + 1));
  return comparison(inner, subject) ?? { kind: inner.some((token) => names(token, subject)) ? 'unread' : 'elsewhere' };
}

function comparison(tokens: readonly Token[], subject: Subject): Condition | null {
  return nullTest(tokens, subject) ?? between(tokens, subject) ?? membership(tokens, subject) ?? plain(tokens, subject);
}

function nullTest(tokens: readonly Token[], subject: Subject): Condition | null {
  for (const [words, kind] of [[['is', 'not', 'null'], 'not-null'], [['notnull'], 'not-null'], [['is', 'null'], 'null'], [['isnull'], 'null']] as const) {
    const at = tokens.length - words.length;
    if (at > 0 && words.every((word, index) => isWord(tokens[at + index], word)) && isSubject(tokens.slice(0, at), subject)) return { kind };
  }
  return null;
}

function between(tokens: readonly Token[], subject: Subject): Condition | null {
  const at = tokens.findIndex((token) => isWord(token, 'between'));
  const and = tokens.findIndex((token, index) => index > at && isWord(token, 'and'));
  const not = isWord(tokens[at - 1], 'not');
  if (at < 0 || and < 0 || !isSubject(tokens.slice(0, not ? at - 1 : at), subject)) return null;
  const low = literal(tokens.slice(at + 1, and), subject);
  const high = literal(tokens.slice(and + 1), subject);
  const within: Condition | null = low && high && { kind: 'all', of: [{ kind: 'compare', op: '>=', value: low }, { kind: 'compare', op: '<=', value: high }] };
  return within && not ? negated(within) : within;
}

/** IN and NOT IN, and what the server makes of them: `= ANY (ARRAY[...])`, `<> ALL (ARRAY[...])`. */
function membership(tokens: readonly Token[], subject: Subject): Condition | null {
  const word = tokens.findIndex((token) => isWord(token, 'in') || isWord(token, 'any') || isWord(token, 'all'));
  const none = isWord(tokens[word - 1], 'not') || tokens[word - 1]?.text === '<>';
  const isIn = isWord(tokens[word], 'in');
  if (word < 1 || (!isIn && tokens[word - 1]?.text !== (isWord(tokens[word], 'any') ? '=' : '<>'))) return null;
  if (!isSubject(tokens.slice(0, isIn && !none ? word : word - 1), subject)) return null;
  const list = unwrapped(withoutCast(unwrapped(tokens.slice(word + 1))));
  const items = isIn ? list : isWord(list[0], 'array') && list[1]?.text === '[' && list.at(-1)?.text === ']' ? list.slice(2, -1) : null;
  const values = items === null ? [] : splitList(items).map((item) => literal(item, subject));
  if (values.length === 0 || values.includes(null)) return null;
  return { kind: none ? 'all' : 'any', of: values.flatMap((value) => (value ? [{ kind: 'compare' as const, op: none ? '<>' as const : '=' as const, value }] : [])) };
}

const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=', '<>': '<>', '!=': '<>' } as const;

function plain(tokens: readonly Token[], subject: Subject): Condition | null {
  const at = tokens.findIndex((token) => token.kind === 'symbol' && token.text in mirrored);
  const op = tokens[at]?.text as keyof typeof mirrored | undefined;
  if (at < 1 || op === undefined) return null;
  const [left, right] = [tokens.slice(0, at), tokens.slice(at + 1)];
  const turned = isSubject(right, subject);
  if (!turned && !isSubject(left, subject)) return null;
  const value = literal(turned ? left : right, subject);
  return value && { kind: 'compare', op: turned ? mirrored[op] : op === '!=' ? '<>' : op, value };
}

function literal(tokens: readonly Token[], subject: Subject): Literal | null {
  const value = readLiteral(tokens);
  return value && isOfType(value, subject.type) ? value : null;
}

/** The column by itself, qualified or not; the server shows text columns with a cast to text. */
function isSubject(tokens: readonly Token[], subject: Subject): boolean {
  const inner = unwrapped(tokens);
  const cast = inner.findIndex((token) => token.kind === 'symbol' && token.text === '::');
  if (cast > 0) return /^(text|varchar|character varying|bpchar)$/.test(inner.slice(cast + 1).map((token) => token.text).join(' ')) && isSubject(inner.slice(0, cast), subject);
  const last = inner.at(-1);
  return last !== undefined && names(last, subject) && inner.length % 2 === 1 && inner.every((token, index) => (index % 2 === 0 ? token.kind === 'word' || token.kind === 'name' : token.text === '.'));
}

function names(token: Token, { column }: Subject): boolean {
  return token.kind === 'name' ? token.text === column : token.kind === 'word' && token.text === column.toLowerCase();
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text === word;
}

function withoutCast(tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  const cast = tokens.findIndex((token) => {
    if (token.kind === 'symbol' && /^[([]$/.test(token.text)) depth++;
    if (token.kind === 'symbol' && /^[)\]]$/.test(token.text)) depth--;
    return depth === 0 && token.kind === 'symbol' && token.text === '::';
  });
  return cast > 0 ? tokens.slice(0, cast) : tokens;
}

/** Cuts a list at the commas outside brackets. */
export function splitList(tokens: readonly Token[]): (readonly Token[])[] {
  const parts: (readonly Token[])[] = [];
  let depth = 0;
  let start = 0;
  tokens.forEach((token, index) => {
    if (token.kind !== 'symbol') return;
    if (token.text === '(' || token.text === '[') depth++;
    else if (token.text === ')' || token.text === ']') depth--;
    else if (token.text === ',' && depth === 0) {
      parts.push(tokens.slice(start, index));
      start = index + 1;
    }
  });
  return tokens.length === 0 ? [] : [...parts, tokens.slice(start)];
}
