import type { ColumnType, IndexDefinition, QualifiedName } from '../operations/index.ts';
import type { OutputColumn } from './query-output.ts';
import type { Table } from './table.ts';

/** A view at one moment. */
export interface View {
  readonly name: QualifiedName;
  readonly materialized: boolean;
  readonly query: string | null;
  readonly reads: readonly QualifiedName[];
  /** The indexes of a materialized view. */
  readonly indexes: readonly IndexDefinition[];
  /** True when it was created in the change set that is being linted: nobody reads it yet. */
  readonly isNew: boolean;
  /** The columns that a `*` of the query stood for when the view was made, by the printed name of their table. */
  readonly starred?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Its columns as they were when it was made or renamed since; left out when their number is not known. */
  readonly columns?: readonly OutputColumn[];
}

/** A function at one moment. */
export interface DatabaseFunction {
  readonly name: QualifiedName;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
}

/** The database's structure before one operation, as rules and engines see it. */
export interface Schema {
  /** The table of that name, or undefined when it is not known. A name without schema finds `public`'s, too. */
  table(name: QualifiedName): Table | undefined;
  tables(): Iterable<Table>;
  view(name: QualifiedName): View | undefined;
  views(): Iterable<View>;
  /** The labels of an enum type, or undefined. */
  enumValues(type: QualifiedName | string): readonly string[] | undefined;
  /** True when the enum type was created in the change set. */
  isNewType(type: QualifiedName | string): boolean;
  /** True when the change set added the label to the enum type, which did not have it before; also for a type that is not known. */
  isNewEnumValue(type: QualifiedName | string, value: string): boolean;
  /** A domain's base and whether it is constrained, or undefined. */
  domain(type: string): { readonly constrained: boolean; readonly base?: ColumnType } | undefined;
  function(name: string): DatabaseFunction | undefined;
  /** The table an index stands on, by the index's name. */
  tableOfIndex(index: string): Table | undefined;
  /** The tables with a foreign key to the table, itself among them when it refers to itself. */
  referencing?(name: QualifiedName): Iterable<Table>;
  /** The partitions of the table. */
  partitionsOf?(name: QualifiedName): Iterable<Table>;
  /** The other tables with a policy that reads the table. */
  policiesReading?(name: QualifiedName): Iterable<Table>;
  /** The partition of the table that takes what no other one does. */
  defaultPartitionOf?(name: QualifiedName): Table | undefined;
  /** The views that read the table or view. */
  viewsReading?(name: QualifiedName): Iterable<View>;
  /** True when it comes from a dump or a full replay, so that an unknown table really is unknown. */
  readonly complete: boolean;
}
