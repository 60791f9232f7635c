import { differences, printFramework, printName, tableOf } from '../operations/index.ts';
import type { Operation } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding } from './rule.ts';
import { bookkeepingOf, identityOf } from './shared/bookkeeping.ts';
import type { Bookkeeping } from './shared/bookkeeping.ts';
import type { FileInSet, HistoryContext } from './shared/change-set.ts';
import { acknowledgement, brief, correctiveMigration, recovery } from './shared/merged-migration.ts';
import { capital } from './shared/names.ts';

export default defineRule({
  id: 'edited-migration',
  summary: 'A migration that is merged already does something else now.',
  hazard: 'history',
  severity: 'error',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'A migration runs once. Where the merged one has run already, the edited one never does: production keeps what the old text made, every new database gets what the new text makes, and the difference shows when a later migration or the code meets a column that is not there. '
      + 'Tools that record a checksum (Flyway, sqlx, refinery, graphile-migrate, Liquibase) refuse the next deploy instead; Prisma warns and goes on. For most of them a comment is enough, because the checksum is of the text.\n\n'
      + 'What the two texts do is compared, not how they are spelled: comments, formatting, guards, the way back, and whether something waits or runs in a transaction are no difference for a tool without checksums, since what a database ends up with is the same.\n\n'
      + `There are two ways out, and one of them is nearly always a new migration. ${recovery}`,
    exceptions: 'A project whose main branch is not deployed compares with what is: `--base v1.4`, the last release; what was merged since is then new. A migration that has failed everywhere, so that it is recorded nowhere, may be edited. So may one whose change was made or taken back by hand in every database: a blue/green switch, a manual repair, a database that was rebuilt. Say so, with the reason: in the file '
      + '(`anzen-disable edited-migration -- reason`), or in the configuration by version (`acknowledged: { "20250131000000": "reason" }`), where it holds for as long as the file differs from the base.',
  },
  history(context) {
    const books = bookkeepingOf(context.history.set.framework);
    if (!books) return undefined;
    return [edited(context, books), renamed(context, books)].flatMap((finding) => finding ?? []);
  },
});

function edited(context: HistoryContext, books: Bookkeeping): Finding | undefined {
  const { migration, history: { before, set } } = context;
  if (!before) return undefined;
  const { onlyInFirst: now, onlyInSecond: then } = differences(migration, before);
  const runner = printFramework(set.framework);
  const differs = now.length + then.length > 0;
  if (!differs && !(books.everyCharacter && books.edited !== 'ignores' && migration.source.text !== before.source.text)) return undefined;
  const at = now[0];
  const place = at ? { at: at.at, statement: at.statement } : {};
  const checksum = books.edited === 'refuses' ? `${capital(runner)} has recorded a checksum of it, and refuses to migrate any database where it ran.` : books.edited === 'warns' ? `${capital(runner)} warns about it on every deploy.` : '';
  if (!differs) {
    return {
      message: 'A merged migration is edited: it does the same, but its text differs.',
      why: `${checksum} A comment counts, too.`,
      remedy: advise(`Take the edit back. ${acknowledgement('edited-migration')}`),
      ...(books.edited === 'warns' ? { severity: 'warn' as const } : {}),
    };
  }
  const onlyRows = [...now, ...then].every(changesRows);
  const unclear = [...now, ...then].every((operation) => operation.kind === 'opaque' || changesRows(operation));
  return {
    message: `A merged migration is edited: ${described(now, then)}.`,
    why: `${books.edited === 'refuses' ? checksum : `Where it ran on "${set.base}" already it does not run again: ${onlyRows ? 'rows there stay as the old text left them' : 'that database keeps what the old text made, and a new one gets something else'}.${checksum ? ` ${checksum}` : ''}`}`,
    remedy: advise(`${correctiveMigration(set.framework, 'edited-migration')} ${acknowledgement('edited-migration')}`),
    ...(books.edited !== 'refuses' && (onlyRows || unclear) ? { severity: 'warn' as const } : {}),
    ...place,
  };
}

function renamed({ migration, history: { file, set } }: HistoryContext, books: Bookkeeping): Finding | undefined {
  const { was } = file;
  if (!was || !isAnother(file, books)) return undefined;
  const all = set.files.filter((one) => isAnother(one, books));
  const together = all.length > fewRenamed;
  if (together && all[0]?.path !== file.path) return undefined;
  const runner = printFramework(set.framework);
  return {
    message: `A merged migration has another ${books.identity === 'version' ? 'version' : 'name'} now: it was "${was.path}"${together ? `; so have ${all.length - 1} more, up to "${all.at(-1)?.path ?? ''}"` : ''}.`,
    why: `${capital(runner)} knows a migration by its ${books.identity}. Where the old one ran, this one is new and runs once more${migration.operations.length > 0 ? ', on a database that has its changes already' : ''}${books.deleted === 'refuses' ? '; and the old one is missing, at which the deploy stops' : ''}.`,
    remedy: advise(`Give the ${together ? 'files their old names' : 'file its old name'} back. ${acknowledgement('edited-migration')}`),
  };
}

/** More are told as one: they were numbered anew together. */
const fewRenamed = 3;

function isAnother({ path, version, was }: FileInSet, books: Bookkeeping): boolean {
  return was !== null && identityOf(was.path, was.version, books) !== identityOf(path, version, books);
}

function changesRows({ kind }: Operation): boolean {
  return kind === 'update-rows' || kind === 'insert-rows' || kind === 'delete-rows' || kind === 'load-rows' || kind === 'truncate';
}

function isAlike(a: Operation, b: Operation): boolean {
  const [one, other] = [tableOf(a), tableOf(b)];
  return a.kind === b.kind && (one ? printName(one) : '') === (other ? printName(other) : '');
}

function described(now: readonly Operation[], then: readonly Operation[]): string {
  const [first] = now;
  const [gone] = then;
  if (first && gone && isAlike(first, gone)) return `${brief(first)}${now.length + then.length > 2 ? ` and ${now.length + then.length - 2} more` : ''} differs`;
  const more = (count: number) => (count > 1 ? ` and ${count - 1} more` : '');
  const added = first ? `${brief(first)}${more(now.length)} is new` : null;
  const removed = gone ? `${brief(gone)}${more(then.length)} is gone` : null;
  return [added, removed].filter((part) => part !== null).join(', ');
}
