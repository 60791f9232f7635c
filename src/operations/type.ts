/**
 * A column type in the engine's own canonical spelling, so that `t.string`, `varchar` and `character varying` are one thing.
 *
 * Canonical names: Postgres `varchar char text integer bigint smallint numeric real double timestamp timestamptz time timetz date interval
 * boolean uuid json jsonb bytea citext inet cidr macaddr bit varbit xml hstore money tsvector point serial bigserial smallserial ...`;
 * MySQL and MariaDB the same where they share it, else `tinyint mediumint tinytext mediumtext longtext datetime year blob tinyblob
 * mediumblob longblob varbinary binary enum set double float decimal`. Enums, domains and extension types keep their own name.
 */
export interface ColumnType {
  readonly name: string;
  /** Length, precision, or precision and scale: `varchar(255)` is `[255]`, `numeric(10,2)` is `[10, 2]`. */
  readonly args: readonly number[];
  readonly array?: boolean;
  readonly unsigned?: boolean;
  /** The labels of an inline MySQL `enum(...)` or `set(...)`. */
  readonly values?: readonly string[];
  /** True when the type is computed while the migration runs. */
  readonly dynamic?: boolean;
}

/** Makes a type. */
export function columnType(name: string, args: readonly number[] = []): ColumnType {
  return { name, args };
}

/** The type as SQL writes it: `varchar(255)`, `numeric(10,2)`, `integer[]`, `int unsigned`. */
export function printType(type: ColumnType): string {
  const args = type.values ? `(${type.values.map((value) => `'${value}'`).join(',')})` : type.args.length ? `(${type.args.join(',')})` : '';
  return `${type.name}${args}${type.unsigned ? ' unsigned' : ''}${type.array ? '[]' : ''}`;
}

/** True when both are the same type with the same arguments. */
export function sameType(a: ColumnType, b: ColumnType): boolean {
  return printType(a) === printType(b);
}
