import { noDefault } from '../operations/index.ts';
import type { ColumnDefinition, OperationOf } from '../operations/index.ts';

/**
 * The column as a restated definition leaves it (MySQL MODIFY and CHANGE): what it says, and of the present column only what the framework repeats
 * by itself. A column of the primary key (`inKey`) holds no NULL whatever it says. Null when the operation restates nothing.
 */
export function restatedColumn(before: ColumnDefinition, operation: OperationOf<'alter-column-type'>, inKey: boolean): ColumnDefinition | null {
  if (operation.restated === null) return null;
  const { position: _position, unique: _unique, references: _references, check: _check, primaryKey: _primaryKey, ...written } = operation.restated;
  const keeps = new Set(operation.keeps);
  const isPlain = before.default.kind !== 'expression';
  const keepsDefault = written.default.kind === 'none' && (keeps.has('default') || (keeps.has('constant-default') && isPlain));
  const value = keepsDefault ? before.default : written.default;
  return {
    ...(keeps.has('comment') && before.comment !== undefined ? { comment: before.comment } : {}),
    ...(keeps.has('collation') && before.collation !== undefined ? { collation: before.collation } : {}),
    ...(keeps.has('collation') && before.charset !== undefined ? { charset: before.charset } : {}),
    ...(keeps.has('auto-increment') && before.autoIncrement ? { autoIncrement: true } : {}),
    ...written,
    name: before.name,
    nullable: written.nullable && !inKey && !(keeps.has('not-null') && !before.nullable),
    default: value.kind === 'constant' && value.value === null ? noDefault : value,
  };
}
