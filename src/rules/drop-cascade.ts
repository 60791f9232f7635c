import { printName } from '../operations/index.ts';
import { dropDependentsFirst } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import type { Drop } from './shared/drop.ts';
import { consequence, droppedName, isLoss } from './shared/drop.ts';
import { joined } from './shared/names.ts';
import { goesTogether, isLaterPart, isMadeAnew } from './shared/together.ts';

export default defineRule({
  id: 'drop-cascade',
  summary: 'Something is dropped with CASCADE, and what depends on it goes along unseen.',
  hazard: 'loses-data',
  severity: 'warn',
  engines: ['postgres'],
  replaces: ['atlas/DS101', 'migrationpilot/MP022', 'pgfence/drop-schema-cascade', 'pg-migration-lint/PGM202', 'pg-migration-lint/PGM205', 'bytebase/statement.disallow-rm-tbl-cascade'],
  docs: {
    why: 'CASCADE drops everything that depends on the thing: views and the views on them, foreign keys of other tables, policies, triggers, and with a type or an extension the columns of that type with their values. '
      + 'The server says so in a NOTICE that nobody reads during a deploy, and each of the other tables is locked as well. Without CASCADE it refuses and names them.',
    exceptions: 'Nothing is reported when the schema is known and nothing depends on the thing, for tables and columns of the same change set, for what the same statement drops by name, and for what the migration makes anew afterwards. Where columns or tables are lost it is an error.',
  },
  check: {
    'drop-table': judge, 'drop-column': judge, 'drop-view': judge, 'drop-type': judge, 'drop-schema': judge, 'drop-sequence': judge, 'drop-function': judge, 'drop-constraint': judge, 'drop-extension': judge,
  },
});

function judge(operation: Drop, context: StepContext): Finding | undefined {
  if (!operation.cascade || context.onNewTable || context.table?.isNew || (operation.kind === 'drop-column' && context.table?.newColumns.has(operation.column))) return undefined;
  const goes = context.effect.cascades ?? [];
  const taken = goes.filter((dependent) => !goesTogether(dependent, operation, context) && !isMadeAnew(dependent, operation, context));
  if (taken.length === 0 && (goes.length > 0 || isKnown(operation, context) || isLaterPart(operation, context))) return undefined;
  const more = taken.length > 5 ? [`${taken.length - 4} more`] : [];
  const what = taken.length === 0 ? 'whatever depends on it' : joined([...taken.slice(0, more.length ? 4 : 5).map((each) => each.what), ...more]);
  return {
    message: `Dropping ${droppedName(operation)} with CASCADE also drops ${what}.`,
    why: taken.length === 0
      ? 'What that is cannot be seen here: views, foreign keys, policies, triggers or columns may belong to it, and the server drops it without asking.'
      : `The server does so without asking: ${joined([...new Set(taken.map(consequence))])}.`,
    remedy: dropDependentsFirst(operation, taken, context),
    ...(taken.some(isLoss) ? { severity: 'error' as const } : {}),
  };
}

/** True when the schema knows the thing, so that no dependents are none, or knows that there is no such thing. */
function isKnown(operation: Drop, { schema, table }: StepContext): boolean {
  if (schema.complete && 'ifExists' in operation && operation.ifExists) return true;
  switch (operation.kind) {
    case 'drop-table':
    case 'drop-constraint':
      return table !== undefined;
    case 'drop-column':
      return table?.complete === true;
    case 'drop-view':
      return schema.view(operation.view) !== undefined;
    case 'drop-type':
      return schema.enumValues(operation.type) !== undefined || schema.domain(printName(operation.type)) !== undefined;
    case 'drop-function':
      return schema.function(printName(operation.function)) !== undefined;
    case 'drop-schema':
    case 'drop-extension':
      return schema.complete;
    case 'drop-sequence':
      return false;
  }
}
