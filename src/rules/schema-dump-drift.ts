import { defineRule } from './rule.ts';
import type { Severity } from './rule.ts';
import type { Difference } from '../schema/compare/difference.ts';
import type { DumpHistory, SetContext, SetFinding, SetHistory } from './shared/change-set.ts';
import { positionAt } from '../source/source.ts';
import { describe, driftOf } from './shared/drift.ts';
import { placeOf } from './shared/dump-place.ts';
import { wrongVersions } from './shared/dump-versions.ts';

export default defineRule({
  id: 'schema-dump-drift',
  summary: 'The dump of the schema is not what the merged one and the new migrations make.',
  hazard: 'history',
  severity: 'error',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'New databases (of a colleague, of CI, of a new installation) are made from `db/schema.rb` or `db/structure.sql` and not by running the migrations. A dump that lacks a change makes databases without it, with the migration marked as run where the version line includes it; one that is behind in its version runs the migration once more, on a database that has its changes. '
      + 'A dump that says more than the migrations was taken from a database that has run those of another branch, and what came from there fails when that branch is merged.\n\n'
      + 'The dump of the base is taken, the new migrations are applied to it, and the result is compared with the dump as it is committed: tables, columns (type, NULL, default, generated), indexes, keys and constraints. How migrations are replayed, and how dumps are read, is compared with what Active Record itself makes of them on a real server. What a migration does on a condition, or in a way that is not '
      + 'understood, and an expression that a server spells in its own way, count as unknown and not as different.',
    exceptions: 'Where the dump is not committed nothing is said. A dump that makes good for merged migrations is no drift: names that a merged migration has are passed over. A difference in a table that no new migration touches is a warning. Accept one with its reason in the configuration, by version: `acknowledged: { "20260301101112": "reason" }`.',
  },
  set({ history }: SetContext) {
    const { dump } = history;
    if (!dump) return [];
    const wrong = wrongVersions(dump, history);
    if (!dump.isChanged && wrong.length > 0) return wrong;
    const { touched, stray } = driftOf(dump);
    return [...wrong, ...told(touched, 'error', dump, history), ...told(stray, dump.isChanged ? 'warn' : 'error', dump, history)];
  },
});

/** So many differences are named. */
const mostNamed = 4;

function told(differences: readonly Difference[], severity: Severity, dump: DumpHistory, { base }: SetHistory): SetFinding[] {
  const [first, ...others] = differences;
  if (!first) return [];
  const { path } = dump.source;
  const named = others.slice(0, mostNamed - 1).map(describe);
  const rest = others.length - named.length;
  const also = named.length > 0 ? ` Besides: ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.` : '';
  const because = first.what === 'missing-there'
    ? 'A database that is made from the dump lacks it, and the migration that makes it does not run there.'
    : first.what === 'missing-here' ? 'The dump seems to be taken from a database that has run something else: what is not in the migrations never reaches the other databases.' : 'A database that is made from the dump differs from one that is migrated.';
  return [{
    source: dump.source, at: placeOf(first, dump), version: dump.migrations.at(-1)?.version ?? dump.versions.here.at(-1)?.version ?? null, severity: severity === 'off' ? 'warn' : severity,
    message: `"${path}" is not what the migrations make of the one on "${base}": ${describe(first)}.`,
    why: because + also,
    advice: 'Migrate a database that is made from the merged dump, and commit the dump that comes of it.',
    ...(others.length > 0 ? { related: others.slice(0, mostNamed - 1).map((other) => ({ place: { path, ...placeOf(other, dump) }, position: positionAt(dump.source, placeOf(other, dump).start), text: describe(other) })) } : {}),
  }];
}
