import { dirname } from 'node:path/posix';
import { sqlText } from '../draft.ts';
import type { LayOut } from './layout.ts';
import { toolFile, wayBack } from './layout.ts';

/**
 * Flyway: it sees by itself that a file only builds and drops indexes concurrently; for one with other statements or with batches a settings file beside it
 * says that there is to be no transaction. The undo file is written where the migration has one: it is part of the paid editions.
 */
export const layOutFlyway: LayOut = ({ draft, place, order, c }) => {
  const stem = place.stem(order, draft);
  const note = draft.transaction || !draft.isSeenThrough ? '' : '-- Set "flyway.postgresql.transactional.lock=false": Flyway\'s own lock is a transaction that CONCURRENTLY waits for.\n';
  const back = c.migration.down.kind === 'written' ? wayBack(draft) : null;
  return [
    toolFile(place, `${stem}.sql`, `${note}${sqlText(draft.up)}`),
    ...(draft.transaction || draft.isSeenThrough ? [] : [toolFile(place, `${stem}.sql.conf`, 'executeInTransaction=false\n', 'settings', 'text')]),
    ...(back === null ? [] : [toolFile(place, `${stem.replace(/^v/i, 'U')}.sql`, sqlText(back), 'down')]),
  ];
};

/** One file with nothing but the statements: refinery, Supabase. */
export const layOutBare: LayOut = ({ draft, place, order }) => [toolFile(place, `${place.stem(order, draft)}${place.ending || '.sql'}`, sqlText(draft.up))];

/** Atlas: the switch in a header of its own. It works the way back out by itself. */
export const layOutAtlas: LayOut = ({ draft, place, order }) =>
  [toolFile(place, `${place.stem(order, draft)}${place.ending || '.sql'}`, `${draft.transaction ? '' : '-- atlas:txmode none\n\n'}${sqlText(draft.up)}`)];

/** Drizzle before 1.0: a marker between statements. */
export const layOutDrizzle: LayOut = ({ draft, place, order }) => {
  const text = sqlText(draft.up, '--> statement-breakpoint');
  const stem = place.stem(order, draft);
  return [place.ending === '' ? toolFile(place, `${stem}/migration.sql`, text) : toolFile(place, `${stem}.sql`, text)];
};

/** graphile-migrate: what is written stands in `current.sql`; the tool commits it under a number and a hash of its own. */
export const layOutGraphile: LayOut = ({ draft, place, c }) => {
  const text = `${draft.transaction ? '' : '--! no-transaction\n'}${sqlText(draft.up)}`;
  const { path } = c.migration.source;
  if (!/(^|\/)committed$/.test(place.root)) return [{ path, text, role: 'up', language: 'sql' }];
  const root = dirname(place.root);
  return [toolFile({ ...place, root: root === '.' ? '' : root }, 'current.sql', text)];
};
