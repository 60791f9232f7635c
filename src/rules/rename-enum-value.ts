import { enumValueExpand } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'rename-enum-value',
  summary: 'A label of an enum type is renamed while code that uses the old one is running.',
  hazard: 'breaks-code',
  severity: 'error',
  engines: ['postgres'],
  replaces: ['strong_migrations/rename_enum_value', 'online_migrations/rename_enum_value', 'migrationpilot/MP060'],
  docs: {
    why: 'The rename changes every stored value at once. Code that is running keeps comparing with and writing the old label: its writes fail with "invalid input value for enum" and its conditions match nothing, '
      + 'until it is replaced and again after a rollback. Adding the new label and moving the rows over lets both work.',
    exceptions: 'An enum type created in the same pull request is not reported. MySQL and MariaDB have no statement for it: a MODIFY with another list of labels leaves rows that hold a missing one without a value (error 1265 in strict mode, the empty string without), which `narrowing-type-change` reports; SQLite has no enums.',
  },
  check: {
    'rename-enum-value'(operation, context) {
      if (context.schema.isNewType(operation.type)) return undefined;
      return {
        message: `Renaming ${quoted(operation.value)} to ${quoted(operation.to)} in the enum ${quoted(operation.type)} breaks the code that is running.`,
        why: `Code that writes or compares ${quoted(operation.value)} fails with "invalid input value for enum" from the moment of the rename until its processes are replaced; code that uses ${quoted(operation.to)} fails before it.`,
        remedy: enumValueExpand(operation, context),
      };
    },
  },
});
