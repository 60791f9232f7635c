import type { Deed, Engine } from '../../../operations/index.ts';
import { olderThan } from '../../../operations/index.ts';
import type { SqlStatement } from '../statement.ts';
import type { Sending } from './part.ts';

/** How statements travel once it is known what they are. */
export type Travel = 'wrapped' | 'statements' | 'whole' | 'pipelined';

/** Settles what a tool decides by looking at the statements. */
export function travelOf(sending: Sending, statements: readonly SqlStatement[], engine: Engine): Travel {
  const isRunApart = (statement: SqlStatement) => statement.deeds.some(({ deed }) => refusesTransaction(deed, engine) && isSeenByFlyway(deed));
  switch (sending) {
    case 'detected':
      // A file with both kinds is refused as a whole; to wrap it says the same of its statements.
      return statements.length > 0 && statements.every(isRunApart) ? 'statements' : 'wrapped';
    case 'detected-any':
      return statements.some(isRunApart) ? 'statements' : 'wrapped';
    case 'split': {
      const deeds = statements.flatMap((statement) => statement.deeds.map(({ deed }) => deed));
      const creates = deeds.some((deed) => deed.kind === 'create-index' && deed.concurrently);
      // The splitter cannot read DROP INDEX CONCURRENTLY and then sends the whole text as it is.
      return creates && !deeds.some((deed) => deed.kind === 'drop-index' && deed.concurrently) ? 'statements' : 'whole';
    }
    default:
      return sending;
  }
}

/** Flyway looks at the first words of a statement and does not know all that Postgres refuses: REINDEX INDEX and REINDEX TABLE, DETACH PARTITION. */
function isSeenByFlyway(deed: Deed): boolean {
  return deed.kind !== 'detach-partition' && (deed.kind !== 'reindex' || (deed.target !== 'index' && deed.target !== 'table'));
}

/** True for what Postgres refuses inside a transaction block (error 25001). */
export function refusesTransaction(deed: Deed, engine: Engine): boolean {
  switch (deed.kind) {
    case 'create-index':
    case 'drop-index':
    case 'reindex':
    case 'detach-partition':
      return deed.concurrently;
    case 'vacuum':
      return true;
    case 'add-enum-value':
      return olderThan(engine, 12);
    case 'other':
      return /^\s*(?:(?:create|drop)\s+(?:database|tablespace)|alter\s+system)\b/i.test(deed.text);
    default:
      return false;
  }
}
