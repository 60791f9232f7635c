import { operation } from '../../operations/index.ts';
import type { Down, Engine, Migration, Operation, Problem, SqlTool } from '../../operations/index.ts';
import type { Source } from '../../source/source.ts';
import type { Span } from '../../source/span.ts';
import { commentsIn } from './file/comments.ts';
import type { FileParts, FileSituation, Part } from './file/part.ts';
import { readParts } from './file/read-parts.ts';
import { travelOf } from './file/sending.ts';
import { createTransactions } from './file/transactions.ts';
import type { Transactions } from './file/transactions.ts';
import type { SqlParser, SqlStatement } from './statement.ts';
import { lexiconOf } from './text/lexicon.ts';
import { createMemory } from './text/memory.ts';
import type { SqlMemory } from './text/memory.ts';

/** What is known about a file of SQL before it is read. */
export interface SqlEnvironment {
  readonly engine: Engine;
  readonly sql: SqlParser;
  readonly tool: SqlTool;
  readonly situation: FileSituation;
  /** What the tool orders the file by, or null. */
  readonly version: string | null;
  /** The version of the newest migration of the set, or null. */
  readonly latestVersion?: string | null;
  /** True when the way back stands in a file of its own. */
  readonly hasDownFile: boolean;
}

/** Reads one SQL migration into operations and problems: what the tool that runs it deploys of it, in the transactions it opens. Never throws. */
export function parseSqlMigration(source: Source, environment: SqlEnvironment): Migration {
  const { engine, tool } = environment;
  const parts = readParts[tool](source.text, environment.situation, engine);
  const transactions = createTransactions(engine);
  // A later part calls what an earlier one defines.
  const [memory, memoryDown] = [createMemory(), createMemory()];
  const up = parts.up.map((part) => readPart(source, part, 'up', transactions, memory, environment));
  const down = parts.down?.map((part) => readPart(source, part, 'down', createTransactions(engine), memoryDown, environment));
  const operations = up.flatMap((part) => part.operations);
  const statements = up.flatMap((part) => part.statements);
  return {
    source, framework: tool, language: 'sql', name: null,
    head: headOf(source.text, parts.up[0], statements[0]),
    version: environment.version, latestVersion: environment.latestVersion ?? null, frameworkVersion: environment.situation.version.slice(0, 2).join('.') || null,
    transaction: [...transactions.opened.values()].includes('framework') ? 'wrapped' : 'none',
    transactionDisabledAt: parts.transactionDisabledAt,
    transactions: transactions.opened,
    ...recordsOf(parts, statements),
    operations,
    down: downOf(down?.flatMap((part) => part.operations), environment),
    problems: [...parts.problems, ...up.flatMap((part) => part.problems)],
    comments: commentsIn(source.text, lexiconOf(engine.name), statements.length === 0),
    statements: [...statements, ...up.flatMap((part) => part.inner)],
  };
}

function recordsOf({ recorded, up }: FileParts, statements: readonly Span[]): Pick<Migration, 'records'> {
  return recorded ? { records: (recorded === 'part' ? up : statements).map(({ start, end }) => ({ start, end })) } : {};
}

interface ReadPart { readonly operations: readonly Operation[]; readonly problems: readonly Problem[]; readonly statements: readonly Span[]; readonly inner: readonly Span[] }

function readPart(source: Source, part: Part, direction: 'up' | 'down', transactions: Transactions, memory: SqlMemory, { sql, engine }: SqlEnvironment): ReadPart {
  // Read from the part's own text, so that its offsets have to be moved; the usual file is one part.
  const statements = sql.parse(part.text ?? source.text.slice(part.start, part.end), [], memory).map((statement) => (part.start === 0 ? statement : moved(statement, part.start)));
  transactions.startPart(travelOf(part.sending, statements, engine), statements.length);
  const operations: Operation[] = [];
  for (const statement of statements) {
    const span = { start: statement.start, end: statement.end };
    for (const { deed, at, guards, uncertain, via, lockWait } of statement.deeds) {
      operations.push(operation(deed, {
        at: { start: at.start, end: at.end }, statement: span, via: via ? [{ path: source.path, start: via.start, end: via.end }] : [], transaction: transactions.enter(deed), guards, certain: !uncertain, assured: null, direction, language: 'sql', verb: statement.verb, ...(lockWait === undefined ? {} : { lockWait }),
      }) as Operation);
    }
  }
  transactions.endPart();
  return { operations, problems: statements.flatMap(syntaxError), statements: statements.map(({ start, end }) => ({ start, end })), inner: statements.flatMap(({ deeds }) => deeds.flatMap(({ inner }) => inner ?? [])) };
}

function moved(statement: SqlStatement, by: number): SqlStatement {
  const move = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return { ...statement, ...move(statement), deeds: statement.deeds.map((deed) => ({ ...deed, at: move(deed.at), ...(deed.inner ? { inner: move(deed.inner) } : {}), ...(deed.via ? { via: move(deed.via) } : {}) })), error: statement.error && { ...statement.error, at: move(statement.error.at) } };
}

function syntaxError({ error, dynamic, start, end }: SqlStatement): Problem[] {
  return error && !dynamic ? [{ kind: 'syntax-error', language: 'sql', message: error.message, at: { start: error.at.start, end: error.at.end }, statement: { start, end } }] : [];
}

function downOf(operations: readonly Operation[] | undefined, { hasDownFile }: SqlEnvironment): Down {
  if (operations) return { kind: 'written', operations };
  return hasDownFile ? { kind: 'written', operations: [] } : { kind: 'missing' };
}

/** The first line of the first statement, or of the file. */
function headOf(text: string, first: Part | undefined, statement: Span | undefined): Span {
  const start = statement?.start ?? first?.start ?? 0;
  const newline = text.indexOf('\n', start);
  const end = Math.min(statement?.end ?? text.length, newline < 0 ? text.length : newline);
  return { start, end: Math.max(start, end) };
}
