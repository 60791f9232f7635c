import { printFramework, printName } from '../operations/index.ts';
import type { Migration } from '../operations/index.ts';
import { defineRule } from './rule.ts';
import type { Severity } from './rule.ts';
import { bookkeepingOf, compareVersions } from './shared/bookkeeping.ts';
import type { Bookkeeping } from './shared/bookkeeping.ts';
import type { DeletedMigration, SetContext, SetFinding, SetHistory } from './shared/change-set.ts';
import { acknowledgement, brief, correctiveMigration, recovery } from './shared/merged-migration.ts';
import { capital } from './shared/names.ts';

export default defineRule({
  id: 'deleted-migration',
  summary: 'A migration that is merged already is removed.',
  hazard: 'history',
  severity: 'error',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'Where the migration ran, its changes stay, and nothing in the repository tells of them any more; a database that is made anew lacks them. Nothing takes them back, either: Rails cannot roll back a version whose file is gone (`ActiveRecord::UnknownMigrationVersionError`), '
      + 'and Flyway, sqlx, refinery, Supabase, node-pg-migrate and graphile-migrate refuse to migrate a database that has run a migration which they do not find. Reverting a pull request does exactly this: the code goes back, the database does not.\n\n'
      + `What is to be undone belongs into a new migration that undoes it. ${recovery}`,
    exceptions: 'Old migrations that are squashed: when all that are removed are older than all that stay, and a dump of the schema or a new migration has what they made, that is told once, as a notice (tools that refuse the next deploy stay an error). A migration that moves to another folder or name is not removed. '
      + 'One that never ran anywhere, or that was taken back by hand in every database, is acknowledged in the configuration by its version, with the reason: `acknowledged: { "20250131000000": "reason" }`.',
  },
  set(context) {
    const { history } = context;
    const books = bookkeepingOf(history.framework);
    const [first] = history.deleted;
    if (!books || !first) return [];
    if (isSquash(history)) return [squashed(first, history, books)];
    const [told, more] = history.deleted.length > few ? [[first], history.deleted.length - 1] : [history.deleted, 0];
    return told.map((deleted) => gone(deleted, more, context, books));
  },
});

/** More are told as one. */
const few = 5;

/** True when the oldest migrations go, and what they made is told by something that stays. */
function isSquash({ deleted, files, hasDump }: SetHistory): boolean {
  const oldest = new Set(deleted.map(({ path }) => path));
  const last = deleted.at(-1);
  const kept = files.filter(({ status }) => status === 'merged' || status === 'edited');
  if (!last || oldest.size < 2) return false;
  const isOldest = kept.every(({ version, path }) => compareVersions(version ?? path, last.version ?? last.path) > 0);
  return isOldest && (hasDump || files.some(({ status }) => status === 'new'));
}

function squashed(first: DeletedMigration, { deleted, framework, base }: SetHistory, books: Bookkeeping): SetFinding {
  const runner = printFramework(framework);
  const severity: Severity = books.deleted === 'refuses' ? 'error' : 'notice';
  return {
    ...place(first), severity,
    message: `The ${deleted.length} oldest migrations are removed, up to "${deleted.at(-1)?.path ?? ''}".`,
    why: `A database that stands before the last of them can no longer be migrated${books.deleted === 'refuses' ? `, and ${runner} refuses one that has run them` : ''}; those on "${base}" have run them.`,
    advice: books.deleted === 'refuses' ? `Take them out of ${runner}'s record in every database in the same deploy. ${acknowledgement('deleted-migration')}` : 'Make sure that every database, also those of other installations, has run them.',
  };
}

function gone(deleted: DeletedMigration, more: number, { history: { framework, base } }: SetContext, books: Bookkeeping): SetFinding {
  const runner = capital(printFramework(framework));
  const it = more > 0 ? 'them' : 'it';
  const refusal: Record<Bookkeeping['deleted'], string> = {
    refuses: ` ${runner} refuses to migrate a database that has run ${it}.`,
    warns: ` ${runner} warns that ${more > 0 ? 'they are' : 'it is'} missing.`,
    ignores: framework === 'rails' ? ` Rails cannot roll ${it} back any more (ActiveRecord::UnknownMigrationVersionError).` : '',
  };
  return {
    ...place(deleted),
    message: more > 0 ? `${more + 1} merged migrations are removed, from "${deleted.path}" on.` : `The merged migration "${deleted.path}" is removed.`,
    why: `Where ${more > 0 ? 'they' : 'it'} ran on "${base}" already, ${more > 0 ? 'what they did stays' : whatStays(deleted.migration)}, and a database that is made anew lacks it.${refusal[books.deleted]}`,
    advice: `${correctiveMigration(framework, 'deleted-migration')} ${acknowledgement('deleted-migration')}`,
  };
}

function place({ migration, version }: DeletedMigration): Pick<SetFinding, 'source' | 'at' | 'version'> {
  return { source: migration.source, at: migration.head, version };
}

function whatStays({ operations }: Migration): string {
  const created = operations.flatMap((operation) => (operation.kind === 'create-table' ? [`"${printName(operation.table)}"`] : []));
  const [first] = operations;
  if (created.length > 0) return `${created.length === 1 ? 'the table' : 'the tables'} ${created.slice(0, 3).join(', ')}${created.length > 3 ? ` and ${created.length - 3} more` : ''} stay${created.length === 1 ? 's' : ''}`;
  return first ? `what it did stays (${brief(first)}${operations.length > 1 ? ` and ${operations.length - 1} more` : ''})` : 'its version stays recorded';
}
