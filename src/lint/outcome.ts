import type { Engine, Migration } from '../operations/index.ts';
import { foldingOf } from '../schema/folding.ts';
import type { Schema } from '../schema/schema.ts';
import type { SchemaState } from '../schema/state.ts';

/**
 * Gives the schema that a run ends in, from the schema after one of its migrations, which stays as it is: the migrations after that one are folded into a copy, once for the whole run and only when
 * somebody asks. `migrations` are those of the run and what is replayed between them, in order.
 */
export function outcomeOf(migrations: readonly Migration[], engine: Engine): (migration: Migration, schema: SchemaState) => Schema {
  let known: Schema | null = null;
  return (migration, schema) => {
    if (known !== null) return known;
    const end = schema.clone();
    for (const later of migrations.slice(migrations.indexOf(migration) + 1)) {
      const fold = foldingOf(end, later.operations, engine.name);
      for (const operation of later.operations) fold(operation, { inChangeSet: true });
    }
    return (known = end);
  };
}
