/** One text with its name. All offsets anzen keeps are UTF-16 code units into `text`. */
export interface Source {
  /** Workspace-relative path, `/`-separated; used in every message. */
  readonly path: string;
  /** The decoded text. A byte order mark is kept as a space so that offsets stay true to the file. */
  readonly text: string;
  /** UTF-16 offset at which each line starts; `\n`, `\r\n` and a lone `\r` end a line. */
  readonly lineStarts: readonly number[];
}

/** One-based line and column; `column` counts UTF-16 code units, as ESLint, VS Code and LSP do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Wraps a decoded text. */
export function createSource(path: string, text: string): Source {
  return { path, text, lineStarts: findLineStarts(text) };
}

/** The position of a UTF-16 offset; offsets past the end give the position after the last character. */
export function positionAt(source: Source, offset: number): Position {
  const at = Math.max(0, Math.min(offset, source.text.length));
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (source.lineStarts[low] ?? 0) + 1 };
}

/** The UTF-16 offset of a one-based position, clamped to the text. */
export function offsetAt(source: Source, position: Position): number {
  const line = Math.max(1, Math.min(position.line, source.lineStarts.length));
  const start = source.lineStarts[line - 1] ?? 0;
  return Math.min(start + Math.max(0, position.column - 1), source.text.length);
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10) starts.push(at + 1);
    else if (unit === 13 && text.charCodeAt(at + 1) !== 10) starts.push(at + 1);
  }
  return starts;
}
