import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import picomatch from 'picomatch';
import type { Invocation } from '../rails/evaluator/invocation.ts';
import { hasBlock, optionsOf, textOf, yieldTo } from '../rails/evaluator/invocation.ts';
import { literalText, type Value } from '../rails/value.ts';
import { array, boolean, computed, nil } from '../rails/values/make.ts';
import { special } from '../rails/values/special.ts';
import type { Reading } from './reading.ts';

/** What calls about files give (`Dir.glob`, `File.join`, `__dir__`, `Rails.root`): paths are absolute texts. Undefined for all other calls. `file` is the one that is read. */
export function fileCall(inv: Invocation, reading: Reading, file: string): Value | undefined {
  const { receiver, name } = inv;
  const path = (value: Value | undefined): string | null => (value?.type === 'unknown' && value.text === '__FILE__' ? file : literalText(value));
  const made = (text: string): Value => computed(text, inv.node);
  if (receiver === null) {
    if (name === '__dir__') return made(dirname(file));
    return name === 'Pathname' && path(inv.args[0]) !== null ? made(path(inv.args[0]) ?? '') : undefined;
  }
  if (receiver.type === 'string' && !receiver.partial && isAbsolute(receiver.text.text)) return pathCall(inv, reading, receiver.text.text);
  if (receiver.type !== 'constant') return undefined;
  const texts = inv.args.map(path);
  switch (`${receiver.name.replace(/^::/, '')}.${name}`) {
    case 'Rails.root':
    case 'Dir.pwd':
    case 'Dir.getwd':
      return made(reading.directory);
    case 'Pathname.new':
    case 'File.realpath':
    case 'File.absolute_path':
      return texts[0] ? made(resolve(reading.directory, texts[0])) : undefined;
    case 'File.expand_path':
      return texts[0] ? made(resolve(reading.directory, texts[1] ?? '.', texts[0])) : undefined;
    case 'File.join':
      return texts.every((text) => text !== null) ? made(join(...texts)) : undefined;
    case 'File.dirname':
      return texts[0] ? made(dirname(texts[0])) : undefined;
    case 'File.basename':
      return texts[0] ? made(basename(texts[0], (texts[1] ?? '').replace(/^\.\*$/, /\.\w+$/.exec(texts[0])?.[0] ?? ''))) : undefined;
    case 'File.exist?':
    case 'File.file?':
      return texts[0] ? boolean(reading.files.read(resolve(reading.directory, texts[0])) !== null, inv.node) : undefined;
    case 'File.read':
    case 'IO.read':
      return texts[0] ? textOfFile(inv, reading, resolve(reading.directory, texts[0])) : undefined;
    case 'Dir.glob':
    case 'Dir.[]':
      return globCall(inv, reading, inv.args.flatMap((arg) => (arg.type === 'array' ? arg.items.map(path) : arg.type === 'hash' ? [] : [path(arg)])), path(optionsOf(inv).get('base')));
    default:
      return undefined;
  }
}

/** Methods of a Pathname; a path is an absolute text here. */
function pathCall(inv: Invocation, reading: Reading, path: string): Value | undefined {
  const texts = inv.args.map(literalText);
  switch (inv.name) {
    case 'join':
      return texts.every((text) => text !== null) ? computed(resolve(path, ...texts), inv.node) : undefined;
    case 'parent':
    case 'dirname':
      return computed(dirname(path), inv.node);
    case 'glob':
      return globCall(inv, reading, texts, path);
    case 'read':
      return textOfFile(inv, reading, path);
    case 'expand_path':
    case 'realpath':
      return computed(path, inv.node);
    default:
      return undefined;
  }
}

function textOfFile(inv: Invocation, reading: Reading, path: string): Value {
  const value = special({ kind: 'file' }, textOf(inv), inv.node, inv.node);
  reading.texts.set(value, path);
  return value;
}

/** The files that match, by the bytes of their names, as Ruby gives them since 3.0. */
function globCall(inv: Invocation, reading: Reading, patterns: readonly (string | null)[], base: string | null): Value | undefined {
  if (patterns.length === 0 || patterns.some((pattern) => pattern === null)) return undefined;
  const found = patterns.flatMap((pattern) => {
    const absolute = resolve(reading.directory, base ?? '.', pattern ?? '');
    const fixed = absolute.split('/').findIndex((part) => /[*?[{]/.test(part));
    const top = fixed < 0 ? dirname(absolute) : absolute.split('/').slice(0, fixed).join('/') || '/';
    const matches = picomatch(absolute);
    return reading.files.below(top).filter((file) => matches(file)).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  });
  const items = found.map((file) => computed(file, inv.node));
  if (!hasBlock(inv)) return array(items, inv.node);
  for (const item of items) yieldTo(inv, [item]);
  return nil(inv.node);
}
