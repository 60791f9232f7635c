import type { Dependent } from '../engines/effect.ts';
import { takenAlong } from '../engines/postgres/dependents.ts';
import type { Deed, Operation, QualifiedName } from '../operations/index.ts';
import { printName } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';
import { withoutContext } from './rest.ts';
import { quoteQualified } from './sql/name.ts';
import { migrationStep, note, perform, rawSql } from './step.ts';

/** Views dropped, the change made, and the views made anew by their own queries, in one transaction; a sentence where that is not known. */
export function recreateDependents(operation: Operation, dependents: readonly Dependent[], c: RemedyContext): Remedy {
  if (dependents.length === 0) {
    const partition = 'table' in operation && operation.table !== null ? c.schema.table(operation.table)?.partitionOf : null;
    return advise(partition ? `Change "${printName(partition)}" instead: the change reaches every partition.` : 'Create a new partitioned table with the columns as they should be, and move the rows to it.');
  }
  const names = dependents.slice(0, 4).map(({ what }) => what).join(', ');
  const drops = takenAlong(dependents, c.schema).map(({ drop }) => drop);
  const changes = operation.kind === 'alter-column-type';
  const advice = changes
    ? `Drop ${names} first, change the type, and make ${dependents.length === 1 ? 'it' : 'them'} anew, all in one transaction.`
    : `Drop or change first what depends on it (${names}), by name and not with CASCADE.`;
  if (!drops.every((drop): drop is Deed => drop !== null) || drops.length > 20) return advise(advice);
  const anew = drops.map((drop) => (drop.kind === 'drop-view' ? createView(drop.view, c) : null)).reverse();
  if (changes && !anew.every((statement) => statement !== null)) return advise(advice);
  const again = changes ? anew.flatMap((statement) => (statement === null ? [] : [rawSql(statement)]))
    : drops.flatMap((drop) => (drop.kind === 'drop-view' ? [note(`Create the view "${printName(drop.view)}" again here, without what is gone.`)] : []));
  return {
    advice,
    steps: [migrationStep({
      words: wordsOf(operation),
      title: `All in one transaction.${again.length > 0 ? ' Repeat the grants of the views, and the indexes of materialized ones.' : ''}`,
      up: [...drops.map(perform), perform(withoutContext(operation)), ...again],
    })],
  };
}

function createView(name: QualifiedName, c: RemedyContext): string | null {
  const view = c.schema.view(name);
  const query = view?.query?.trim().replace(/;$/, '');
  return view && query ? `CREATE ${view.materialized ? 'MATERIALIZED ' : ''}VIEW ${quoteQualified(name, c.engine)} AS\n${query}` : null;
}

/** What depends on it dropped by name first, and then the thing itself without CASCADE, so that the server refuses when something else does. */
export function dropDependentsFirst(operation: Operation & { readonly cascade: boolean }, dependents: readonly Dependent[], _c: RemedyContext): Remedy {
  const advice = 'Leave CASCADE out: the server then names what depends on it. Drop by name what is meant to go, and nothing else goes with it.';
  const drops = dependents.map(({ drop }) => drop);
  if (drops.length === 0 || drops.length > 20 || !drops.every((drop): drop is Deed => drop !== null)) return advise(advice);
  const itself = { ...withoutContext(operation), cascade: false } as Deed;
  return {
    advice,
    steps: [migrationStep({ words: `${wordsOf(operation)} and what depends on it`, title: 'Drop by name what depends on it, and then the thing itself.', up: [...drops, itself].map(perform) })],
  };
}

function wordsOf(operation: Operation): string {
  const table = 'table' in operation && operation.table !== null ? operation.table.name : '';
  switch (operation.kind) {
    case 'alter-column-type':
      return `change type of ${operation.column} of ${table}`;
    case 'drop-column':
      return `remove ${operation.column} from ${table}`;
    case 'drop-table':
      return `drop ${table}`;
    default:
      return operation.kind.replaceAll('-', ' ');
  }
}
