import type { Application } from '../application/application.ts';
import type { Engine, Migration, Operation, PlacedVersion } from '../operations/index.ts';
import type { SchemaDifference } from '../parsers/ridgepole/difference.ts';
import type { BaseFiles } from '../project/base-files.ts';
import type { SchemaDump } from '../project/migration-file.ts';
import type { Source } from '../source/source.ts';
import type { ToolSettings } from '../config/tool-settings.ts';

/** Two commits to compare; `to` null means the files as they lie here. */
export interface SchemaSides {
  readonly from: BaseFiles;
  readonly to: BaseFiles | null;
}

/** Everything one framework brings to one set of migrations: how its files read, what its application says, which engine it runs on. */
export interface FrontEnd {
  readonly engine: Engine;
  readonly application: Application;
  /** Settings of other checkers that the repository already uses. */
  readonly tools: ToolSettings;
  /** False when the application tells the dump to leave tables out. */
  dumpsAllTables(): boolean;
  /** The application with what its code says of the names that the migrations take away or rename; with `additions`, of those that they add, too. */
  informed(migrations: readonly Migration[], additions: boolean): Promise<Application>;
  parse(source: Source): Promise<Migration>;
  /** The operations that build the dumped schema. */
  parseDump(dump: SchemaDump): Promise<readonly Operation[]>;
  /** The version a dump says it is at, or null. */
  dumpVersion(dump: SchemaDump): string | null;
  /** The versions that a dump names, each with its place: the one that a `schema.rb` is at, all that a `structure.sql` lists. */
  dumpVersions(dump: SchemaDump): readonly PlacedVersion[];
  /** Of a framework whose files say what the schema shall be: what applying them does. Null when there is nothing to compare with; `notes` say so. Absent elsewhere. */
  difference?(sides?: SchemaSides): Promise<{ readonly difference: SchemaDifference | null; readonly notes: readonly string[] }>;
}
