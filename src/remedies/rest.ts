import type { Deed, Operation, OperationKind } from '../operations/index.ts';
import { indexColumns } from '../operations/index.ts';
import type { Span } from '../source/span.ts';
import { contains } from '../source/span.ts';
import type { RemedyContext } from './context.ts';
import type { RemedyStep } from './remedy.ts';
import { sqlWithoutStatements } from './sql/rest.ts';
import { codeStep, migrationStep, perform } from './step.ts';

/**
 * The user's migration without some of its operations. When each has a statement to itself, that is the file's text without those statements
 * (and without what undoes them in `down`); else the other operations are written anew; when neither is possible, only the sentence.
 */
export function withoutStatements(operations: readonly Operation[], text: string, c: RemedyContext): RemedyStep {
  if (c.migration.language === 'sql') return sqlWithoutStatements(operations, text, c, undoes);
  const { source } = c.migration;
  const gone = operations.map((operation) => operation.statement);
  const others = c.migration.operations.filter((operation) => !operations.includes(operation));
  const entwined = operations.some((operation) => operation.via.length > 0) || others.some((other) => gone.some((span) => overlaps(span, other.statement)));
  if (!entwined) {
    const undone = c.migration.down.kind === 'written' ? c.migration.down.operations.filter((down) => operations.some((up) => undoes(down, up))).map((down) => down.statement) : [];
    return { kind: 'code', text, code: cut(source.text, [...gone, ...undone]), path: source.path };
  }
  const deeds = others.filter((other) => other.direction === 'up' && other.kind !== 'other');
  if (deeds.length === 0 || !deeds.every((deed) => deed.certain && deed.guards.length === 0 && writable.has(deed.kind))) return codeStep(text);
  const words = (c.migration.name ?? 'change schema').replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
  return migrationStep({ words, title: text, transaction: c.migration.transaction === 'wrapped', up: deeds.map((deed) => perform(withoutContext(deed))) });
}

/** What an operation does, without where it stands. */
export function withoutContext(operation: Operation): Deed {
  const { at: _at, statement: _statement, via: _via, transaction: _transaction, guards: _guards, certain: _certain, assured: _assured, direction: _direction, language: _language, verb: _verb, ...deed } = operation;
  return deed as Deed;
}

const writable = new Set<OperationKind>([
  'add-column', 'drop-column', 'rename-column', 'alter-column-type', 'set-not-null', 'drop-not-null', 'set-default', 'create-index', 'drop-index',
  'rename-index', 'add-foreign-key', 'add-check', 'validate-constraint', 'drop-constraint',
]);

function overlaps(a: Span, b: Span): boolean {
  return contains(a, b) || contains(b, a) || (a.start < b.end && b.start < a.end);
}

function undoes(down: Operation, up: Operation): boolean {
  if (up.kind === 'create-index' && down.kind === 'drop-index') {
    if (down.name !== null && up.index.name !== null) return down.name.name === up.index.name;
    return down.columns.length > 0 && down.columns.join() === indexColumns(up.index).join();
  }
  if (up.kind === 'add-column' && down.kind === 'drop-column') return down.column === up.column.name;
  return up.kind === 'add-unique' && down.kind === 'drop-constraint' && down.name !== null && down.name === up.name;
}

/** The text without the spans; lines that become empty by it go as a whole, with a statement's semicolon and a blank line that would be left over. */
export function cut(text: string, spans: readonly Span[]): string {
  let result = text;
  for (const span of [...spans].sort((a, b) => b.start - a.start)) {
    let { start, end } = span;
    if (result[end] === ';') end++;
    const lineStart = result.lastIndexOf('\n', start - 1) + 1;
    const next = result.indexOf('\n', end);
    const lineEnd = next < 0 ? result.length : next + 1;
    if (result.slice(lineStart, start).trim() === '' && result.slice(end, lineEnd).trim() === '') [start, end] = [lineStart, lineEnd];
    const before = result.slice(0, start);
    const after = result.slice(end);
    const closes = /^[ \t]*(end\b|\}|\r?\n|$)/.test(after);
    result = (closes ? before.replace(/\n[ \t]*\r?\n$/, '\n') : before) + after;
  }
  return result;
}
