/** Which rows a data change touches, as far as the text tells. */
export type RowScope =
  /** No condition. */
  | 'all'
  /** A condition that may match any number of rows. */
  | 'filtered'
  /** Bounded: equality on a key, a range of keys, or a LIMIT. */
  | 'bounded';

/** How a data change is carried out. */
export interface BatchMode {
  /** `statement`: one SQL statement; `records`: one statement a row (`each`, `find_each`, `save!`); `batches`: a statement a batch (`in_batches`, a loop over key ranges). */
  readonly by: 'statement' | 'records' | 'batches';
  /** True when it loads records in batches (`find_each`), so that memory is bounded. */
  readonly batchedRead: boolean;
  /** The model it goes through, or null for plain SQL. */
  readonly model: string | null;
}

/** A string constant that a statement stores: in which column, by name, or by its place where the statement names none (zero is the first). */
export interface AssignedText {
  readonly column: string | number;
  readonly text: string;
}

/** One SQL statement. */
export const oneStatement: BatchMode = { by: 'statement', batchedRead: false, model: null };
