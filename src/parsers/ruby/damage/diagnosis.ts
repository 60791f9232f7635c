import type { Span } from '../../../source/span.ts';
import type { PrismMessage } from '../prism.ts';
import { complaintsOf } from '../prism.ts';
import type { Program } from '../syntax.ts';

/** What is wrong with a text. Offsets are those of the text given. */
export interface Diagnosis {
  readonly text: string;
  /** Complaints that tear the tree apart, so that one may cause many; by position. */
  readonly structural: readonly PrismMessage[];
  /** Complaints about sound syntax in the wrong place; each stands for itself. */
  readonly local: readonly PrismMessage[];
  /** Prism's tree of the damaged text. */
  program(): Program;
  /** Where the code ends: at `__END__` or the end of the text. */
  readonly codeEnd: number;
}

/** Prism's names of complaints that leave the tree whole. */
const local = new RegExp(`^(?:${[
  'alias_', 'argument_(?!term|in$|forwarding)', 'class_in_method', 'module_in_method', 'constant_path', 'def_endless_setter', 'escape_', 'expression_not_writable_',
  'float_parse', 'incomplete_variable', 'invalid_(?:block_exit|local_variable|multibyte_escape|number|retry|symbol|variable|yield)', 'it_not', 'mixed_encoding',
  'no_local', 'number_literal', 'numbered_', 'parameter_(?!wild)', 'pattern_(?:array_multiple|capture|hash_(?:key|implicit))', 'regexp_(?!term)', 'return_invalid',
  'singleton_for', 'statement_', 'undef_', 'unexpected_(?:safe|multi|index|block)', 'write_target_(?:in_method|readonly)',
].join('|')})`);

/** Asks Prism about a text; null when it gives up. */
export function diagnose(text: string): Diagnosis | null {
  const reading = complaintsOf(text);
  if (!reading) return null;
  const errors = unique(reading.errors).sort((a, b) => a.start - b.start);
  return {
    text,
    structural: errors.filter((error) => !local.test(error.type)),
    local: errors.filter((error) => local.test(error.type)),
    program: reading.program,
    codeEnd: reading.dataAt ?? text.length,
  };
}

function unique(errors: readonly PrismMessage[]): PrismMessage[] {
  const seen = new Set<string>();
  return errors.filter((error) => {
    const key = `${error.type} ${error.start} ${error.end}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The start of the line that holds an offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The line that holds an offset, without its line end. */
export function lineAt(text: string, offset: number): Span {
  const newline = text.indexOf('\n', offset);
  const end = newline < 0 ? text.length : newline;
  const start = lineStart(text, offset);
  return { start, end: end > start && text[end - 1] === '\r' ? end - 1 : end };
}

/** The width of the white space a line begins with; a tab counts for eight. */
export function indentation(text: string, offset: number): number {
  const start = lineStart(text, offset);
  const space = /^[ \t]*/.exec(text.slice(start, start + 400))?.[0] ?? '';
  return [...space].reduce((width, character) => width + (character === '\t' ? 8 : 1), 0);
}
