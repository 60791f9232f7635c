import type { Use } from '../application/application.ts';
import type { Operation } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { RuleContext, Step } from './rule.ts';
import { lines, newColumnUses, newTableUses, placesOf } from './shared/code-uses.ts';
import { everyModelIgnores } from './shared/models-of.ts';
import { joined, quoted, quotedColumn } from './shared/names.ts';
import { isReplaced, takesOver } from './shared/replaced-column.ts';

export default defineRule({
  id: 'schema-and-code-together',
  summary: 'Code of the pull request uses a column or table that its own migration renames, removes, or adds too late.',
  hazard: 'breaks-code',
  severity: 'warn',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'Migration and code are never deployed in the same instant: either the migration runs while processes with the old code serve requests, or the new code meets the old schema.\n\n'
      + '- A rename with code that uses the new name: the migration first breaks the old code, the code first breaks the new. No order works.\n'
      + '- A column or table that the migration removes and new code uses: that code fails from the migration on, in every order.\n'
      + '- A column or table that is added: the migration has to run before the new code. That is the usual order, and nothing is said then; a migration in `db/post_migrate` runs after it. '
      + 'With the option `codeFirst: true`, for deployments that start the new code before they migrate, every addition with code that uses it is told.',
    exceptions: 'Only lines count that the base branch does not have and that name the column or table by all appearances, and one finding is given a migration. Accept it when the application is stopped for the deployment.',
  },
  migration(context) {
    const found = context.steps.flatMap((step) => clashOf(step, context) ?? []);
    const first = found[0];
    if (!first) return undefined;
    const uses = lines(found.flatMap((one) => one.uses));
    const more = found.length > 1 ? ` There ${found.length === 2 ? 'is one more change' : `are ${found.length - 1} more changes`} like it: ${joined(found.slice(1, 4).map(({ name }) => name))}.` : '';
    const { at, statement } = first.operation;
    return { message: first.message, why: first.why + more, remedy: advise(first.advice), related: placesOf(uses, first.name), operation: first.operation, at, statement };
  },
});

interface Clash {
  readonly operation: Operation;
  readonly name: string;
  readonly uses: readonly Use[];
  readonly message: string;
  readonly why: string;
  readonly advice: string;
}

function clashOf({ operation, onNewTable, table }: Step, context: RuleContext): Clash | null {
  if (onNewTable && operation.kind !== 'create-table') return null;
  switch (operation.kind) {
    case 'rename-column': {
      if (table?.newColumns.has(operation.column) || everyModelIgnores(operation.table, operation.column, context) || takesOver(operation, context) || isReplaced(operation, context)) return null;
      return renamed(operation, quotedColumn(operation.table, operation.column), quoted(operation.column), quoted(operation.to), newColumnUses(operation.table, operation.to, context));
    }
    case 'rename-table':
      return table?.isNew ? null : renamed(operation, quoted(operation.table), quoted(operation.table), quoted(operation.to), newTableUses(operation.to, context));
    case 'drop-column':
      return table?.newColumns.has(operation.column) || isReplaced(operation, context) ? null : removed(operation, quotedColumn(operation.table, operation.column), newColumnUses(operation.table, operation.column, context));
    case 'drop-table':
      return removed(operation, quoted(operation.table), newTableUses(operation.table, context));
    case 'add-column':
      return added(operation, quotedColumn(operation.table, operation.column.name), () => newColumnUses(operation.table, operation.column.name, context), context);
    case 'create-table':
      return added(operation, quoted(operation.table), () => newTableUses(operation.table, context), context);
    default:
      return null;
  }
}

function renamed(operation: Operation, what: string, from: string, to: string, uses: readonly Use[]): Clash | null {
  return uses.length === 0 ? null : {
    operation, name: to, uses,
    message: `This pull request renames ${what} to ${to}, and its code already uses ${to}.`,
    why: `If the migration runs first, the processes that are running fail on ${from} until they are replaced; if the new code runs first, it fails on ${to} until the migration has run. Neither order works.`,
    advice: `Take the code to ${to} in a deployment of its own, while both names are there.`,
  };
}

function removed(operation: Operation, what: string, uses: readonly Use[]): Clash | null {
  return uses.length === 0 ? null : {
    operation, name: what, uses,
    message: `This pull request drops ${what}, and its new code uses it.`,
    why: 'In whichever order they are deployed, the new code fails from the moment when the migration has run.',
    advice: `Take the new uses out, or keep ${what}.`,
  };
}

function added(operation: Operation, what: string, uses: () => readonly Use[], { application, migration, options }: RuleContext): Clash | null {
  const late = application.code?.runsAfterDeployment(migration.source.path) ?? false;
  if (!late && options['codeFirst'] !== true) return null;
  const found = uses();
  return found.length === 0 ? null : {
    operation, name: what, uses: found,
    message: `This migration adds ${what} after the new code has started, and that code already uses it.`,
    why: `${late ? 'Migrations of "post_migrate" run when the new code is deployed' : 'The new code starts before the migrations run here ("codeFirst")'}: until this one has run, whatever names ${what} fails. The migration before the code is the order that works.`,
    advice: late ? 'Move the migration to "db/migrate", so that it runs before the new code.' : 'Merge and deploy the migration first, and the code that uses it in the next deployment.',
  };
}
