import type { LockTimeout } from '../operations/index.ts';
import type { Position } from '../source/source.ts';
import type { Place } from '../source/span.ts';

/** What one model class of the application says about its table. */
export interface Model {
  readonly className: string;
  readonly table: string;
  /** `self.ignored_columns = / +=`, with inherited and included ones. */
  readonly ignoredColumns: readonly string[];
  /** `self.inheritance_column`, when set. */
  readonly inheritanceColumn: string | null;
  /** The columns that it declares, for models that name theirs in the code (Prisma, Drizzle, TypeORM, Sequelize): where, and under which name the code knows them. Left out where the database is asked. */
  readonly columns?: ReadonlyMap<string, Attribute>;
  /** Its own checks that no two rows are equal, with inherited and included ones; left out where models have none. */
  readonly uniqueness?: readonly ValidatedUniqueness[];
  readonly place: Place;
}

/** A check of a model that no two rows are equal in some attributes: columns, or associations that stand for theirs. */
export interface ValidatedUniqueness {
  readonly attributes: readonly string[];
  /** The check, or the model that has it from elsewhere. */
  readonly place: Place;
}

/** A column that a model declares. */
export interface Attribute {
  readonly name: string;
  readonly place: Place;
}

/** A place in the code that names a column or table. */
export interface Use {
  readonly place: Place;
  readonly position: Position;
  /** The line it stands on, trimmed. */
  readonly line: string;
  /** `certain`: it can mean nothing else; `likely`: where it stands speaks for it; `possible`: only the name does. */
  readonly certainty: 'certain' | 'likely' | 'possible';
  /** True when the base does not have it: the file or the line is new. False without a base. */
  readonly isNew: boolean;
}

/** The uses that were found, most certain first. */
export interface Uses {
  readonly found: readonly Use[];
  /** False when there was more code than is looked at. */
  readonly complete: boolean;
}

/** A state of the code: as it lies here, or as the base has it, which the processes that run were started from. */
export type CodeState = 'here' | 'base';

/** What the application's code says of the names that the migrations change. */
export interface ApplicationCode {
  /** The base that the code here is compared with, or null: both states are then what lies here. */
  readonly base: string | null;
  /** The models of a table. */
  modelsOf(table: string, state: CodeState): readonly Model[];
  /** Models that are of the table if the settings of their library do not say otherwise; left out where every model tells its table. */
  possibleModelsOf?(table: string, state: CodeState): readonly Model[];
  /** Where the code names a column; `isShared` when other tables have one of that name, so that the name alone says nothing. */
  columnUses(table: string, column: string, isShared: boolean, state: CodeState): Uses;
  tableUses(table: string, state: CodeState): Uses;
  /** True for a migration (by its path) that runs when the new code is deployed already. */
  runsAfterDeployment(path: string): boolean;
}

/** The running application as its source tells it: what code expects of the database. Empty outside frameworks with models. */
export interface Application {
  /** The models whose table it is. */
  modelsOf(table: string): readonly Model[];
  /** What its code says of what the migrations change; null when nobody has looked, or cannot. */
  readonly code: ApplicationCode | null;
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
  code: null,
  defines: () => false,
  partialInserts: null,
  frameworkVersion: null,
  lockTimeout: null,
  libraries: new Set(),
};
