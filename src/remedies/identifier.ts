import type { RemedyContext } from './context.ts';
import { shorten } from './naming.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';

/** A name that fits: `limit` is in bytes. */
export function shorterIdentifier(name: string, limit: number, _c: RemedyContext): Remedy {
  return advise(`Give it a name of at most ${limit} bytes, for instance "${shorten(name, limit)}".`);
}
