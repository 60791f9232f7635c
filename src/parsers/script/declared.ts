import type { Span } from '../../source/span.ts';

/** A column that a class or definition of an object mapper declares. */
export interface DeclaredColumn extends Span {
  /** The property by which the code knows it. */
  readonly name: string;
  /** The names that it can have in the database. */
  readonly columns: readonly string[];
}

/** A class or definition of TypeORM or Sequelize. */
export interface DeclaredModel extends Span {
  /** What the code calls it. */
  readonly name: string;
  /** `table` has one, `child` is in that of its parent, `part` has none but columns that others inherit. */
  readonly kind: 'table' | 'child' | 'part';
  /** Its table, when that is told or the only name by default; else null. */
  readonly table: string | null;
  readonly schema: string | null;
  /** Names that its table has if the settings of the library say so. */
  readonly possible: readonly string[];
  /** The class that it extends; empty for an expression, null without one that has columns. */
  readonly parent: string | null;
  readonly columns: readonly DeclaredColumn[];
  /** False when it has columns that its text does not name. */
  readonly complete: boolean;
  /** Tables between two others that it names. */
  readonly joinTables: readonly string[];
}

/** `nickName` to `nick_name`, as the object mappers write it. */
export function snakeCase(name: string): string {
  return name.replace(/([A-Z])([A-Z])([a-z])/g, '$1_$2$3').replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}
