import type { Draft, Piece } from '../draft.ts';
import { sqlText } from '../draft.ts';
import type { Place } from '../place.ts';
import type { LayOut, ToolFile } from './layout.ts';
import { toolFile, wayBack, wayBackOrWhy } from './layout.ts';

function pair(place: Place, stem: string, draft: Draft, write: (pieces: readonly Piece[]) => string, ending = place.ending): ToolFile[] {
  const up = toolFile(place, `${stem}${ending}`, write(draft.up));
  const back = wayBack(draft);
  const downEnding = ending.replace(/up(?=\.sql$)/i, 'down');
  return back === null || downEnding === ending ? [up] : [up, toolFile(place, `${stem}${downEnding}`, write(back), 'down')];
}

/** The ending of the file's own name when it tells the ways apart, as a tool of pairs wants it. */
function pairedEnding({ ending }: Place): string {
  return /\.up\.sql$/i.test(ending) ? ending : '.up.sql';
}

/** golang-migrate: `.up.sql` and `.down.sql`, each sent as one text. */
export const layOutGolangMigrate: LayOut = ({ draft, place, order }) => pair(place, place.stem(order, draft), draft, (pieces) => sqlText(pieces), pairedEnding(place));

/** sqlx: the switch is the very first line, of the way back as well. */
export const layOutSqlx: LayOut = ({ draft, place, order }) =>
  pair(place, place.stem(order, draft), draft, (pieces) => `${draft.transaction ? '' : '-- no-transaction\n'}${sqlText(pieces)}`);

/** pop: the name says that a file commits by itself. */
export const layOutPop: LayOut = ({ draft, place, order }) =>
  pair(place, place.stem(order, draft), draft, (pieces) => sqlText(pieces), pairedEnding(place).replace('.autocommit', '').replace(/(?=\.up\.sql$)/i, draft.transaction ? '' : '.autocommit'));

/** db-migrate: `sqls/name-up.sql` and `sqls/name-down.sql`; the JavaScript file that runs them reads both. */
export const layOutDbMigrate: LayOut = ({ draft, place, order }) => {
  const stem = place.stem(order, draft);
  return [toolFile(place, `${stem}-up.sql`, sqlText(draft.up)), toolFile(place, `${stem}-down.sql`, sqlText(wayBackOrWhy(draft)), 'down')];
};

/** Files of which nobody knows who runs them: a transaction is written out, unless they are said to be wrapped. */
export const layOutPlain: LayOut = ({ draft, place, order, c }) => {
  const bare = !draft.transaction || c.migration.transaction === 'wrapped' || c.engine.name === 'mysql' || c.engine.name === 'mariadb';
  return pair(place, place.stem(order, draft), draft, (pieces) => `${draft.transaction ? '' : '-- Not in a transaction.\n'}${inTransaction(pieces, bare)}`, place.ending || '.sql');
};

/** sqitch: `deploy/` and `revert/`, run by the database's own client, with the transaction written out. */
export const layOutSqitch: LayOut = ({ draft, place, c }) => {
  const head = /^--\s*Deploy\s+(?:([^:\s]+):)?\S+\s+to\s+(\w+)/im.exec(c.migration.source.text);
  const project = head?.[1] ? `${head[1]}:` : '';
  const engine = head?.[2] ?? 'pg';
  const words = place.words(draft);
  const up = place.root.replace(/(^|\/)deploy$/, '$1');
  const bare = !draft.transaction || c.engine.name === 'mysql' || c.engine.name === 'mariadb';
  const at = (folder: string) => ({ ...place, root: `${up}${folder}` });
  return [
    toolFile(at('deploy'), `${words}.sql`, `-- Deploy ${project}${words} to ${engine}\n\n${inTransaction(draft.up, bare, true)}`),
    toolFile(at('revert'), `${words}.sql`, `-- Revert ${project}${words} from ${engine}\n\n${inTransaction(wayBackOrWhy(draft), bare, true)}`, 'down'),
  ];
};

function inTransaction(pieces: readonly Piece[], bare: boolean, always = false): string {
  const needed = always || pieces.filter(({ kind }) => kind === 'statement').length > 1;
  return bare || !needed ? sqlText(pieces) : `BEGIN;\n\n${sqlText(pieces)}\nCOMMIT;\n`;
}
