import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'enum-value-order',
  summary: 'A label is added to an enum type without saying where it stands in its order.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['squawk/require-enum-value-ordering'],
  docs: {
    why: 'Labels of an enum compare and sort in the order of the type, and one that is added without BEFORE or AFTER comes last. Where the order means something (`draft` < `submitted` < `approved`), `status < \'approved\'` and `ORDER BY status` then take the new label for the furthest. '
      + 'Postgres cannot move a label afterwards: the type has to be made anew, which rewrites every column of it.',
    exceptions: 'Enums whose order means nothing, where the end is as good a place as any. A type of the same change set is not reported.',
  },
  check: {
    'add-enum-value'(operation, context) {
      if (operation.before !== null || operation.after !== null || context.schema.isNewType(operation.type)) return undefined;
      return {
        message: `${quoted(operation.value)} is added to the enum ${quoted(operation.type)} without a place in its order, so it comes last.`,
        why: 'Comparisons and ORDER BY go by the order of the labels, and a label cannot be moved later.',
        remedy: advise('Say where it belongs: BEFORE or AFTER a label (Rails: "before:" or "after:").'),
      };
    },
  },
});
