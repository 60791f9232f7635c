import type { Operation, OperationOf } from '../operations/index.ts';
import { atLeast, olderThan, printEngine } from '../operations/index.ts';
import { enumValueAlone, enumValueFirst } from '../remedies/index.ts';
import { typeKey } from '../schema/store.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { isInForce } from './shared/history.ts';
import { stepUsesLabel } from './shared/label-use.ts';
import { quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';
import { whoseTransaction } from './shared/runner.ts';

export default defineRule({
  id: 'enum-value-used-in-transaction',
  summary: 'A label that is added to an enum type is used before the transaction that adds it is committed.',
  hazard: 'fails',
  severity: 'error',
  engines: ['postgres'],
  replaces: ['pgsafe/enum-value-used-in-transaction', 'migrationpilot/MP012', 'migrationpilot/MP054', 'pgfence/alter-enum-add-value', 'drizzle-migration-lint/add-enum-value'],
  docs: {
    why: 'Until the transaction with `ALTER TYPE ... ADD VALUE` is committed, Postgres refuses the new label wherever it is read as a value of the type: in INSERT, UPDATE and WHERE, in a DEFAULT, a CHECK, an index predicate, a view or a function written in SQL. '
      + 'The statement fails with 55P04 ("unsafe use of new value"), also when it matches no row (executed on Postgres 18; the same on 13 and 15). Before Postgres 12 ADD VALUE itself is refused in a transaction (25001).',
    exceptions: 'One finding a label, at its first use. The label of a type that is created in the same transaction may be used from Postgres 17 on, and before 12; a label compared as text (`state::text = \'new\'`) and one added with IF NOT EXISTS that is there already are fine as well.',
  },
  migration(context) {
    const added = new Map<string, Added[]>();
    const created = new Map<string, Set<string>>();
    const findings: Finding[] = [];
    for (const [before, step] of context.steps.entries()) {
      const { operation } = step;
      const unit = unitOf(operation);
      if (operation.kind !== 'add-enum-value') for (const one of added.get(unit) ?? []) if (isInForce(one.step, { before }) && stepUsesLabel(step, one, context)) one.uses.push(operation);
      switch (operation.kind) {
        case 'create-enum':
          created.set(unit, (created.get(unit) ?? new Set<string>()).add(typeKey(operation.type)));
          break;
        case 'add-enum-value': {
          const type = typeKey(operation.type);
          const together = created.get(unit)?.has(type) === true;
          if (olderThan(context.engine, 12)) findings.push(...(together || operation.transaction === null ? [] : [refused(operation, context)]));
          else if (!(together && isUsable(context)) && (together || context.schema.isNewEnumValue(operation.type, operation.value))) {
            const labels = added.get(unit) ?? [];
            labels.push({ type, value: operation.value, operation, step, uses: [] });
            added.set(unit, labels);
          }
          break;
        }
        default:
      }
    }
    return [...findings, ...[...added.values()].flat().flatMap((one) => used(one, context))];
  },
});

interface Added { readonly type: string; readonly value: string; readonly operation: OperationOf<'add-enum-value'>; readonly step: Step; readonly uses: Operation[] }

/** The same for all that runs in one transaction; statements of one DO block do. */
function unitOf({ transaction, statement }: Operation): string {
  return transaction === null ? `statement ${statement.start}` : `transaction ${transaction}`;
}

/** True when a label may be used in the transaction that made its type: measured to fail on 13 and 15, and to work on 18. */
function isUsable({ engine }: RuleContext): boolean {
  return engine.version.length === 0 || atLeast(engine, 17);
}

function used({ type, value, operation: add, uses }: Added, context: RuleContext): Finding[] {
  const [operation, ...more] = uses;
  if (!operation) return [];
  const by = operation.transaction === null ? 'The statements of one block are one transaction' : whoseTransaction(operation, context);
  return [{
    message: `${quoted(operation.verb)} uses ${quoted(value)} in the transaction that adds it to the enum ${quoted(type)}, and fails.`,
    why: `${by}. Postgres refuses a new label until it is committed (error 55P04, "unsafe use of new value"), on every database and even when no row is touched.`,
    remedy: enumValueFirst(add, context),
    at: operation.at,
    statement: operation.statement,
    operation,
    related: [relatedTo(add, `adds ${quoted(value)}`, context), ...more.slice(0, 9).map((one) => relatedTo(one, `uses ${quoted(value)}, too`, context))],
  }];
}

function refused(operation: OperationOf<'add-enum-value'>, context: RuleContext): Finding {
  return {
    message: `Adding ${quoted(operation.value)} to the enum ${quoted(operation.type)} runs inside a transaction and fails.`,
    why: `${whoseTransaction(operation, context)}. ${printEngine(context.engine)} refuses ALTER TYPE ... ADD VALUE there (error 25001); Postgres 12 and newer do not.`,
    remedy: enumValueAlone(context),
    at: operation.at,
    statement: operation.statement,
    operation,
  };
}
