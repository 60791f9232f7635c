import { sqlText } from '../draft.ts';
import type { LayOut } from './layout.ts';
import { toolFile, wayBack } from './layout.ts';

/** Diesel: a directory with both ways, and settings that switch the transaction off. */
export const layOutDiesel: LayOut = (input) => [
  ...layOutHasura(input),
  ...(input.draft.transaction ? [] : [toolFile(input.place, `${input.place.stem(input.order, input.draft)}/metadata.toml`, 'run_in_transaction = false\n', 'settings', 'text')]),
];

/** Hasura: a directory with both ways. */
export const layOutHasura: LayOut = ({ draft, place, order }) => {
  const stem = place.stem(order, draft);
  const back = wayBack(draft);
  return [toolFile(place, `${stem}/up.sql`, sqlText(draft.up)), ...(back === null ? [] : [toolFile(place, `${stem}/down.sql`, sqlText(back), 'down')])];
};

/** Prisma: a directory with the way up. */
export const layOutPrisma: LayOut = ({ draft, place, order }) => [toolFile(place, `${place.stem(order, draft)}/migration.sql`, sqlText(draft.up))];
