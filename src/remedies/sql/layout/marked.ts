import type { Piece } from '../draft.ts';
import { isCompound, sqlText } from '../draft.ts';
import type { LayOut } from './layout.ts';
import { toolFile, wayBack, wayBackOrWhy } from './layout.ts';

/** goose: both ways in one file, bodies with semicolons between StatementBegin and StatementEnd. */
export const layOutGoose: LayOut = ({ draft, place, order }) => {
  const around = (text: string, piece: Piece) => (isCompound(piece) ? `-- +goose StatementBegin\n${text}\n-- +goose StatementEnd` : text);
  const head = draft.transaction ? '' : '-- +goose NO TRANSACTION\n\n';
  const text = `${head}-- +goose Up\n${sqlText(draft.up, '', around)}\n-- +goose Down\n${sqlText(wayBackOrWhy(draft), '', around)}`;
  return [toolFile(place, `${place.stem(order, draft)}.sql`, text)];
};

/** dbmate: both ways in one file. */
export const layOutDbmate: LayOut = ({ draft, place, order }) => {
  const mark = draft.transaction ? '' : ' transaction:false';
  return [toolFile(place, `${place.stem(order, draft)}.sql`, `-- migrate:up${mark}\n${sqlText(draft.up)}\n-- migrate:down${mark}\n${sqlText(wayBackOrWhy(draft))}`)];
};

/** node-pg-migrate: files of SQL always run in a transaction; JavaScript can switch it off, and sends each `pgm.sql` by itself. */
export const layOutNodePgMigrate: LayOut = ({ draft, place, order }) => {
  const stem = place.stem(order, draft);
  if (draft.transaction) return [toolFile(place, `${stem}.sql`, `-- Up Migration\n${sqlText(draft.up)}\n-- Down Migration\n${sqlText(wayBackOrWhy(draft))}`)];
  const calls = (pieces: readonly Piece[]) => pieces.map((piece) => (piece.kind === 'comment' ? piece.text.split('\n').map((line) => `  // ${line}\n`).join('') : `  pgm.sql(${template(piece.text)});\n`)).join('');
  const down = draft.down === null ? 'export const down = false;\n' : `export const down = (pgm) => {\n  pgm.noTransaction();\n${calls(wayBackOrWhy(draft))}};\n`;
  return [toolFile(place, `${stem}.js`, `export const up = (pgm) => {\n  pgm.noTransaction();\n${calls(draft.up)}};\n\n${down}`, 'up', 'js')];
};

/** A template literal; its further lines are indented like the first. */
function template(text: string): string {
  const escaped = text.replace(/\\|`|\$(?=\{)/g, '\\$&');
  return escaped.includes('\n') ? `\`\n    ${escaped.replaceAll('\n', '\n    ')}\n  \`` : `\`${escaped}\``;
}

/** Liquibase: one changeset with its rollback; text with semicolons inside is sent as it is. */
export const layOutLiquibase: LayOut = ({ draft, place, order, c }) => {
  const { text } = c.migration.source;
  const author = [...text.matchAll(/^\s*--\s*changeset\s+("[^"]+"|[^:\s]+):/gim)].at(-1)?.[1] ?? 'anzen';
  const attributes = [...(draft.transaction ? [] : ['runInTransaction:false']), ...(draft.up.some(isCompound) ? ['splitStatements:false'] : [])];
  const back = wayBack(draft)?.filter(({ kind }) => kind === 'statement').flatMap((piece) => `${piece.text};`.split('\n')).map((line) => `--rollback ${line}\n`).join('');
  const changeset = `--changeset ${[`${author}:${place.words(draft)}`, ...attributes].join(' ')}\n${sqlText(draft.up)}${back ?? (draft.down === null ? '' : '--rollback empty\n')}`;
  return [toolFile(place, `${place.stem(order, draft)}${place.ending}`, `--liquibase formatted sql\n\n${changeset}`)];
};
