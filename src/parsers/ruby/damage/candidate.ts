import type { Edit } from '../patch.ts';
import type { RubySyntaxError } from '../tree.ts';
import type { RawNode } from '../tree-sitter/raw.ts';
import type { Diagnosis } from './diagnosis.ts';

/** A guess at what went wrong: how the text would read without it, and what to say. Offsets are those of the diagnosed text. */
export interface Candidate {
  readonly edits: readonly Edit[];
  readonly error: RubySyntaxError;
}

/** Guesses for a damaged text, likeliest first. `raw` gives tree-sitter's tree of the text, for its tokens. */
export type Guess = (diagnosis: Diagnosis, raw: () => RawNode) => Candidate[];
