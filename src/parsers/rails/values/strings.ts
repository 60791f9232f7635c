import { joinEmbedded, type Embedded } from '../../../source/embedded.ts';
import { mutate } from '../evaluator/assign.ts';
import { interpolated } from '../evaluator/evaluate.ts';
import { hasBlock, unknownOf, yieldTo, type Invocation } from '../evaluator/invocation.ts';
import { eachItem } from '../evaluator/iteration.ts';
import { limits } from '../evaluator/machine.ts';
import { camelize, classify, demodulize, pluralize, singularize, tableize, underscore } from '../inflector.ts';
import { literalText, type Value } from '../value.ts';
import { formatText } from './format.ts';
import { array, boolean, computed, nil, number, string } from './make.ts';
import { literalRegex } from './regex.ts';
import { roleIs } from './special.ts';
import { hole, inexact, lines, replace, slice, split, squish, strip, stripHeredoc } from './text.ts';

type Text = Extract<Value, { type: 'string' | 'symbol' }>;

/** Methods that leave the text as it is. */
const same = new Set(['freeze', 'dup', 'clone', 'to_s', 'to_str', 'html_safe', 'itself', '+@', '-@', 'presence', 'encode', 'force_encoding', 'b', 'unicode_normalize', 'scrub', 'with_indifferent_access']);

/** A method of a string or symbol; undefined when it is none that is known. */
export function stringMethod(inv: Invocation, receiver: Text): Value | undefined {
  const { name, args, node } = inv;
  const text = embedded(receiver);
  const result = (changed: Embedded): Value => string(changed, receiver.at, receiver.partial);
  if (same.has(name)) return receiver.type === 'symbol' ? string(text, receiver.at, receiver.partial) : receiver;
  switch (name) {
    case 'to_sym':
    case 'intern':
      return { type: 'symbol', name: text.text, partial: receiver.partial, at: receiver.at };
    case 'to_proc':
      return receiver;
    case 'squish':
      return result(squish(text));
    case 'strip':
      return result(strip(text));
    case 'lstrip':
      return result(strip(text, true, false));
    case 'rstrip':
    case 'chomp':
      return result(name === 'chomp' && args.length > 0 ? chomp(text, literalText(args[0])) : strip(text, false, true));
    case 'strip_heredoc':
      return result(stripHeredoc(text));
    case 'indent':
      return receiver;
    case '+':
    case 'concat':
    case '<<':
    case 'prepend':
      return concat(inv, receiver, text);
    case '%':
      return formatText(receiver, args, node) ?? unknownOf(inv);
    case '*': {
      const [times] = args;
      if (times?.type !== 'number' || times.value < 0 || times.value * text.text.length > limits.text || times.value > limits.items) return unknownOf(inv);
      return result(joinEmbedded(Array.from({ length: Math.floor(times.value) }, () => text)));
    }
    case 'gsub':
    case 'sub':
    case 'gsub!':
    case 'sub!':
    case 'delete_prefix':
    case 'delete_suffix':
      return substitute(inv, receiver, text);
    case 'each_line':
    case 'lines':
      return listOf(inv, lines(text).map((line) => string(line, receiver.at, receiver.partial)));
    case 'split':
      return splitText(inv, receiver, text);
    default:
  }
  return receiver.partial ? partialMethod(inv, text.text) : knownMethod(inv, text.text);
}

/** Methods whose result is no longer the text as it stands in the file; for texts that are wholly known. */
function knownMethod(inv: Invocation, text: string): Value | undefined {
  const { name, args, node } = inv;
  const { inflections } = inv.machine.environment;
  const changed = transform(name, text, inflections);
  if (changed !== undefined) return computed(changed, node);
  const other = literalText(args[0]);
  switch (name) {
    case 'length':
    case 'size':
      return number(text.length, node);
    case 'to_i':
      return number(Number.parseInt(text, 10) || 0, node);
    case 'to_f':
      return number(Number.parseFloat(text) || 0, node);
    case 'empty?':
      return boolean(text === '', node);
    case 'blank?':
      return boolean(text.trim() === '', node);
    case 'present?':
      return boolean(text.trim() !== '', node);
    case 'start_with?':
    case 'starts_with?':
      return other === null ? undefined : boolean(args.some((arg) => text.startsWith(literalText(arg) ?? '\0')), node);
    case 'end_with?':
    case 'ends_with?':
      return other === null ? undefined : boolean(args.some((arg) => text.endsWith(literalText(arg) ?? '\0')), node);
    case 'include?':
      return other === null ? undefined : boolean(text.includes(other), node);
    case '=~':
    case 'match':
    case 'match?':
    case '!~': {
      const safe = roleIs(args[0], 'regex')?.safe;
      if (!safe || text.length > safe.longest) return undefined;
      const found = safe.pattern.test(text);
      return boolean(name === '!~' ? !found : found, node);
    }
    case '<':
    case '>':
    case '<=':
    case '>=':
      if (other === null) return undefined;
      return boolean(name === '<' ? text < other : name === '>' ? text > other : name === '<=' ? text <= other : text >= other, node);
    case '[]':
    case 'slice':
    case 'first':
    case 'last':
      return part(inv, text);
    case 'chars':
      return text.length <= 200 ? array([...text].map((char) => computed(char, node)), node) : undefined;
    case 'constantize':
    case 'safe_constantize':
      return { type: 'constant', name: text.replace(/^::/, ''), at: node };
    case 'tr':
    case 'delete': {
      const to = literalText(args[1]) ?? '';
      if (other === null || other.length !== 1 || to.length > 1) return undefined;
      return computed(text.replaceAll(other, to), node);
    }
    default:
      return undefined;
  }
}

function transform(name: string, text: string, inflections: Invocation['machine']['environment']['inflections']): string | undefined {
  switch (name) {
    case 'upcase': return text.toUpperCase();
    case 'downcase': return text.toLowerCase();
    case 'capitalize': return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
    case 'swapcase': return [...text].map((char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())).join('');
    case 'camelize':
    case 'camelcase': return camelize(text, inflections);
    case 'underscore': return underscore(text, inflections);
    case 'pluralize': return pluralize(text, inflections);
    case 'singularize': return singularize(text, inflections);
    case 'tableize': return tableize(text, inflections);
    case 'classify': return classify(text, inflections);
    case 'demodulize': return demodulize(text);
    case 'foreign_key': return `${underscore(demodulize(text), inflections)}_id`;
    case 'humanize': return text.replace(/_id$/, '').replaceAll('_', ' ').replace(/^./, (char) => char.toUpperCase());
    case 'titleize': return text.replaceAll('_', ' ').replace(/\b\w/g, (char) => char.toUpperCase());
    case 'dasherize': return text.replaceAll('_', '-');
    case 'parameterize': return text.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^-|-$/g, '');
    case 'reverse': return [...text].reverse().join('');
    case 'inspect':
    case 'dump': return JSON.stringify(text);
    case 'chop': return text.slice(0, -1);
    default: return undefined;
  }
}

/** Answers that hold whatever the unknown parts turn out to be. */
function partialMethod(inv: Invocation, text: string): Value | undefined {
  if (['empty?', 'blank?'].includes(inv.name) && text.replace(/#\{[^}]*\}/g, '').trim() !== '') return boolean(false, inv.node);
  if (inv.name === 'present?' && text.replace(/#\{[^}]*\}/g, '').trim() !== '') return boolean(true, inv.node);
  if (['underscore', 'downcase', 'pluralize', 'tableize', 'classify', 'camelize', 'constantize', 'upcase', 'singularize'].includes(inv.name)) {
    return string(hole(text.replace(/^#\{|\}$/g, ''), inv.node), inv.node, true);
  }
  return undefined;
}

function concat(inv: Invocation, receiver: Text, text: Embedded): Value {
  const pieces = [text];
  let partial = receiver.partial;
  for (const arg of inv.args) {
    const piece = arg.type === 'string' ? arg.text : interpolated(arg, inv.node);
    partial ||= piece === null || (arg.type === 'string' && arg.partial);
    pieces.push(piece ?? hole(arg.type === 'unknown' ? arg.text.slice(0, 60) : '...', arg.at));
  }
  if (inv.name === 'prepend') pieces.push(pieces.shift() as Embedded);
  const length = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  if (length > limits.text || pieces.reduce((sum, piece) => sum + piece.segments.length, 0) > limits.segments) return unknownOf(inv);
  const value = string(joinEmbedded(pieces), receiver.at, partial);
  if (inv.name !== '+') mutate(inv.machine, inv.receiverNode, value, inv.frame);
  return value;
}

function substitute(inv: Invocation, receiver: Text, text: Embedded): Value {
  const { args, name } = inv;
  const pattern = roleIs(args[0], 'regex');
  const plain = literalText(args[0]);
  if (name === 'delete_prefix' || name === 'delete_suffix') {
    if (plain === null) return unknownOf(inv);
    if (name === 'delete_prefix') return string(text.text.startsWith(plain) ? slice(text, plain.length, text.text.length) : text, receiver.at, receiver.partial);
    return string(chomp(text, plain), receiver.at, receiver.partial);
  }
  const regex = pattern ? pattern.safe?.pattern : plain === null ? null : literalRegex(plain);
  const replacement = literalText(args[1]);
  if (!regex || replacement === null || /\\[0-9k]/.test(replacement) || text.text.length > (pattern?.safe?.longest ?? limits.text)) return unknownOf(inv);
  const value = string(replace(text, regex, () => replacement, name.startsWith('gsub')), receiver.at, receiver.partial);
  if (name.endsWith('!')) mutate(inv.machine, inv.receiverNode, value, inv.frame);
  return value;
}

function splitText(inv: Invocation, receiver: Text, text: Embedded): Value {
  const [separator] = inv.args;
  const plain = separator ? literalText(separator) : ' ';
  const pattern = roleIs(separator, 'regex')?.safe?.pattern;
  if (separator && plain === null && !(pattern && /^(;|,|\\n|\\r\?\\n|\\s[+]?|;\\n)$/.test(pattern.source))) return unknownOf(inv);
  let pieces: Embedded[];
  if (!separator || plain === ' ' || pattern?.source.startsWith('\\s')) pieces = split(squish(text), ' ');
  else pieces = split(text, plain ?? (pattern?.source === ',' ? ',' : pattern?.source.startsWith(';') ? ';' : '\n'));
  while (pieces.at(-1)?.text === '') pieces.pop();
  return listOf(inv, pieces.slice(0, limits.items).map((piece) => string(piece, receiver.at, /#\{/.test(piece.text))));
}

function listOf(inv: Invocation, items: readonly Value[]): Value {
  if (hasBlock(inv)) eachItem(inv.machine, items, { node: inv.node, frame: inv.frame }, (item) => yieldTo(inv, [item]));
  return array(items, inv.node);
}

function part(inv: Invocation, text: string): Value | undefined {
  const [from, length] = inv.args;
  if (inv.name === 'first') return computed(text.slice(0, from?.type === 'number' ? from.value : 1), inv.node);
  if (inv.name === 'last') return computed(text.slice(-(from?.type === 'number' ? from.value : 1)), inv.node);
  if (from?.type === 'number') {
    const start = from.value < 0 ? text.length + from.value : from.value;
    return computed(text.substring(start, start + (length?.type === 'number' ? length.value : 1)), inv.node);
  }
  const range = roleIs(from, 'range');
  if (range && range.from !== null) {
    const end = range.to === null ? text.length : range.to < 0 ? text.length + range.to + (range.exclusive ? 0 : 1) : range.to + (range.exclusive ? 0 : 1);
    return computed(text.slice(range.from, end), inv.node);
  }
  if (from?.type === 'string' && !from.partial) return text.includes(from.text.text) ? from : nil(inv.node);
  return undefined;
}

function chomp(text: Embedded, ending: string | null): Embedded {
  return ending !== null && text.text.endsWith(ending) ? slice(text, 0, text.text.length - ending.length) : text;
}

function embedded(value: Text): Embedded {
  if (value.type === 'string') return value.text;
  return value.partial ? hole(value.name.replace(/^#\{|\}$/g, ''), value.at) : inexact(value.name, value.at);
}
