import type { Comment } from '../../../operations/index.ts';
import type { Span } from '../../../source/span.ts';
import { numberNode, numberValue, other } from '../build.ts';
import { readComment } from '../comment.ts';
import { withinStack } from '../depth.ts';
import type { ArrayNode, Constant, Program, RubyNode } from '../syntax.ts';
import { readAssignment, readOperatorAssignment } from './assignment.ts';
import { readArguments, readBinary, readCall, readHash, readIndex, readKeywordCall, readSplat, readUnary } from './call.ts';
import { readCase, readCaseMatch, readFor, readIf, readIfModifier, readJump, readLoop, readMatch, readRange, readTernary } from './control.ts';
import { readClass, readLambda, readMethod, readModule, readSingletonClass } from './definition.ts';
import type { RawNode } from './raw.ts';
import type { Reader } from './reader.ts';
import { content, doubtKeyword, field, spanOf, statements, textOf } from './reader.ts';
import { readBegin, readRescueModifier } from './rescue.ts';
import {
  nameSymbol, readCharacter, readChainedString, readDelimitedSymbol, readHeredocMarker, readRegex, readSimpleSymbol, readString, readWords,
} from './string.ts';

/** What tree-sitter's tree came to. */
export interface Reading {
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly dataAt: number | null;
  /** True when the tree holds ERROR or MISSING nodes. */
  readonly damaged: boolean;
  /** Why the tree may be wrong although the grammar took everything. */
  readonly doubts: readonly string[];
  /** The first node that was nested too deep. */
  readonly tooDeep: Span | null;
}

type Read = (reader: Reader, raw: RawNode) => RubyNode;

const literal = (reader: Reader, raw: RawNode): RubyNode => ({ type: 'literal', ...spanOf(raw), value: raw.type as 'nil' | 'true' | 'false' | 'self' });
const variable = (reader: Reader, raw: RawNode): RubyNode => ({ type: 'variable', ...spanOf(raw), name: textOf(reader, raw) });
const parenthesised = (reader: Reader, raw: RawNode): RubyNode => ({ type: 'body', ...spanOf(raw), body: statements(reader, raw) });
const names = (reader: Reader, raw: RawNode): RubyNode => other(raw.type, raw, content(raw).map((child) => readName(reader, child)));
const keyword = (reader: Reader, raw: RawNode): RubyNode => other(textOf(reader, raw), raw);

const readers: Readonly<Record<string, Read>> = {
  class: readClass, module: readModule, singleton_class: readSingletonClass, method: readMethod, singleton_method: readMethod, lambda: readLambda,
  call: readCall, yield: readKeywordCall, super: readKeywordCall, element_reference: readIndex, splat_argument: readSplat, binary: readBinary, unary: readUnary,
  hash: readHash, array: readArray, string_array: readWords, symbol_array: readWords,
  string: readString, subshell: readString, chained_string: readChainedString, character: readCharacter, heredoc_beginning: readHeredocMarker,
  simple_symbol: readSimpleSymbol, delimited_symbol: readDelimitedSymbol, regex: readRegex,
  integer: readNumber, float: readNumber, rational: readNumber, complex: (_, raw) => other('imaginary', raw),
  nil: literal, true: literal, false: literal, self: literal,
  identifier: readIdentifier, constant: readConstant, scope_resolution: readConstantPath,
  instance_variable: variable, class_variable: variable, global_variable: variable,
  assignment: readAssignment, operator_assignment: readOperatorAssignment,
  if: readIf, unless: readIf, if_modifier: readIfModifier, unless_modifier: readIfModifier, conditional: readTernary,
  while: readLoop, until: readLoop, while_modifier: readLoop, until_modifier: readLoop, for: readFor,
  case: readCase, case_match: readCaseMatch, match_pattern: readMatch, test_pattern: readMatch,
  begin: readBegin, rescue_modifier: readRescueModifier, parenthesized_statements: parenthesised, begin_block: parenthesised,
  end_block: (reader, raw) => other('END', raw, statements(reader, raw)),
  return: readJump, break: readJump, next: readJump, redo: readJump, retry: readJump, range: readRange,
  alias: names, undef: names, file: keyword, line: keyword, encoding: keyword, forward_argument: keyword,
};

/** Turns tree-sitter's tree of a text (or of a masked one of equal length) into neutral syntax. */
export function convert(root: RawNode, text: string): Reading {
  const survey = surveyTree(root);
  return withinStack((limit) => read(root, text, survey, limit));
}

function read(root: RawNode, text: string, survey: Survey, limit: number): Reading {
  const doubts = [...survey.doubts];
  let depth = 0;
  let tooDeep: Span | null = null;
  const reader: Reader = {
    text,
    heredocs: survey.heredocs,
    scopes: [],
    locals: new Set(),
    ambiguous: new Set(),
    doubt: (reason) => void doubts.push(reason),
    node(raw) {
      const read = raw.missing ? undefined : readers[raw.type];
      return reader.nested(raw, () => (read ? read(reader, raw) : other(raw.missing ? 'missing' : raw.type, raw, statements(reader, raw))));
    },
    nested(span, read) {
      if (depth >= limit) {
        tooDeep ??= { start: span.start, end: span.end };
        return other('too-deep', span);
      }
      depth += 1;
      const node = read();
      depth -= 1;
      return node;
    },
  };
  const body = statements(reader, root);
  for (const name of reader.ambiguous) if (reader.locals.has(name)) doubts.push(`"${name}" is a local variable`);
  return {
    program: { type: 'program', start: 0, end: text.length, body },
    comments: survey.comments.map((comment) => readComment(text, comment)),
    dataAt: survey.dataAt,
    damaged: survey.damaged,
    doubts,
    tooDeep,
  };
}

interface Survey {
  readonly heredocs: Map<RawNode, RawNode>;
  readonly comments: RawNode[];
  readonly doubts: string[];
  dataAt: number | null;
  damaged: boolean;
}

/** One pass over everything: comments, damage, and which body belongs to which heredoc marker (first marker, first body). */
function surveyTree(root: RawNode): Survey {
  const survey: Survey = { heredocs: new Map(), comments: [], doubts: [], dataAt: null, damaged: false };
  const waiting: RawNode[] = [];
  let bodyEnd = 0;
  const stack = [root];
  for (let raw = stack.pop(); raw; raw = stack.pop()) {
    if (raw.missing || raw.type === 'ERROR') survey.damaged = true;
    if (raw.type === 'comment') survey.comments.push(raw);
    else if (raw.type === 'uninterpreted') survey.dataAt = raw.start - '__END__'.length;
    else if (raw.type === 'heredoc_beginning') {
      if (raw.start < bodyEnd) survey.doubts.push('heredoc inside a heredoc');
      waiting.push(raw);
    } else if (raw.type === 'heredoc_body') {
      const marker = waiting.shift();
      if (marker) survey.heredocs.set(marker, raw);
      bodyEnd = raw.end;
    }
    for (let index = raw.children.length - 1; index >= 0; index--) {
      const child = raw.children[index];
      if (child) stack.push(child);
    }
  }
  if (waiting.length > 0) survey.doubts.push('heredoc without body');
  return survey;
}

function readNumber(reader: Reader, raw: RawNode): RubyNode {
  const text = textOf(reader, raw);
  return numberNode(raw, text, numberValue(text));
}

function readArray(reader: Reader, raw: RawNode): ArrayNode {
  return { type: 'array', ...spanOf(raw), elements: readArguments(reader, raw.children).args };
}

function readConstant(reader: Reader, raw: RawNode): Constant {
  return { type: 'constant', ...spanOf(raw), name: textOf(reader, raw), scope: null };
}

/** `A::B`; on an expression (`foo::Bar::Baz`) the name is what follows it. */
function readConstantPath(reader: Reader, raw: RawNode): Constant {
  const scope = field(raw, 'scope');
  const last = field(raw, 'name');
  const name = last ? textOf(reader, last) : '';
  if (!scope) return { type: 'constant', ...spanOf(raw), name: `::${name}`, scope: null };
  const parent = reader.node(scope);
  return parent.type === 'constant'
    ? { type: 'constant', ...spanOf(raw), name: `${parent.name}::${name}`, scope: parent.scope }
    : { type: 'constant', ...spanOf(raw), name, scope: parent };
}

function readIdentifier(reader: Reader, raw: RawNode): RubyNode {
  const name = textOf(reader, raw);
  if (/[!?]$/.test(name)) return { type: 'call', ...spanOf(raw), receiver: null, name, nameSpan: spanOf(raw), safe: false, args: [], block: null };
  if (/^__(?:FILE|LINE|ENCODING)__$/.test(name)) return other(name, raw);
  doubtKeyword(reader, name);
  noteImplicit(reader, name);
  return { type: 'identifier', ...spanOf(raw), name };
}

function noteImplicit(reader: Reader, name: string): void {
  if (name !== 'it' && !/^_[1-9]$/.test(name)) return;
  const scope = reader.scopes.at(-1);
  if (!scope || scope.kind !== 'block' || scope.declares) return;
  for (let index = reader.scopes.length - 1; index >= 0; index--) {
    const outer = reader.scopes[index];
    if (outer?.locals.has(name)) return;
    if (outer?.kind === 'method') break;
  }
  scope.implicit ??= name === 'it' ? 'it' : 'numbered';
}

/** A name in `alias` or `undef`. */
function readName(reader: Reader, raw: RawNode): RubyNode {
  return /symbol|variable/.test(raw.type) ? reader.node(raw) : nameSymbol(reader, raw);
}
