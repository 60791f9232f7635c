import type { RemedyContext } from '../context.ts';
import { inverseOf } from '../inverse.ts';
import { fileWords, snakeCase } from '../naming.ts';
import type { RemedyStatement, RemedyStep } from '../remedy.ts';
import { sqlStatements } from './statement.ts';

/** A statement as SQL, without its semicolon, or the text of a comment. */
export interface Piece {
  readonly kind: 'statement' | 'comment';
  readonly text: string;
}

/** One migration of a remedy as SQL, not yet laid out for a tool. */
export interface Draft {
  /** CamelCase. */
  readonly name: string;
  /** The same in lower case with underscores. */
  readonly words: string;
  readonly title: string;
  /** False when it must run outside a transaction. */
  readonly transaction: boolean;
  /** True when it builds and drops indexes concurrently and does nothing else: a tool that looks at the statements finds out by itself that they refuse a transaction. */
  readonly isSeenThrough: boolean;
  readonly up: readonly Piece[];
  /** Empty when nothing has to be undone; null when it cannot be by what is known. */
  readonly down: readonly Piece[] | null;
}

type MigrationStep = Extract<RemedyStep, { kind: 'migration' }>;

/** A migration step as SQL. MySQL and SQLite need no switch: the former commits each schema statement anyway, the latter refuses none. */
export function draftOf(step: MigrationStep, c: RemedyContext): Draft {
  const down = step.down ?? inverseOf(step.up, c);
  const doing = step.up.filter((statement) => statement.kind !== 'comment');
  return {
    name: step.name,
    words: step.words === undefined ? snakeCase(step.name) : fileWords(step.words),
    title: step.title ?? 'Write this migration.',
    transaction: step.transaction || c.engine.name !== 'postgres',
    isSeenThrough: doing.length > 0 && doing.every((statement) => isConcurrent(statement) && statement.kind === 'operation' && /^(?:create|drop)-index$/.test(statement.deed.kind)),
    up: step.up.flatMap((statement) => piecesOf(statement, c)),
    down: down && down.flatMap((statement) => piecesOf(statement, c)),
  };
}

function piecesOf(statement: RemedyStatement, c: RemedyContext): Piece[] {
  if (statement.kind === 'comment') return [{ kind: 'comment', text: statement.text }];
  const sql = sqlStatements(statement, c);
  if (sql === null) return [{ kind: 'comment', text: `To be written by hand: ${(statement.kind === 'operation' ? statement.deed.kind : statement.kind).replaceAll('-', ' ')}.` }];
  return sql.map((text) => ({ kind: 'statement', text }));
}

/** True for a statement with CONCURRENTLY, which Postgres refuses in a transaction. */
export function isConcurrent(statement: RemedyStatement): boolean {
  if (statement.kind === 'operation') return 'concurrently' in statement.deed && statement.deed.concurrently;
  return statement.kind === 'sql' && /^\s*(?:reindex|create|drop|alter)\b.*\bconcurrently\b/is.test(statement.sql.replace(/"[^"]*"|'[^']*'/g, ''));
}

/** True for what must not run in a transaction: it is refused there, or every batch of it is to be committed by itself. */
export function needsNoTransaction(statement: RemedyStatement): boolean {
  return isConcurrent(statement) || statement.kind === 'backfill' || statement.kind === 'batched-delete' || (statement.kind === 'operation' && statement.deed.kind === 'add-enum-value')
    || (statement.kind === 'sql' && /^\s*vacuum\b/i.test(statement.sql));
}

/** True for a statement with semicolons of its own, which a tool that cuts files at semicolons must be told about. */
export function isCompound(piece: Piece): boolean {
  return piece.kind === 'statement' && piece.text.includes(';');
}

/** The statements with their semicolons, a blank line around those of several lines; `mark` stands after each but the last. */
export function sqlText(pieces: readonly Piece[], mark = '', around: (text: string, piece: Piece) => string = (text) => text): string {
  let text = '';
  pieces.forEach((piece, at) => {
    const own = piece.kind === 'comment' ? piece.text.split('\n').map((line) => `-- ${line}`).join('\n') : around(`${piece.text};`, piece);
    const isLast = !pieces.slice(at + 1).some(({ kind }) => kind === 'statement');
    const previous = pieces[at - 1];
    const apart = previous?.kind === 'statement' && (own.includes('\n') || previous.text.includes('\n'));
    text += `${apart ? '\n' : ''}${own}${piece.kind === 'statement' && !isLast ? mark : ''}\n`;
  });
  return text;
}
