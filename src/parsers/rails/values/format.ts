import type { Span } from '../../../source/span.ts';
import { joinEmbedded, type Embedded } from '../../../source/embedded.ts';
import type { Value } from '../value.ts';
import { string } from './make.ts';
import { hole, inexact, moveTo, slice } from './text.ts';

/** `format(text, ...)`, `text % args`, with `%s`, `%d`, `%{name}`, `%<name>s`; undefined when the format is not known. */
export function formatText(format: Value | undefined, args: readonly Value[], at: Span): Value | undefined {
  if (format?.type !== 'string') return undefined;
  const list = args.length === 1 && args[0]?.type === 'array' ? args[0].items : args;
  const named = args.length === 1 && args[0]?.type === 'hash' ? args[0] : null;
  const pieces: Embedded[] = [];
  let partial = format.partial;
  let next = 0;
  let from = 0;
  for (const match of format.text.text.matchAll(/%(?:%|\{(\w+)\}|<(\w+)>[-+0 #]*\d*(?:\.\d+)?[a-zA-Z]|[-+0 #]*\d*(?:\.\d+)?[a-zA-Z])/g)) {
    pieces.push(slice(format.text, from, match.index));
    from = match.index + match[0].length;
    if (match[0] === '%%') {
      pieces.push(inexact('%', at));
      continue;
    }
    const name = match[1] ?? match[2];
    const value = name === undefined ? list[next++] : named?.entries.find(([key]) => key.type === 'symbol' && key.name === name)?.[1];
    const plain = /^%(s|d|i|\{\w+\}|<\w+>[sd])$/.test(match[0]);
    const text = plain ? known(value, at) : null;
    partial ||= text === null || (value?.type === 'string' && value.partial);
    pieces.push(text ?? hole(name ?? (value?.type === 'unknown' ? value.text : match[0]), at));
  }
  pieces.push(slice(format.text, from, format.text.text.length));
  return string(joinEmbedded(pieces), format.at, partial);
}

function known(value: Value | undefined, at: Span): Embedded | null {
  if (value?.type === 'string') return moveTo(value.text, at);
  if (value?.type === 'symbol' && !value.partial) return inexact(value.name, at);
  if (value?.type === 'number' || value?.type === 'boolean') return inexact(String(value.value), at);
  return value?.type === 'nil' ? inexact('', at) : null;
}
