import type { ColumnType, ForeignKey, Operation, QualifiedName } from '../operations/index.ts';
import { printType, sameName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Finding, RuleContext } from './rule.ts';
import { defineRule } from './rule.ts';
import { engineWord } from './shared/aftermath.ts';
import { compareByName, matchKeyTypes } from './shared/key-type.ts';
import { quoted, quotedColumn } from './shared/names.ts';
import { newReferences } from './shared/references.ts';

export default defineRule({
  id: 'foreign-key-type-mismatch',
  summary: 'A column that references a key has another type than the key.',
  hazard: 'fails',
  severity: 'error',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['online_migrations/mismatched_foreign_key_type', 'ridgepole/check-relation-type'],
  docs: {
    why: 'Postgres refuses a foreign key between types it cannot compare (42804), such as bigint and uuid; MySQL refuses every difference in size or sign (3780, errno 150). '
      + 'An integer column that references a bigint key is accepted by Postgres and fails on the day the key passes 2,147,483,647. Without a foreign key the mismatch shows later, as a join that fails or cannot use its index.',
    exceptions: 'A wider integer than the key (bigint to integer) is fine on Postgres and not reported there. SQLite converts the value to the key\'s type before it compares them, so a foreign key and a join work whatever the declared types (tried on 3.40: a text column holding 5 refers to the integer key 5).',
  },
  migration(context) {
    return context.steps.flatMap(({ operation }) => newReferences(operation, context).flatMap((reference) => judge(reference.table, reference.key, reference.declared, operation, context)));
  },
});

function judge(table: QualifiedName, key: ForeignKey, declared: boolean, operation: Operation, context: RuleContext): Finding[] {
  const own = context.schema.table(table);
  const parent = sameName(table, key.references) ? own : context.schema.table(key.references);
  return key.columns.flatMap((column, at) => {
    const target = key.referencedColumns[at] ?? (key.columns.length === 1 ? (parent?.primaryKey[0] ?? 'id') : undefined);
    const from = own?.columns.get(column)?.type;
    const to = target === undefined ? undefined : parent?.columns.get(target)?.type;
    if (!from || !to || target === undefined) return [];
    const match = declared ? matchKeyTypes(from, to, context.engine) : compareByName(from, to);
    if (match === 'fits' || match === 'unknown') return [];
    return [{
      operation,
      message: `${quotedColumn(table, column)} is ${printType(from)}, but the key ${declared ? 'it references' : 'that its name speaks of'}, ${quotedColumn(key.references, target)}, is ${printType(to)}.`,
      why: reason(match, declared, context),
      remedy: advise(`Give ${quoted(column)} the type ${printType(keyType(to))}.`),
      ...(declared ? {} : { severity: 'warn' as const }),
    }];
  });
}

/** What a column that references a key has to be: a serial key is an integer. */
function keyType(type: ColumnType): ColumnType {
  const name = type.name.replace(/^bigserial$/, 'bigint').replace(/^smallserial$/, 'smallint').replace(/^serial$/, 'integer');
  return { ...type, name };
}

function reason(match: 'overflows' | 'refused', declared: boolean, context: RuleContext): string {
  if (match === 'overflows') return 'The column cannot hold every key: inserts fail once the key has outgrown it.';
  if (declared) return `${engineWord(context)} refuses the foreign key on every database, whatever the data.`;
  return 'A join of the two fails or cannot use an index, and a foreign key cannot be added later.';
}
