import { literalText, type Value } from '../rails/value.ts';
import type { ScriptCall } from './script.ts';

/** A script as Ridgepole prints it with `--dry-run`, one call a line; the block of `create_table` on lines of its own. */
export function printScript(script: readonly ScriptCall[]): string {
  return script.map((call) => printCall(call, '')).join('');
}

function printCall(call: ScriptCall, indent: string): string {
  const options = [...call.options].map(([name, { value }]) => `${/^\w+$/.test(name) ? name : JSON.stringify(name)}: ${printValue(value)}`);
  const args = [...call.args.map((arg, at) => printArgument(arg, isType(call, at))), ...options].join(', ');
  if (!call.inner) return `${indent}${indent === '' ? '' : 't.'}${call.name}(${args})\n`;
  return `create_table(${args}) do |t|\n${call.inner.map((inner) => printCall(inner, '  ')).join('')}end\n`;
}

/** Types are symbols, names are texts, whatever they were written as. */
function printArgument(arg: Value, asType: boolean): string {
  const text = literalText(arg);
  if (text === null) return printValue(arg);
  return asType ? `:${/^\w+$/.test(text) ? text : JSON.stringify(text)}` : JSON.stringify(text);
}

function isType({ name }: ScriptCall, at: number): boolean {
  return name === 'column' ? at === 1 : (name === 'add_column' || name === 'change_column') && at === 2;
}

function printValue(value: Value): string {
  switch (value.type) {
    case 'string':
      return JSON.stringify(value.text.text);
    case 'symbol':
      return `:${value.name}`;
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'nil':
      return 'nil';
    case 'array':
      return `[${value.items.map((item) => (item.type === 'symbol' ? JSON.stringify(item.name) : printValue(item))).join(', ')}]`;
    case 'hash':
      return `{ ${value.entries.map(([key, item]) => `${literalText(key) ?? printValue(key)}: ${printValue(item)}`).join(', ')} }`;
    case 'lambda':
      return `-> { ${value.value ? printValue(value.value) : '...'} }`;
    case 'constant':
      return value.name;
    case 'relation':
      return value.constant;
    case 'unknown':
      return value.text;
  }
}
