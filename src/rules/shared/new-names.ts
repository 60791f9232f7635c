import type { Operation } from '../../operations/index.ts';

/** A name that an operation gives to something. */
export interface NamedObject {
  /** `table`, `column`, `index`, ... */
  readonly what: string;
  readonly name: string;
  /** True when the framework makes the name up. */
  readonly generated: boolean;
}

/** Every name that an operation gives; names that are computed while it runs are left out. */
export function newNames(operation: Operation): NamedObject[] {
  const named = (what: string, name: string | null, generated = false): NamedObject[] => (name === null || name.includes('#{') ? [] : [{ what, name, generated }]);
  switch (operation.kind) {
    case 'create-table':
      return [
        ...(operation.table.dynamic ? [] : named('table', operation.table.name)),
        ...operation.columns.flatMap((column) => named('column', column.name)),
        ...operation.indexes.flatMap((index) => named('index', index.name, index.generatedName)),
        ...[...operation.foreignKeys, ...operation.checks, ...operation.constraints].flatMap((constraint) => named('constraint', constraint.name)),
      ];
    case 'rename-table':
      return operation.to.dynamic ? [] : named('table', operation.to.name);
    case 'add-column':
      return named('column', operation.column.name);
    case 'rename-column':
      return named('column', operation.to);
    case 'create-index':
      return named('index', operation.index.name, operation.index.generatedName);
    case 'rename-index':
      return named('index', operation.to);
    case 'add-foreign-key':
      return named('constraint', operation.foreignKey.name);
    case 'add-check':
      return named('constraint', operation.check.name);
    case 'add-unique':
    case 'add-exclusion':
      return named('constraint', operation.name);
    case 'rename-constraint':
      return named('constraint', operation.to);
    case 'create-enum':
      return named('type', operation.type.name);
    case 'rename-type':
      return named('type', operation.to);
    case 'create-view':
      return named('view', operation.view.name);
    case 'create-function':
      return named('function', operation.function.name);
    case 'create-trigger':
      return named('trigger', operation.name);
    case 'rename-trigger':
      return named('trigger', operation.to);
    case 'create-sequence':
      return named('sequence', operation.sequence.name);
    default:
      return [];
  }
}
