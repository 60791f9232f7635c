import type { Application } from '../../application/application.ts';
import type { Engine, Framework, Migration, Operation, PlacedVersion } from '../../operations/index.ts';
import type { Comparison } from '../../schema/compare/difference.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Source } from '../../source/source.ts';
import type { Finding, RuleContext } from '../rule.ts';

/** A migration file of a set, and where it stands against the base. */
export interface FileInSet {
  readonly path: string;
  readonly version: string | null;
  readonly status: 'new' | 'edited' | 'renamed' | 'merged' | 'unknown';
  /** What it was in the base, when it had another name there. */
  readonly was: { readonly path: string; readonly version: string | null } | null;
}

/** A migration on the base branch. */
export interface MigrationOnBase {
  readonly path: string;
  readonly version: string;
}

/** A merged migration that the change set removes, as it was. */
export interface DeletedMigration {
  readonly path: string;
  readonly version: string | null;
  readonly migration: Migration;
}

/** A dump of the schema that is merged, and what the change set makes of it. */
export interface DumpHistory {
  readonly format: 'schema.rb' | 'structure.sql';
  /** As it lies here. */
  readonly source: Source;
  /** False when its text is the base's. */
  readonly isChanged: boolean;
  /** The versions that it names, in the base and here. */
  readonly versions: { readonly base: readonly PlacedVersion[]; readonly here: readonly PlacedVersion[] };
  /** What the base's dump and the new migrations make, and how that may be compared with what this dump makes. */
  readonly expected: Schema;
  readonly here: Schema;
  readonly comparison: Comparison;
  /** What builds `here`, with its places in the source. */
  readonly operations: readonly Operation[];
  /** The new migrations, in order. */
  readonly migrations: readonly Migration[];
  /** True when a merged migration names all of these: what the dump has of them may be made good for it. */
  isNamedBefore(names: readonly string[]): boolean;
}

/** What git tells of the migrations of one database. */
export interface SetHistory {
  /** What the change set is compared with, for messages: `origin/main`. */
  readonly base: string;
  readonly framework: Framework;
  /** The directory that names the set. */
  readonly root: string;
  /** All files of the set as they lie here, in the order in which they run. */
  readonly files: readonly FileInSet[];
  /** In the order in which they ran. */
  readonly deleted: readonly DeletedMigration[];
  /** Those on the base branch by now, in order. */
  readonly onBase: readonly MigrationOnBase[];
  /** True when a dump of the schema is kept beside the migrations, from which a new database is made. */
  readonly hasDump: boolean;
  /** That dump, where it is merged and still here. */
  readonly dump: DumpHistory | null;
  /** When the run takes place. */
  readonly now: Date;
}

/** What git tells of one migration of a change set. */
export interface MigrationHistory {
  readonly file: FileInSet;
  /** What it was in the base; null for a new one, and where that cannot be read. */
  readonly before: Migration | null;
  /** Migrations on the base branch with a higher version than this new one; some of them when there are many. */
  readonly overtakenBy: readonly Migration[];
  readonly set: SetHistory;
}

/** What `history` handlers are given. */
export interface HistoryContext extends RuleContext {
  readonly history: MigrationHistory;
}

/** What `set` handlers are given. */
export interface SetContext {
  readonly history: SetHistory;
  readonly engine: Engine;
  readonly application: Application;
  /** Before the first migration of the change set. */
  readonly before: Schema;
  /** After the last one. */
  readonly after: Schema;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A finding about a set: it stands in a file that is no migration of the change set. */
export interface SetFinding extends Pick<Finding, 'message' | 'why' | 'severity' | 'related'> {
  readonly source: Source;
  readonly at: NonNullable<Finding['at']>;
  readonly advice: string;
  /** The version it is about, for acknowledgements. */
  readonly version: string | null;
}
