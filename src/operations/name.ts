/**
 * The name of a table, view, index, type or function as the database will see it.
 * Unquoted SQL names are folded the way the engine folds them before they get here; Ruby names are kept as written.
 */
export interface QualifiedName {
  /** The schema (Postgres) or database (MySQL) when it is written out, else null. */
  readonly schema: string | null;
  readonly name: string;
  /** True when part of the name is computed while the migration runs; `name` is then its source text. */
  readonly dynamic?: boolean;
}

/** Makes a name; `users` or `auth.users` style text is not split here, that is the parser's business. */
export function qualified(name: string, schema: string | null = null): QualifiedName {
  return { schema, name };
}

/** `schema.name`, or the bare name: for messages and as a map key. `public` is the default schema and is left out. */
export function printName(name: QualifiedName): string {
  return name.schema && name.schema !== 'public' ? `${name.schema}.${name.name}` : name.name;
}

/** True when both name the same object. */
export function sameName(a: QualifiedName, b: QualifiedName): boolean {
  return printName(a) === printName(b);
}
