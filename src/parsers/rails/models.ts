import type { Span } from '../../source/span.ts';
import type { RubyTree } from '../ruby/tree.ts';
import type { RailsEnvironment } from './environment.ts';

/** What one class of `app/models` says about its table, as written; nothing inherited or included is resolved here. */
export interface ModelFacts {
  /** The full name with its namespaces: `Admin::User`. */
  readonly className: string;
  /** The superclass as written, or null; for a concern or another module always null. */
  readonly superclass: string | null;
  readonly kind: 'class' | 'module';
  /** `self.abstract_class = true`. */
  readonly abstract: boolean;
  /** `self.table_name =`, or null. */
  readonly tableName: string | null;
  /** `self.table_name_prefix =` or `def self.table_name_prefix`, or null. */
  readonly tableNamePrefix: string | null;
  /** The table by Active Record's convention, when nothing sets it. */
  readonly conventionalTable: string;
  readonly ignoredColumns: readonly string[];
  /** `ignored_columns +=`: adds to what the superclass ignores; false when it replaces it. */
  readonly addsIgnoredColumns: boolean;
  readonly inheritanceColumn: string | null;
  /** Names of the modules it includes, extends or prepends, as written. */
  readonly includes: readonly string[];
  readonly span: Span;
}

/** Every class and module of a file that may be a model or a part of one. */
export function readModel(tree: RubyTree, environment: RailsEnvironment): ModelFacts[] {
  void tree;
  void environment;
  return [];
}
