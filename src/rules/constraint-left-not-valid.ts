import type { Operation, QualifiedName } from '../operations/index.ts';
import { printName } from '../operations/index.ts';
import { validateAfterwards } from '../remedies/index.ts';
import type { Table } from '../schema/table.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext } from './rule.ts';
import { listed, quoted } from './shared/names.ts';

export default defineRule({
  id: 'constraint-left-not-valid',
  summary: 'A constraint is NOT VALID, and no migration of the change validates it.',
  hazard: 'fails',
  severity: 'off',
  engines: ['postgres'],
  replaces: [],
  docs: {
    why: 'NOT VALID checks rows that are written from now on; the rows that were there before may break the constraint for good, and whoever reads the schema believes otherwise. '
      + 'Postgres does not trust it either: an unvalidated check proves no NOT NULL and spares no partition its scan. A dump restores it as it was, NOT VALID, and an update of an old row that breaks a check fails long after the migration, whatever column it changes (23514).',
    exceptions: 'Off by default: the validation belongs into a later migration, which may be part of a later pull request. Nothing is reported when another migration of the same run validates the constraint or drops it. '
      + 'What merged migrations have left is told where a migration changes the table again.',
  },
  migration(context) {
    return [...context.steps.flatMap(({ operation }) => judge(operation, context) ?? []), ...leftEarlier(context)];
  },
});

/** A constraint that an operation adds NOT VALID. */
interface Left {
  readonly table: QualifiedName;
  /** For a sentence: `the foreign key from "a" to "b"`. */
  readonly what: string;
  /** What fails later on, as a clause. */
  readonly later: string;
  /** True when the table has it and it is not validated. */
  isLeft(table: Table): boolean;
}

function leaves(operation: Operation): Left | null {
  switch (operation.kind) {
    case 'add-foreign-key': {
      const { table, foreignKey: { name, columns, references, validated } } = operation;
      const isLeft = ({ foreignKeys }: Table) => foreignKeys.some((key) => !key.validated && (name === null ? key.columns.join() === columns.join() && printName(key.references) === printName(references) : key.name === name));
      return validated ? null : { table, what: `the foreign key ${name === null ? `over ${listed(columns)}` : quoted(name)} of ${quoted(table)}`, later: 'a change of their key is refused', isLeft };
    }
    case 'add-check': {
      const { table, check: { name, expression, validated } } = operation;
      const isLeft = ({ checks }: Table) => checks.some((check) => !check.validated && (name === null ? check.expression === expression : check.name === name));
      return validated ? null : { table, what: `the check constraint ${name === null ? '' : `${quoted(name)} `}of ${quoted(table)}`, later: 'an update of one fails, whatever column it changes', isLeft };
    }
    case 'add-not-null': {
      const { table, name, column, validated } = operation;
      const isLeft = ({ checks }: Table) => checks.some((check) => !check.validated && check.name === name && check.expression === `"${column}" IS NOT NULL`);
      return validated ? null : { table, what: `the NOT NULL constraint of ${quoted(table)}.${quoted(column)}`, later: 'an update of one fails, whatever column it changes', isLeft };
    }
    default:
      return null;
  }
}

function judge(operation: Operation, context: RuleContext): Finding | undefined {
  const left = leaves(operation);
  const table = left && context.outcome().table(left.table);
  if (!left || !table || !left.isLeft(table)) return undefined;
  return {
    message: `${left.what.replace(/^t/, 'T')} stays NOT VALID: no migration of this change validates it.`,
    why: `Only rows that are written from now on are checked. Older rows of ${quoted(left.table)} may break the constraint unnoticed until ${left.later}, and Postgres proves nothing by it.`,
    remedy: validateAfterwards(operation, context),
    at: operation.at,
    statement: operation.statement,
    operation,
  };
}

/** What the tables that the migration changes had before it, and still have, each told once where the table is first changed. */
function leftEarlier(context: RuleContext): readonly Finding[] {
  const seen = new Set<string>();
  return context.steps.flatMap(({ operation, table: before, onNewTable }) => {
    if (!before || onNewTable || seen.has(printName(before.name)) || !changesTable.test(operation.kind)) return [];
    seen.add(printName(before.name));
    const table = before.name;
    const unchecked = [
      ...before.foreignKeys.filter(({ validated }) => !validated).map((foreignKey) => ({ ...operation, kind: 'add-foreign-key', table, foreignKey, ifNotExists: false }) as Operation),
      ...before.checks.filter(({ validated }) => !validated).map((check) => ({ ...operation, kind: 'add-check', table, check, ifNotExists: false }) as Operation),
    ];
    return unchecked.flatMap((constraint) => {
      const finding = judge(constraint, context);
      return finding ? [{ ...finding, message: finding.message.replace(/ stays NOT VALID: .*$/, ' was added NOT VALID by an earlier migration, and none validates it.'), operation }] : [];
    });
  });
}

const changesTable = /^(?:add|drop|set|alter|rename|create|validate|attach|detach|update|insert|delete)-/;
