import type { Comment } from '../../operations/index.ts';
import type { Source } from '../../source/source.ts';
import { createSource } from '../../source/source.ts';
import type { Place, Span } from '../../source/span.ts';
import type { ReadSchemaFile } from './reading.ts';

/**
 * The files of a Schemafile as one text, one after the other: what Ridgepole runs goes back and forth between them, and is judged as one change. `parts` says which stretch is which file.
 */
export interface JoinedFiles {
  readonly source: Source;
  readonly parts: readonly Place[];
  readonly comments: readonly Comment[];
  readonly statements: readonly Span[];
  /** A span of one of the files, in the joined text; of the first file's beginning when the file is not among them. */
  at(path: string, span: Span): Span;
}

/** Joins files. The joined text goes by the first one's path. */
export function joinFiles(files: readonly ReadSchemaFile[]): JoinedFiles {
  const parts: Place[] = [];
  const starts = new Map<string, number>();
  const comments: Comment[] = [];
  const statements: Span[] = [];
  let text = '';
  for (const { source, comments: own, statements: spans } of files) {
    const start = text.length;
    const end = start + source.text.length;
    starts.set(source.path, start);
    parts.push({ path: source.path, start, end });
    comments.push(...own.map((comment) => ({ ...comment, start: comment.start + start, end: comment.end + start })));
    // The last one is nothing: a directive at the end of a file speaks of nothing in the next one.
    statements.push(...spans.map((span) => moved(span, start)), { start: end, end });
    text += `${source.text}\n`;
  }
  return {
    source: createSource(files[0]?.source.path ?? 'Schemafile', text), parts, comments, statements,
    at(path, span) {
      const start = starts.get(path);
      return start === undefined ? { start: 0, end: 0 } : moved(span, start);
    },
  };
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
