import { olderThan } from '../../operations/index.ts';
import type { Engine } from '../../operations/index.ts';
import type { Refusal } from '../effect.ts';
import type { Algorithm, Step } from './action.ts';

/** The clauses of a statement, upper case, `DEFAULT` left out; `online` says that a copy lets others write. */
export interface Wanted {
  readonly algorithm: string | null;
  readonly lock: string | null;
  readonly online: boolean;
}

/** What each clause takes, from the one that allows least. */
const accepted: Readonly<Record<string, readonly Algorithm[]>> = {
  INSTANT: ['instant'],
  NOCOPY: ['instant', 'metadata', 'index', 'index-shared'],
  INPLACE: ['instant', 'metadata', 'index', 'index-shared', 'rebuild', 'rebuild-shared'],
};

const ways: Readonly<Record<Algorithm, string>> = {
  'instant': 'it changes the catalog only',
  'metadata': 'it is done in place, not instantly',
  'index': 'it builds an index',
  'index-shared': 'it builds an index while others can only read',
  'rebuild': 'it rebuilds the table in place',
  'rebuild-shared': 'it rebuilds the table while others can only read',
  'copy': 'it copies the table',
};

const unsupported = '1845 or 1846';

/**
 * The server's answer to an ALGORITHM or LOCK that it cannot keep, or undefined. The numbers are those of MySQL and MariaDB: 1845 and 1846 for what is not
 * supported (which of the two depends on whether the server has a reason to give), 1800 for an algorithm that the release does not know, 1221 for LOCK with INSTANT.
 */
export function refusalOf(step: Step, { algorithm, lock, online }: Wanted, engine: Engine): Refusal | undefined {
  if (algorithm !== null && !knows(engine, algorithm)) return { error: '1800', because: `this release does not know ALGORITHM=${algorithm}` };
  const takes = algorithm === null ? undefined : accepted[algorithm];
  if (takes && !takes.includes(step.by) && !(step.heedless && algorithm !== 'INPLACE')) return { error: unsupported, because: `ALGORITHM=${algorithm ?? ''} is not possible, because ${ways[step.by]}` };
  if (lock === null) return undefined;
  if (algorithm === 'INSTANT' && engine.name === 'mysql') return { error: '1221', because: `with ALGORITHM=INSTANT no other LOCK than DEFAULT is allowed, and it says LOCK=${lock}` };
  const by = algorithm === 'COPY' ? 'copy' : step.by;
  const onlyReads = by === 'index-shared' || by === 'rebuild-shared' || (by === 'copy' && !online);
  return lock === 'NONE' && onlyReads ? { error: unsupported, because: `LOCK=NONE is not possible, because ${by === 'copy' ? 'it copies the table while others can only read' : ways[by]}` } : undefined;
}

function knows(engine: Engine, algorithm: string): boolean {
  if (algorithm === 'COPY' || algorithm === 'INPLACE') return true;
  if (engine.name === 'mariadb') return (algorithm === 'INSTANT' || algorithm === 'NOCOPY') && !(engine.version.length > 1 && olderThan(engine, 10, 3));
  return algorithm === 'INSTANT' && !olderThan(engine, 8);
}
