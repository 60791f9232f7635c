import { printFramework, printName, tableOf } from '../operations/index.ts';
import type { Migration } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext } from './rule.ts';
import { bookkeepingOf, compareVersions } from './shared/bookkeeping.ts';
import type { Bookkeeping } from './shared/bookkeeping.ts';
import type { HistoryContext } from './shared/change-set.ts';
import { capital, listed } from './shared/names.ts';
import { calendar } from './shared/timestamp.ts';

export default defineRule({
  id: 'out-of-order-version',
  summary: 'A new migration has a version that is older than merged ones, in the future, or taken.',
  hazard: 'history',
  severity: 'warn',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'Migrations run in the order of their versions only where none has run yet. A database that has run a newer one meets an older one late: Rails, dbmate, Diesel, sqlx and Prisma run it then, after the newer ones, so that production sees another order than every new database; golang-migrate never runs it, and says nothing; '
      + 'Flyway, goose, refinery, Supabase, Atlas and node-pg-migrate refuse the deploy. The usual cause is a branch that was open while others were merged.\n\n'
      + 'A version in the future does that to everybody else: what is generated until that day comes before it. Rails counts up from the newest version instead of taking the time, and since 7.2 refuses a version of more than a day ahead (`config.active_record.validate_migration_timestamps`). Two migrations with one version are an error where the version is what '
      + 'the tool knows a migration by (`ActiveRecord::DuplicateMigrationVersionError`), and a version that is typed by hand (midnight sharp) is one that somebody else types, too.',
    exceptions: 'Where the tool runs late migrations, one is only reported when a newer merged migration touches the same table, so that the order matters. Drizzle and Liquibase take the order from a file of their own and not from the name, and Liquibase\'s and sqitch\'s files have no order of their own.',
  },
  history(context) {
    const { history: { file, set } } = context;
    const books = bookkeepingOf(set.framework);
    if (!books || file.version === null || file.status === 'merged' || file.status === 'unknown') return undefined;
    if (file.status !== 'new' && (file.was === null || file.was.version === file.version)) return undefined;
    return duplicate(context, books) ?? unreal(context, books) ?? late(context, books);
  },
});

function duplicate({ history: { file, set } }: HistoryContext, books: Bookkeeping): Finding | undefined {
  if (books.duplicate === 'allowed') return undefined;
  const same = (other: { readonly path: string; readonly version: string | null }) => other.version === file.version && other.path !== file.path && other.path !== file.was?.path;
  const here = set.files.find(same);
  const there = here ? undefined : set.onBase.find((other) => same(other) && !set.deleted.some(({ path }) => path === other.path));
  const other = here ?? there;
  if (!other || isTold(file.path, here)) return undefined;
  const runner = printFramework(set.framework);
  return {
    message: `The version ${file.version ?? ''} is taken by "${other.path}"${there ? ` on "${set.base}"` : ''}.`,
    why: `${runner === 'Rails' ? 'Rails stops with ActiveRecord::DuplicateMigrationVersionError before it runs any migration' : `${capital(runner)} refuses two migrations with one version, or takes the second for one that has run`}.`,
    remedy: advise('Give this migration a version of its own: generate it anew, and move its text over.'),
    severity: 'error',
  };
}

/** Of two new files the second one is told. */
function isTold(path: string, here: { readonly path: string; readonly status: string } | undefined): boolean {
  return here !== undefined && here.status === 'new' && path < here.path;
}

/** A version that is a time, but not one at which it was made. */
function unreal({ application, history: { file, set } }: HistoryContext, books: Bookkeeping): Finding | undefined {
  const time = calendar(file.version ?? '');
  const runner = printFramework(set.framework);
  // Of Rails migrations migration-class tells one that is no time; others count their migrations of a day like that.
  if (!time || time.at === null) return undefined;
  if (time.at.getTime() > set.now.getTime() + day) {
    const refuses = set.framework === 'rails' && isAtLeast72(application.frameworkVersion) ? ' Rails 7.2 and later refuse it with ActiveRecord::InvalidMigrationTimestampError where "validate_migration_timestamps" is on, as it is in new applications.' : '';
    return {
      message: `The version ${file.version ?? ''} lies in the future.`,
      why: `${set.framework === 'rails' ? 'Until that day Rails counts up from it for every migration that is generated' : `Every migration that is generated until that day comes before it${books.late === 'runs' ? ' and runs in another order than it would in a new database' : books.late === 'skips' ? `; where this one has run, ${runner} never runs them` : `; where this one has run, ${runner} refuses them`}`}.${refuses}`,
      remedy: advise('Give the file the version of the present time.'),
    };
  }
  if (!time.roundHours || file.status !== 'new') return undefined;
  return {
    message: `The version ${file.version ?? ''} looks typed by hand.`,
    why: 'Somebody else who types one on the same day gets the same one.',
    remedy: advise('Let the tool generate the file, or take the present time.'),
    severity: 'notice',
  };
}

const day = 24 * 60 * 60 * 1000;

function isAtLeast72(version: string | null): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > 7 || (major === 7 && minor >= 2);
}

function late(context: HistoryContext, books: Bookkeeping): Finding | undefined {
  const { migration, history: { file, set, overtakenBy } } = context;
  if (set.framework === 'drizzle' || set.framework === 'liquibase' || set.framework === 'graphile-migrate') return undefined;
  const own = new Set(set.files.flatMap(({ path, status, was }) => (status === 'new' || was !== null ? [path, was?.path] : [])));
  const newer = overtakenBy.filter((other) => !own.has(other.source.path));
  const last = newer.at(-1);
  if (!last) return undefined;
  const all = set.files.filter(({ status, version }) => status === 'new' && version !== null && compareVersions(version, last.version ?? '') < 0);
  const together = all.length > few;
  if (together && all[0]?.path !== file.path) return undefined;
  const more = together ? ` So are ${all.length - 1} more, up to "${all.at(-1)?.path ?? ''}".` : '';
  const runner = printFramework(set.framework);
  const advice = advise(`Give it a version after ${last.version ?? ''}: ${set.framework === 'rails' ? 'rename the file to the present time' : 'number it anew'}, once nobody has run it.`);
  if (books.late !== 'runs') {
    return {
      message: `The version ${file.version ?? ''} is older than "${last.source.path}" on "${set.base}".${more}`,
      why: books.late === 'skips' ? `Where the newer one has run, ${runner} takes this one for one that has run, too: it never runs, and nothing says so.` : `Where the newer one has run, ${runner} refuses to migrate.`,
      remedy: advice,
      severity: 'error',
    };
  }
  if (together) {
    return {
      message: `The version ${file.version ?? ''} is older than "${last.source.path}" on "${set.base}".${more}`,
      why: 'Where the newer one has run, these run after it; in a new database they run before it. The two orders can end in different schemas, or one of them in an error.',
      remedy: advice,
    };
  }
  const shared = newer.flatMap((other) => sharedTables(migration, other, context).map((table) => ({ other, table })));
  const [first] = shared;
  if (!first) return undefined;
  const tables = [...new Set(shared.map(({ table }) => table))];
  return {
    message: `The version ${file.version ?? ''} is older than "${first.other.source.path}" on "${set.base}", which also changes ${listed(tables.slice(0, 3))}.`,
    why: `Where the newer one has run, this one runs after it; in a new database it runs before it. The two orders can end in different schemas, or one of them in an error.`,
    remedy: advice,
  };
}

/** More are told as one. */
const few = 5;

function sharedTables(a: Migration, b: Migration, { isNew }: RuleContext): string[] {
  const of = ({ operations }: Migration) => new Set(operations.flatMap((operation) => {
    const table = tableOf(operation);
    return table ? [printName(table)] : [];
  }));
  const others = of(b);
  return [...of(a)].filter((table) => others.has(table) && !a.operations.some((operation) => operation.kind === 'create-table' && printName(operation.table) === table && isNew(operation.table)));
}
