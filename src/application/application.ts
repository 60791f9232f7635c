import type { LockTimeout } from '../operations/index.ts';
import type { Place } from '../source/span.ts';

/** What one model class of the application says about its table. */
export interface Model {
  readonly className: string;
  readonly table: string;
  /** `self.ignored_columns = / +=`, with inherited and included ones. */
  readonly ignoredColumns: readonly string[];
  /** `self.inheritance_column`, when set. */
  readonly inheritanceColumn: string | null;
  readonly place: Place;
}

/** The running application as its source tells it: what code expects of the database. Empty outside frameworks with models. */
export interface Application {
  /** The models whose table it is. */
  modelsOf(table: string): readonly Model[];
  /** True when `constant` is defined in the application's own code (model, service, job, setting). */
  defines(constant: string): boolean;
  /** Rails `partial_inserts`: true, false, or null when it cannot be told. */
  readonly partialInserts: boolean | null;
  /** The framework's release (`7.1`), from its lock file, or null. */
  readonly frameworkVersion: string | null;
  /** The bound on waiting for locks that it sets for every migration (`variables:` of `database.yml`, a gem's setting), or null. */
  readonly lockTimeout: LockTimeout | null;
  /** The same for how long a statement may run (`statement_timeout`); left out where nothing is known. */
  readonly statementTimeout?: LockTimeout | null;
  /** Names of the libraries in the lock file, lower case. */
  readonly libraries: ReadonlySet<string>;
}

/** An application nobody knows anything about. */
export const unknownApplication: Application = {
  modelsOf: () => [],
  defines: () => false,
  partialInserts: null,
  frameworkVersion: null,
  lockTimeout: null,
  libraries: new Set(),
};
