import { qualified, type QualifiedName } from '../../../operations/index.ts';
import { cover } from '../../../source/span.ts';
import type { Option, StatementCall } from '../call.ts';
import { literalText, type Value } from '../value.ts';

/** The options of a call, or of a hash inside it. */
export interface Options {
  readonly options: ReadonlyMap<string, Option>;
  /** False when more may have been added that is not known. */
  readonly optionsComplete: boolean;
}

/** No options at all. */
export const noOptions: Options = { options: new Map(), optionsComplete: true };

/** Ruby's truth of a value: true, false, or null when it is not known. */
export function truth(value: Value | undefined): boolean | null {
  if (value === undefined || value.type === 'nil') return false;
  if (value.type === 'boolean') return value.value;
  return value.type === 'unknown' ? null : true;
}

/** True when the option is given and certainly true in Ruby's sense. */
export function isOn(call: Options, name: string): boolean {
  return truth(call.options.get(name)?.value) === true;
}

/** True when the option is given and certainly `false` or `nil`. */
export function isOff(call: Options, name: string): boolean {
  return call.options.has(name) && truth(call.options.get(name)?.value) === false;
}

/** True when the option is certainly `false`, not merely `nil`. */
export function isFalse(call: Options, name: string): boolean {
  const value = call.options.get(name)?.value;
  return value?.type === 'boolean' && !value.value;
}

/** The option's value, or undefined when it is not given or `nil`. */
export function given(call: Options, name: string): Value | undefined {
  const value = call.options.get(name)?.value;
  return value === undefined || value.type === 'nil' ? undefined : value;
}

/** The option as text (string, symbol, number); null when it is not given or not known. */
export function optionText(call: Options, name: string): string | null {
  return literalText(call.options.get(name)?.value);
}

/** The option as a whole number; null when it is not given or not one. */
export function optionNumber(call: Options, name: string): number | null {
  const value = call.options.get(name)?.value;
  if (value?.type === 'number') return value.value;
  const text = literalText(value);
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

/** The text of a name or an expression; parts that are not known stand as `#{source}`. */
export function nameText(value: Value): string {
  switch (value.type) {
    case 'string': return value.text.text;
    case 'symbol': return value.name;
    case 'number': return String(value.value);
    case 'boolean': return String(value.value);
    case 'unknown': return `#{${shortened(value.text)}}`;
    case 'constant':
    case 'relation': return `#{${value.type === 'constant' ? value.name : value.constant}}`;
    case 'lambda': return value.value ? nameText(value.value) : '#{...}';
    case 'nil':
    case 'array':
    case 'hash': return '#{...}';
  }
}

/** Source text short enough for a name in a message. */
function shortened(source: string): string {
  const line = source.slice(0, 200).replace(/\s+/g, ' ').trim();
  return line.length > 60 ? '...' : line;
}

/** True when the value's text is not wholly known. */
export function isDynamic(value: Value): boolean {
  if (value.type === 'lambda') return value.value === null || isDynamic(value.value);
  return literalText(value) === null;
}

/** True when the value can stand for a name although it may not be known which. */
export function canBeName(value: Value | undefined): value is Value {
  return value !== undefined && !['nil', 'boolean', 'array', 'hash', 'lambda'].includes(value.type);
}

/** A table, index or type name; `schema.name` is split, quotes are taken off. */
export function qualifiedName(value: Value): QualifiedName {
  const text = nameText(value);
  if (isDynamic(value)) return { schema: null, name: text, dynamic: true };
  return splitName(text);
}

/** Splits `schema.name` and takes quotes off, as Active Record does. */
export function splitName(text: string): QualifiedName {
  const parts = text.match(/[^"`.\s]+|"[^"]*"|`[^`]*`/g) ?? [text];
  const bare = parts.map((part) => part.replace(/^["`]|["`]$/g, ''));
  const [first, second] = bare;
  if (bare.length === 2 && first && second) return qualified(second, first);
  return qualified(bare.length === 1 && first ? first : text);
}

/** The names in a symbol, string or list of them; null when the list itself is not known. */
export function nameList(value: Value | undefined): readonly Value[] | null {
  if (value === undefined || value.type === 'nil') return [];
  if (value.type === 'array') return value.complete ? value.items : null;
  return canBeName(value) ? [value] : null;
}

/** The texts of a symbol, string or list of them; empty when it is not given or not known. */
export function nameTexts(value: Value | undefined): string[] {
  return (nameList(value) ?? []).map(nameText);
}

/** The entries of a hash as options; null when the value is no hash. */
export function hashOptions(value: Value | undefined): Options | null {
  if (value?.type !== 'hash') return null;
  const options = new Map<string, Option>();
  let complete = value.complete;
  for (const [key, entry] of value.entries) {
    const name = literalText(key);
    if (name === null) complete = false;
    else options.set(name, { value: entry, at: cover(key.at, entry.at) });
  }
  return { options, optionsComplete: complete };
}

/** A braced hash at the end of the arguments counts as options, as it did before Ruby 3. */
export function withTrailingHash(call: StatementCall): StatementCall {
  const last = hashOptions(call.args.at(-1));
  if (!last) return call;
  return {
    ...call,
    args: call.args.slice(0, -1),
    options: new Map([...last.options, ...call.options]),
    optionsComplete: call.optionsComplete && last.optionsComplete,
  };
}

/** The options without the named ones. */
export function withoutOptions(call: Options, ...names: readonly string[]): Options {
  return { options: new Map([...call.options].filter(([name]) => !names.includes(name))), optionsComplete: call.optionsComplete };
}

/** The options and, where they do not say, those of `defaults`. */
export function withDefaults(call: Options, defaults: Options): Options {
  return { options: new Map([...defaults.options, ...call.options]), optionsComplete: call.optionsComplete && defaults.optionsComplete };
}
