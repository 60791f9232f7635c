import { columnType, olderThan, printName, printType, sameType } from '../../operations/index.ts';
import type { ColumnType, OperationOf } from '../../operations/index.ts';
import { mentions, tokenize } from '../../schema/expression.ts';
import { indexUses } from '../../schema/table-parts.ts';
import { typeKey } from '../../schema/store.ts';
import type { Table } from '../../schema/table.ts';
import type { Assumption, Effect } from '../effect.ts';
import { childrenOf } from '../relations.ts';
import { typeChange } from '../type-change.ts';
import type { TypeChange } from '../type-change.ts';
import { canonicalType, isBuiltIn } from '../type-name.ts';
import { effectOfClaim, others } from './claim.ts';
import type { Claim, Situation } from './claim.ts';
import { columnClaims } from './claims.ts';
import { boundColumn } from './columns.ts';
import { columnDependents, doubt } from './dependents.ts';
import { freeRow, postgresTypeChange } from './type-change.ts';

/** ALTER COLUMN TYPE, with COLLATE and USING. */
export function alterTypeEffect(operation: OperationOf<'alter-column-type'>, at: Situation): Effect {
  const table = at.schema.table(operation.table);
  const old = table?.columns.get(operation.column)?.type ?? null;
  const using = usingOf(operation);
  const change = using === 'expression' ? usingExpression(old, operation.type) : resolvedChange(old, operation.type, at, using === 'cast');
  const after = rebuilt(operation, table, old, at);
  const claim = claimOf(change, after);
  const keys = (table?.foreignKeys ?? []).filter((key) => key.columns.includes(operation.column)).map((key) => key.references).filter((name) => printName(name) !== printName(operation.table));
  return effectOfClaim(claim, operation.table, at, {
    others: [...others(keys, 'ACCESS EXCLUSIVE', 'parent'), ...others(childrenOn(operation, at), 'ACCESS EXCLUSIVE', 'child')],
    assumes: assumptions(operation, old, change, using, at),
    loses: change.narrows !== null && change.error === null ? [change.narrows] : jsonLoss(old, operation.type),
    unsure: change.cost === 'unknown' ? change.why : doubt(columnDependents(operation.table, operation.column, at.schema)),
    refused: boundColumn(table, operation.column),
    rebuildsIndexes: after.indexes,
  });
}

type Using = 'none' | 'cast' | 'expression';

/** A USING that names the column, or casts it to the very type, changes nothing about the work; a cast cuts long values without an error. */
function usingOf(operation: OperationOf<'alter-column-type'>): Using {
  if (operation.using === null) return 'none';
  const text = tokenize(operation.using).map((token) => token.text).filter((part) => part !== '(' && part !== ')');
  const bare = (token: string | undefined) => token?.toLowerCase() === operation.column.toLowerCase();
  if (text.length === 1 && bare(text[0])) return 'none';
  const written = printType(operation.type).replaceAll(/[()]/g, '').replaceAll(/\s/g, '');
  const cast = text[1] === '::' && bare(text[0]) ? text.slice(2) : text[0] === 'cast' && text[2] === 'as' && bare(text[1]) ? text.slice(3) : null;
  if (cast === null) return 'expression';
  const [name = '', ...args] = cast;
  const numbers = args.filter((part) => /^\d+$/.test(part)).map(Number);
  return cast.join('') === written || sameType(canonicalType(columnType(name, numbers)), canonicalType(operation.type)) ? 'cast' : 'expression';
}

function usingExpression(old: ColumnType | null, to: ColumnType): TypeChange {
  const same = old !== null && sameType(canonicalType(old), canonicalType(to));
  return { cost: 'rewrite', narrows: null, error: same ? null : '22P02', why: 'every value is computed anew by the USING expression', source: 'alter-type-timestamp-to-timestamptz-using-at-time-zone' };
}

/** The change with domains and enums looked up in the schema. */
function resolvedChange(old: ColumnType | null, to: ColumnType, at: Situation, cast: boolean): TypeChange {
  if (old === null || old.dynamic || to.dynamic) return typeChange(old, to, at.engine);
  if (sameType(canonicalType(old), canonicalType(to))) return postgresTypeChange(old, to, at.engine);
  const domain = at.schema.domain(typeKey(to.name));
  if (domain?.constrained) return { cost: 'rewrite', narrows: 'values that violate the domain are refused', error: '23514', why: 'every value is checked against the domain', source: 'alter-type-domain-constraint' };
  const from = baseOf(old, at);
  const target = baseOf(to, at);
  const change = postgresTypeChange(from, target, at.engine, cast);
  if (domain && change.cost === 'free') return { ...change, source: 'alter-type-domain-unconstrained' };
  const known = (type: ColumnType) => isBuiltIn(canonicalType(type).name) || at.schema.enumValues(type.name) !== undefined;
  return change.cost === 'unknown' && known(from) && known(target) && !/TimeZone/.test(change.why)
    ? { ...change, cost: 'rewrite', why: 'the stored values change, so every row is written anew', source: 'alter-type-text-to-enum-using-no-default' } : change;
}

function baseOf(type: ColumnType, at: Situation): ColumnType {
  return at.schema.domain(typeKey(type.name))?.base ?? type;
}

interface Rebuilt {
  readonly indexes: string[];
  /** A check is verified anew on every row. */
  readonly verifies: boolean;
}

/** What is built or checked anew although the rows stay: measured for checks, expressions, predicates, collations and types that sort otherwise. */
function rebuilt(operation: OperationOf<'alter-column-type'>, table: Table | undefined, old: ColumnType | null, at: Situation): Rebuilt {
  if (!table) return { indexes: [], verifies: false };
  const { column } = operation;
  const from = old && canonicalType(baseOf(old, at));
  const to = canonicalType(baseOf(operation.type, at));
  const unchanged = from !== null && sameType(from, to);
  const row = from === null ? undefined : freeRow(from, to, at.engine);
  const before = table.columns.get(column)?.collation ?? null;
  const sortsAnew = (operation.collation !== null && operation.collation !== before) || (!unchanged && row?.index === 'built');
  const indexes = table.indexes.filter((index) => {
    const plain = index.keys.some((key) => key.column === column);
    const rest = indexUses(index, column) && (!plain || (index.where !== undefined && mentions(index.where, column)) || index.keys.some((key) => key.expression !== null && mentions(key.expression, column)));
    return (plain && sortsAnew) || (rest && !unchanged);
  });
  const uniques = sortsAnew ? table.uniques.filter((unique) => unique.columns.includes(column)) : [];
  const key = sortsAnew && table.primaryKey.includes(column) ? [`${table.name.name}_pkey`] : [];
  return {
    indexes: [...indexes.map((index) => index.name ?? index.keys.map((one) => one.column ?? one.expression).join(', ')), ...uniques.flatMap((unique) => unique.name ?? []), ...key],
    verifies: !unchanged && table.checks.some((check) => mentions(check.expression, column)),
  };
}

function claimOf(change: TypeChange, after: Rebuilt): Claim {
  if (change.cost === 'rewrite' || change.cost === 'unknown') return { ...columnClaims.typeRewritten, source: change.source === 'none' ? columnClaims.typeRewritten.source : change.source };
  if (after.indexes.length > 0) return columnClaims.typeReindexed;
  if (after.verifies) return columnClaims.typeChecked;
  return { ...columnClaims.typeFree, source: change.source };
}

function childrenOn(operation: OperationOf<'alter-column-type'>, at: Situation) {
  return childrenOf(operation.table, at.schema).filter((child) => child.foreignKeys.some((key) => printName(key.references) === printName(operation.table)
    && (key.referencedColumns.length === 0 ? at.schema.table(operation.table)?.primaryKey.includes(operation.column) : key.referencedColumns.includes(operation.column)))).map((child) => child.name);
}

function assumptions(operation: OperationOf<'alter-column-type'>, old: ColumnType | null, change: TypeChange, using: Using, at: Situation): Assumption[] {
  const { table, column } = operation;
  const found: Assumption[] = [];
  if ((change.needsUsing && using === 'none') || keepsDefault(operation, old, at)) found.push({ of: 'castable', table, columns: [column], error: '42804' });
  else if (change.narrows !== null && change.error) found.push({ of: change.error === '22P02' ? 'castable' : change.error === '23514' ? 'check' : 'fits', table, columns: [column], error: change.error });
  else if (using === 'expression' && change.error) found.push({ of: 'castable', table, columns: [column], error: change.error });
  // Measured on 10 to 18: json keeps the escape as text, jsonb has to decode it.
  else if (using !== 'expression' && old !== null && canonicalType(old).name === 'json' && canonicalType(operation.type).name === 'jsonb') found.push({ of: 'castable', table, columns: [column], error: '22P05' });
  const unchanged = old !== null && sameType(old, operation.type) && operation.collation === null;
  // The server looks at them first, and refuses even a type that the column has already.
  const dependents = columnDependents(table, column, at.schema);
  const computed = dependents.every(({ kind }) => kind === 'generated-column');
  const refused: Assumption[] = dependents.length === 0 ? [] : [{ of: 'no-dependents', table, columns: [column], error: computed && olderThan(at.engine, 15) ? '42601' : '0A000', dependents }];
  return unchanged ? refused : [...found, ...refused];
}

/** True when the column has a default that cannot become the new type: it is converted without USING, and only as an assignment would. */
function keepsDefault({ table, column, type }: OperationOf<'alter-column-type'>, old: ColumnType | null, at: Situation): boolean {
  const value = at.schema.table(table)?.columns.get(column)?.default ?? { kind: 'none' };
  if (old === null || value.kind === 'none' || value.kind === 'unknown' || (value.kind === 'constant' && value.value === null)) return false;
  const known = isBuiltIn(canonicalType(type).name) || at.schema.enumValues(type.name) !== undefined;
  return known && resolvedChange(old, type, at, false).needsUsing === true;
}

function jsonLoss(old: ColumnType | null, to: ColumnType): string[] {
  return old?.name === 'json' && to.name === 'jsonb' ? ['duplicate keys, the order of keys and white space are lost'] : [];
}
