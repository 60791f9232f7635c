import type { Engine } from '../../operations/index.ts';
import type { RubyParser, RubyTree } from '../ruby/tree.ts';
import type { SqlParser } from '../sql/statement.ts';

/** Everything outside the file that decides how a Rails migration reads. */
export interface RailsEnvironment {
  readonly engine: Engine;
  /** The application's Active Record release (`[7, 1]`) from Gemfile.lock; null when unknown. */
  readonly railsVersion: readonly number[] | null;
  /** Gem names in Gemfile.lock. */
  readonly libraries: ReadonlySet<string>;
  /** Inflections of the application (config/initializers/inflections.rb): acronyms (`API`), and plural, singular, irregular, uncountable additions. */
  readonly inflections: Inflections;
  /** The primary key type that generators write (`primary_key_type: :uuid`), or null. `create_table` does not look at it; migrations of Rails' own engines do. */
  readonly primaryKeyType: string | null;
  /** What `datetime` means on Postgres (`PostgreSQLAdapter.datetime_type`); `timestamp` when left out. */
  readonly datetimeType?: 'timestamp' | 'timestamptz';
  /** The text a constant of the repository is defined in (an included helper module, a base migration), or null. */
  readonly resolveConstant: (name: string) => RubyTree | null;
  readonly ruby: RubyParser;
  /** Reads SQL in `execute`; null when it could not be loaded (SQL is opaque then). */
  readonly sql: SqlParser | null;
}

/** Additions to Active Support's inflector. */
export interface Inflections {
  readonly acronyms: readonly string[];
  readonly irregular: readonly (readonly [singular: string, plural: string])[];
  readonly uncountable: readonly string[];
}

/** No additions. */
export const defaultInflections: Inflections = { acronyms: [], irregular: [], uncountable: [] };
