import type { Use, Uses } from '../../application/application.ts';
import type { QualifiedName } from '../../operations/index.ts';
import { printName, sameName } from '../../operations/index.ts';
import type { Finding, RuleContext } from '../rule.ts';
import { excerpt, quoted } from './names.ts';

/** What the application's code says of a name that goes away. */
export interface Evidence {
  /** How many lines here name it, certainly or by all appearances. */
  readonly here: number;
  /** The same for the code that runs. */
  readonly running: number;
  /** One sentence about it, without a space at its ends. */
  readonly sentence: string;
  readonly related: NonNullable<Finding['related']>;
}

/** So many places are listed. */
const mostListed = 4;

/** What the code says of a column, or null when nobody has looked. */
export function columnEvidence(table: QualifiedName, column: string, context: RuleContext): Evidence | null {
  const { code } = context.application;
  if (!code) return null;
  const shared = isShared(table, column, context);
  return evidence(quoted(column), code.columnUses(printName(table), column, shared, 'here'), code.base === null ? null : code.columnUses(printName(table), column, shared, 'base'));
}

/** What the code says of a table, or null when nobody has looked. */
export function tableEvidence(table: QualifiedName, context: RuleContext): Evidence | null {
  const { code } = context.application;
  return code && evidence(quoted(table), code.tableUses(printName(table), 'here'), code.base === null ? null : code.tableUses(printName(table), 'base'));
}

/** The uses of a column that the change set brings, by all appearances; empty without a base. */
export function newColumnUses(table: QualifiedName, column: string, context: RuleContext): readonly Use[] {
  const { code } = context.application;
  return code ? code.columnUses(printName(table), column, isShared(table, column, context), 'here').found.filter((use) => use.isNew && isSure(use)) : [];
}

/** The same for a table. */
export function newTableUses(table: QualifiedName, { application: { code } }: RuleContext): readonly Use[] {
  return code ? code.tableUses(printName(table), 'here').found.filter((use) => use.isNew && isSure(use)) : [];
}

/** True when the name of a column says little, because other tables have one of that name or nobody knows the tables. */
export function isShared(table: QualifiedName, column: string, { schema }: RuleContext): boolean {
  if (!schema.complete) return true;
  for (const other of schema.tables()) if (!sameName(other.name, table) && other.columns.has(column)) return true;
  return false;
}

function evidence(name: string, here: Uses, base: Uses | null): Evidence {
  const [sure, running] = [lines(here.found.filter(isSure)), lines((base ?? here).found.filter(isSure))];
  const possible = lines(here.found.filter((use) => !isSure(use))).filter((use) => !sure.some((other) => isSameLine(use, other)));
  return { here: sure.length, running: running.length, sentence: sentence(name, sure, possible, running, here.complete), related: placesOf([...sure, ...possible], name) };
}

function sentence(name: string, sure: readonly Use[], possible: readonly Use[], running: readonly Use[], complete: boolean): string {
  const unread = complete ? '' : ' There is more code than was read.';
  if (sure.length > 0) return `The code still names it in ${places(sure.length)}.${unread}`;
  if (running.length > 0) return `This pull request takes the last ${running.length === 1 ? 'use' : `${running.length} uses`} of it out of the code; the processes that are running still have ${running.length === 1 ? 'it' : 'them'}.${unread}`;
  if (possible.length > 0) return `${places(possible.length)} of the code ${possible.length === 1 ? 'has' : 'have'} the name ${name} and may mean it.${unread}`;
  return `Nothing else in the code names it any more.${unread}`;
}

/** Places as other places of a finding, the first few. */
export function placesOf(uses: readonly Use[], name: string): NonNullable<Finding['related']> {
  const rest = uses.length - mostListed;
  return uses.slice(0, mostListed).map((use, at) => ({
    place: use.place, position: use.position, text: `${isSure(use) ? 'names' : 'may name'} ${name}: ${excerpt(use.line, 80)}${at === mostListed - 1 && rest > 0 ? ` (and ${places(rest, 'more place')})` : ''}`,
  }));
}

/** One use a line. */
export function lines(uses: readonly Use[]): readonly Use[] {
  return uses.filter((use, at) => uses.findIndex((other) => isSameLine(use, other)) === at);
}

function isSameLine(a: Use, b: Use): boolean {
  return a.place.path === b.place.path && a.position.line === b.position.line;
}

/** True for a use that is more than a name that happens to be the same. */
export function isSure({ certainty }: Use): boolean {
  return certainty !== 'possible';
}

function places(count: number, word = 'place'): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
