import type { OperationOf } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'security-definer-search-path',
  summary: 'A function runs with its owner\'s rights and with the search path of whoever calls it.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['migrationpilot/MP099'],
  docs: {
    why: 'Names in the body without a schema are looked up in the caller\'s `search_path`. Whoever may create objects in any schema, or temporary tables, puts a table or function of the same name first and has it used, or run, with the owner\'s rights. '
      + 'Postgres\'s manual asks for `SET search_path` on every such function (CREATE FUNCTION, "Writing SECURITY DEFINER Functions Safely"), with `pg_temp` last.',
    exceptions: 'A function whose body names everything with its schema; an empty search path makes sure of that. Not reported when the migration sets the path later (ALTER FUNCTION ... SET search_path).',
  },
  check: {
    'create-function'(operation, context) {
      if (!operation.definer || operation.definer.searchPath !== null || isSetLater(operation, context)) return undefined;
      return {
        message: `The function ${quoted(operation.function)} runs with its owner's rights and takes the search path of its caller.`,
        why: 'A caller who can create a table or function of a name that the body uses without its schema has it used with the rights of the owner.',
        remedy: advise('Add "SET search_path = \'\'" and write schemas before the names in the body, or "SET search_path = the_schema, pg_temp".'),
      };
    },
  },
});

function isSetLater(operation: OperationOf<'create-function'>, { migration }: StepContext): boolean {
  return migration.operations.some((later) => later.kind === 'other' && /^alter (?:function|procedure|routine)\b.*\bset\s+search_path\b/i.test(later.text) && later.text.toLowerCase().includes(operation.function.name.toLowerCase()));
}
