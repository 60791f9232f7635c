import type { Comment } from '../../operations/index.ts';
import type { Source } from '../../source/source.ts';
import type { Span } from '../../source/span.ts';
import type { Program } from './syntax.ts';

/** A syntax error: `message` is one plain sentence. */
export interface RubySyntaxError extends Span {
  readonly message: string;
}

/** One Ruby file as read. With errors, `program` holds what could be recovered. */
export interface RubyTree {
  readonly source: Source;
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly errors: readonly RubySyntaxError[];
  /** UTF-16 offset of `__END__`, or null. */
  readonly dataAt: number | null;
  /** Which parser's tree this is. */
  readonly parser: 'tree-sitter' | 'prism';
}

/** A loaded Ruby parser; see `loadRubyParser`. */
export interface RubyParser {
  /** Reads a whole file. Never throws; what is wrong is in `errors`. */
  parse(source: Source): RubyTree;
}
