import type { Deed, Engine, OpenedBy, TransactionId } from '../../../operations/index.ts';
import { commitsImplicitly, isMysql } from '../../../operations/index.ts';
import { refusesTransaction } from './sending.ts';
import type { Travel } from './sending.ts';

/** Follows the transactions of a file, statement by statement. */
export interface Transactions {
  readonly opened: ReadonlyMap<number, OpenedBy>;
  /** A part of the file begins. `statements` is how many it has. */
  startPart(travel: Travel, statements: number): void;
  /** The transaction that a statement's deed runs in. */
  enter(deed: Deed): TransactionId;
  /** The part ends: what the tool or the text opened is committed. A transaction that BEGIN opened stays open to the end of the file. */
  endPart(): void;
}

/** The transactions of one file on one engine, none open. */
export function createTransactions(engine: Engine): Transactions {
  const opened = new Map<number, OpenedBy>();
  let current: TransactionId = null;
  let travel: Travel = 'statements';
  let textIsOne = false;
  const open = (by: OpenedBy) => {
    current = opened.size + 1;
    opened.set(current, by);
  };
  const by = (): OpenedBy | null => (current === null ? null : (opened.get(current) ?? null));
  return {
    opened,
    startPart(how, statements) {
      travel = how;
      textIsOne = engine.name === 'postgres' && (how === 'pipelined' || (how === 'whole' && statements > 1));
      if (how === 'wrapped' && current === null && !isMysql(engine)) open('framework');
    },
    enter(deed) {
      if (travel === 'pipelined' && by() !== 'begin' && refusesTransaction(deed, engine)) {
        current = null;
        return null;
      }
      if (current === null && textIsOne) open('text');
      switch (deed.kind) {
        case 'begin':
          // MySQL ends an open transaction at the next BEGIN; Postgres goes on with it.
          if (current === null || isMysql(engine)) open('begin');
          else if (by() === 'text') opened.set(current, 'begin');
          return current;
        case 'commit':
        case 'rollback': {
          const ended = current;
          current = null;
          return ended;
        }
        default: {
          if (isMysql(engine) && commitsImplicitly(deed)) current = null;
          return current;
        }
      }
    },
    endPart() {
      if (by() !== 'begin') current = null;
    },
  };
}
