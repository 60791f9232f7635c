import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'schemafile-redefinition',
  summary: 'An index, constraint or key is edited in the Schemafile: Ridgepole removes it and makes it anew.',
  hazard: 'blocks',
  severity: 'warn',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'Ridgepole has no way to change an index or a constraint. It removes what is there and adds what the Schemafile says, in two statements of which each commits by itself: in between queries have no index, duplicates and orphans can be written, and when the second one fails nothing is left. '
      + 'A primary key is not changed at all without `--allow-pk-change`: a warning scrolls by and the database stays as it was. '
      + 'Before 3.0.3 `algorithm: :concurrently` counted as a difference: such an index is made anew at every apply.',
    exceptions: 'Other spellings of the same thing (order of lines, quotes, `using: :btree`) are not reported. Nor is a constraint that only becomes valid, from 3.2.3 on.',
  },
  problem: {
    'schemafile-redefinition'({ table, what, name, reason, message, unique }) {
      switch (reason) {
        case 'refused':
          return { message: message ?? '', why: 'Ridgepole stops while it reads the Schemafile, before it changes anything.', remedy: advise('Define it once, beside its table.'), severity: 'error' as const };
        case 'primary-key':
          return {
            message: `The primary key of ${quoted(table)} is edited, and Ridgepole does not change it.`,
            why: 'Without "--allow-pk-change" Ridgepole prints a warning and goes on: the Schemafile and the database differ from then on. With it, the column is changed like any other one, which rewrites the table.',
            remedy: advise('Change the key outside of Ridgepole, in steps, and let the Schemafile follow; or put the old definition back.'),
          };
        case 'repeated':
          return {
            message: `The index ${quoted(name)} of ${quoted(table)} is dropped and built again at every apply.`,
            why: 'This release of Ridgepole (before 3.0.3) takes "algorithm:", which no database remembers, for a difference.',
            remedy: advise('Build the index by hand with CONCURRENTLY and define it without "algorithm:", or update Ridgepole.'), severity: 'error' as const,
          };
        case 'replaced': {
          const gap = unique ? 'duplicates can be written that the new one then fails on' : what === 'index' ? 'queries that use it read the whole table' : 'rows can be written that the new one then fails on';
          const advice = what === 'index'
            ? `Add the new index under a name of its own first, and take ${quoted(name)} out in the deployment after.`
            : `Add the new ${what} under a name of its own, and take ${quoted(name)} out in the deployment after.`;
          return {
            message: `The ${what} ${quoted(name)} of ${quoted(table)} is edited, so Ridgepole removes it and makes it anew.`,
            why: `Each of the two commits by itself: in between ${gap}, and when the second fails there is none.`,
            remedy: advise(advice),
          };
        }
      }
    },
  },
});
