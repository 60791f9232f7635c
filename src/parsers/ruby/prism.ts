import type { ParseResult } from '@ruby/prism/src/deserialize.js';
import { parsePrism } from '@ruby/prism/src/parsePrism.js';
import type { Comment } from '../../operations/index.ts';
import { byteTable } from '../../source/bytes.ts';
import type { Span } from '../../source/span.ts';
import { limitWasmTiering } from '../wasm-budget.ts';
import { readWasm } from '../wasm.ts';
import { readComment } from './comment.ts';
import { convert } from './prism/convert.ts';
import type { Patch } from './patch.ts';
import { unpatched } from './patch.ts';
import type { Program } from './syntax.ts';

/** A complaint of Prism's; `type` is its own name for it (`class_name`). */
export interface PrismMessage extends Span {
  readonly type: string;
  readonly message: string;
}

/** A file as Prism read it. */
export interface PrismReading {
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly dataAt: number | null;
  readonly errors: readonly PrismMessage[];
  /** The first node that was nested too deep. */
  readonly tooDeep: Span | null;
}

/** Errno for "not supported": what every system call of the module is answered with. It needs none. */
const notSupported = 52;

let compiled: WebAssembly.Module | null = null;
let instance: WebAssembly.Instance | null = null;

/** A release whose rules are asked for: some code of 3.3 and before is refused since 3.4 (`it` beside parameters, keywords in `a[k: 1] = 2`). */
export type RubyVersion = 'latest' | '3.3';

/**
 * Prism's packed options: no path, line 1, no encoding name, then seven flags of which the third is the version and the fourth says that an
 * encoding comment does not count (the text is decoded already), no scopes.
 */
const packedOptions = (version: RubyVersion): Uint8Array =>
  Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, version === '3.3' ? 1 : 0, 1, 0, 0, 0, 0, 0, 0, 0);

interface PrismExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  calloc(count: number, size: number): number;
  free(pointer: number): void;
  pm_parse_success_p(source: number, size: number, options: number): number;
}

/** True when the text is valid Ruby as far as Prism can say; much cheaper than reading it. Throws when prism.wasm is missing. */
export function isValidRuby(text: string, version: RubyVersion = 'latest'): boolean {
  return succeeds(text, version) || (restartedUnsound() && succeeds(text, version));
}

function succeeds(text: string, version: RubyVersion): boolean {
  const prism = (instance ??= instantiate()).exports as unknown as PrismExports;
  const bytes = new TextEncoder().encode(text);
  const options = packedOptions(version);
  try {
    const source = prism.calloc(1, bytes.length + options.length);
    const memory = new Uint8Array(prism.memory.buffer);
    memory.set(bytes, source);
    memory.set(options, source + bytes.length);
    const valid = prism.pm_parse_success_p(source, bytes.length, source + bytes.length) !== 0;
    prism.free(source);
    return valid;
  } catch (error) {
    instance = null;
    if (error instanceof RangeError || error instanceof WebAssembly.RuntimeError) return false;
    throw error;
  }
}

/** Valid Ruby with a bit of everything. */
const canary = 'class A < B::C[7.1]\n  def up; t :x, y: "#{1 + 2}" do |z| end; end\nend\n';

/**
 * A text with thousands of chained operators overflows the module's stack into its own tables without a trap, and every text after it is refused.
 * So a refusal counts only while known good Ruby is accepted; if it is not, the module starts afresh. True when it did.
 */
function restartedUnsound(): boolean {
  if (instance !== null && succeeds(canary, 'latest')) return false;
  instance = null;
  return true;
}

/** Reads a text with Prism; spans and values are those of the original. Null when the parser gives up. Throws when prism.wasm is missing. */
export function readWithPrism(patch: Patch, version: RubyVersion = 'latest'): PrismReading | null {
  const result = parse(patch.text, version);
  if (!result) return null;
  try {
    return readResult(result, patch);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What Prism says about a text, with its tree on demand; null when the parser gives up. Offsets are those of the text. */
export function complaintsOf(text: string): { errors: readonly PrismMessage[]; dataAt: number | null; program: () => Program } | null {
  const result = parse(text, 'latest');
  if (!result) return null;
  const span = spanReader(unpatched(text));
  return { errors: messages(result, span), dataAt: dataStart(result, span), program: () => convert(result.value, text, span).program };
}

function parse(text: string, version: RubyVersion): ParseResult | null {
  const result = parseOnce(text, version);
  return result && result.errors.length > 0 && restartedUnsound() ? parseOnce(text, version) : result;
}

function parseOnce(text: string, version: RubyVersion): ParseResult | null {
  const module = (instance ??= instantiate());
  try {
    // The text is decoded already, so an encoding comment must not count.
    return parsePrism(module.exports, text, { encoding: false, version });
  } catch (error) {
    // Memory of an interrupted run is not given back: the next file starts afresh.
    instance = null;
    if (error instanceof RangeError || error instanceof WebAssembly.RuntimeError) return null;
    throw error;
  }
}

type ToSpan = (location: { startOffset: number; length: number }) => Span;

function readResult(result: ParseResult, patch: Patch): PrismReading {
  const span = spanReader(patch);
  return {
    ...convert(result.value, patch.original, span),
    comments: result.comments.map((comment) => readComment(patch.original, span(comment.location))),
    dataAt: dataStart(result, span),
    errors: messages(result, span),
  };
}

function spanReader(patch: Patch): ToSpan {
  const bytes = byteTable(patch.text);
  return (location) => {
    const start = patch.toOriginal(bytes.toUtf16(location.startOffset));
    return { start, end: Math.max(start, patch.toOriginal(bytes.toUtf16(location.startOffset + location.length))) };
  };
}

function messages(result: ParseResult, span: ToSpan): PrismMessage[] {
  return result.errors.map((error) => ({ type: error.type, message: error.message, ...span(error.location) }));
}

function dataStart(result: ParseResult, span: ToSpan): number | null {
  return result.dataLoc ? span(result.dataLoc as { startOffset: number; length: number }).start : null;
}

function instantiate(): WebAssembly.Instance {
  limitWasmTiering();
  compiled ??= new WebAssembly.Module(readWasm('@ruby/prism', 'src/prism.wasm'));
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module, name } of WebAssembly.Module.imports(compiled)) (imports[module] ??= {})[name] = () => notSupported;
  const created = new WebAssembly.Instance(compiled, imports);
  (created.exports._initialize as () => void)();
  return created;
}
