import type { Application } from '../application/application.ts';
import type { Engine, Migration } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';

/** What a remedy may know of the finding's surroundings; rules pass their own context. */
export interface RemedyContext {
  readonly migration: Migration;
  readonly engine: Engine;
  readonly schema: Schema;
  /** Gives the application's own class names for tables; left out, they are derived from the tables' names. */
  readonly application?: Application;
}
