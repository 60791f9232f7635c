import type { ColumnDefinition, Default, Operation, QualifiedName } from '../operations/index.ts';

/**
 * The names of what an operation touches: tables, indexes, types, views, functions; also those of types and functions that its columns use, of tables that its keys
 * refer to, and of the table that Rails' usual name for an index tells of.
 */
export function namesIn(operation: Operation): string[] {
  const names: string[] = [];
  const add = (value: unknown) => {
    if (typeof value === 'string') names.push(value);
    else if (Array.isArray(value)) value.forEach(add);
    else if (isName(value)) names.push(value.name);
  };
  for (const value of Object.values(operation) as unknown[]) if (isName(value) || (Array.isArray(value) && value.every(isName))) add(value);
  if (operation.kind === 'create-index') add([operation.index.name, operation.index.table]);
  if (operation.kind === 'drop-index') add([/^index_(\w+)_on_\w+$/.exec(operation.name?.name ?? '')?.[1]]);
  if (operation.kind === 'rename-index') add(operation.name);
  if (operation.kind === 'add-unique' || operation.kind === 'add-primary-key') add(operation.usingIndex);
  if (operation.kind === 'alter-column-type') add(operation.type.name);
  if (operation.kind === 'set-default') addDefault(operation.default);
  if (operation.kind === 'add-foreign-key') add(operation.foreignKey.references);
  if (operation.kind === 'add-column') addColumn(operation.column);
  if (operation.kind === 'create-table') {
    operation.columns.forEach(addColumn);
    add(operation.foreignKeys.map(({ references }) => references));
  }
  return names;

  function addColumn({ type, references, default: value }: ColumnDefinition): void {
    add([type.name, references?.references]);
    addDefault(value);
  }
  function addDefault(value: Default): void {
    if (value.kind === 'expression') add(value.functions);
  }
}

/** The older names of the things that an operation of an earlier file renames to, or puts on, one of `wanted` (lower case): what has to be looked for as well. */
export function namesBehind(operation: Operation, wanted: ReadonlySet<string>): readonly string[] {
  const is = (name: QualifiedName | string | null) => name !== null && wanted.has((typeof name === 'string' ? name : name.name).toLowerCase());
  switch (operation.kind) {
    case 'rename-table':
      return is(operation.to) ? [operation.table.name] : [];
    case 'rename-view':
      return is(operation.to) ? [operation.view.name] : [];
    case 'rename-type':
      return is(operation.to) ? [operation.type.name] : [];
    case 'rename-index':
      return is(operation.to) ? [operation.name] : [];
    case 'create-index':
      return is(operation.index.name) ? [operation.index.table.name] : [];
    case 'create-table':
      return is(operation.table) && operation.partitionOf ? [operation.partitionOf.name] : operation.indexes.some(({ name }) => is(name)) || operation.constraints.some(({ name }) => is(name)) ? [operation.table.name] : [];
    case 'add-unique':
    case 'add-exclusion':
      return is(operation.name) ? [operation.table.name] : [];
    default:
      return [];
  }
}

/** The names of what an operation of an earlier file hangs on one of `wanted` (lower case): a later file may take it away without a word of them. */
export function namesAround(operation: Operation, wanted: ReadonlySet<string>): readonly string[] {
  const is = (name: QualifiedName) => wanted.has(name.name.toLowerCase());
  switch (operation.kind) {
    case 'create-index':
      return is(operation.index.table) && operation.index.name !== null ? [operation.index.name] : [];
    case 'create-table': {
      const hangs = operation.foreignKeys.some(({ references }) => is(references)) || operation.columns.some(({ references }) => references && is(references.references)) || (operation.partitionOf && is(operation.partitionOf)) || operation.inherits.some(is);
      return [...(hangs ? [operation.table.name] : []), ...(is(operation.table) ? operation.indexes.flatMap(({ name }) => name ?? []) : [])];
    }
    case 'add-foreign-key':
      return is(operation.foreignKey.references) ? [operation.table.name] : [];
    case 'add-column':
      return operation.column.references && is(operation.column.references.references) ? [operation.table.name] : [];
    case 'attach-partition':
      return is(operation.table) ? [operation.partition.name] : [];
    case 'create-view':
      return operation.reads.some(is) ? [operation.view.name] : [];
    default:
      return [];
  }
}

/** What a table, index or view is called from an operation on, when it was called one of `names` (lower case). */
export function renamedTo(operation: Operation, names: ReadonlySet<string>): readonly string[] {
  switch (operation.kind) {
    case 'rename-table':
      return names.has(operation.table.name.toLowerCase()) ? [operation.to.name] : [];
    case 'rename-view':
      return names.has(operation.view.name.toLowerCase()) ? [operation.to] : [];
    case 'rename-index':
      return names.has(operation.name.toLowerCase()) ? [operation.to] : [];
    default:
      return [];
  }
}

function isName(value: unknown): value is QualifiedName {
  return typeof value === 'object' && value !== null && 'schema' in value && 'name' in value && typeof value.name === 'string';
}
