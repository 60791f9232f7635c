import { fillsRows, olderThan, printName } from '../../operations/index.ts';
import type { ColumnDefinition, OperationOf, QualifiedName, Volatility } from '../../operations/index.ts';
import { typeKey } from '../../schema/store.ts';
import type { Assumption, Cost, Effect } from '../effect.ts';
import { effectOfClaim, longer, others } from './claim.ts';
import type { Claim, Situation } from './claim.ts';
import { columnClaims } from './claims.ts';
import { refusedForeignKey } from './foreign-key.ts';
import { refusedOnPartitioned } from './partitioned.ts';
import { volatilityOf } from './volatility.ts';

/** ADD COLUMN. */
export function addColumnEffect(operation: OperationOf<'add-column'>, at: Situation): Effect {
  const { table, column } = operation;
  if (operation.ifNotExists && at.schema.table(table)?.columns.has(column.name)) return effectOfClaim(columnClaims.addThere, table, at);
  const claims = claimsOf(column, at);
  const strongest = claims.reduce((a, b) => (longer(b.cost, a.cost) === b.cost ? b : a));
  const references = column.references?.references;
  const self = references !== undefined && printName(references) === printName(table);
  return effectOfClaim(strongest, table, at, {
    others: references && !self ? others([references], 'SHARE ROW EXCLUSIVE', 'parent') : [],
    assumes: assumptions(table, column, at),
    cost: claims.map((claim) => claim.cost).reduce<Cost>(longer, 'constant'),
    unsure: unsureAbout(column, at),
    refused: (column.unique || column.primaryKey ? refusedOnPartitioned(at.schema.table(table), { unique: true, columns: [column.name], usingIndex: false }, at) : null)
      ?? (column.references ? refusedForeignKey(new Map([[column.name, column]]), column.references.columns.length > 0 ? column.references : { ...column.references, columns: [column.name] }, at) : null),
  });
}

function claimsOf(column: ColumnDefinition, at: Situation): Claim[] {
  const claims: Claim[] = [columnClaims.add];
  const filled = fillsRows(column);
  if (column.identity) claims.push(columnClaims.addIdentity);
  if (/^(small|big)?serial$/.test(column.type.name) || column.autoIncrement) claims.push(columnClaims.addSerial);
  if (column.generated) claims.push(column.generated.stored ? columnClaims.addStored : columnClaims.addVirtual);
  else if (filled && olderThan(at.engine, 11)) claims.push(columnClaims.addDefaultBefore11);
  if (!column.generated && isVolatile(defaultVolatility(column, at))) claims.push(columnClaims.addVolatile);
  if (at.schema.domain(typeKey(column.type.name))?.constrained) claims.push(columnClaims.addConstrainedDomain);
  if (column.unique || column.primaryKey) claims.push(columnClaims.addUnique);
  if (column.check?.validated) claims.push(columnClaims.addCheck);
  if (column.references) claims.push(filled && column.references.validated ? columnClaims.addReferencesFilled : columnClaims.addReferences);
  if (filled && claims.length === 1) claims[0] = columnClaims.addDefault;
  return claims;
}

const isVolatile = (volatility: Volatility) => volatility === 'volatile' || volatility === 'unknown';

function defaultVolatility(column: ColumnDefinition, at: Situation): Volatility {
  return column.default.kind === 'expression' ? volatilityOf(column.default.functions, at.schema, at.engine) : 'immutable';
}

function unsureAbout(column: ColumnDefinition, at: Situation): string | null {
  const value = column.default;
  if (column.generated || column.identity || olderThan(at.engine, 11)) return null;
  if (value.kind === 'unknown') return 'the default is computed while the migration runs: a volatile one rewrites the table';
  if (value.kind !== 'expression' || defaultVolatility(column, at) !== 'unknown') return null;
  const strange = value.functions.filter((name) => volatilityOf([name], at.schema, at.engine) === 'unknown');
  return `it is not known whether ${strange.map((name) => `${name}()`).join(', ')} is volatile: if not, the table is not rewritten`;
}

function assumptions(table: QualifiedName, column: ColumnDefinition, at: Situation): Assumption[] {
  const found: Assumption[] = [];
  const columns = [column.name];
  const filled = fillsRows(column);
  if ((!column.nullable || column.primaryKey) && !filled) found.push({ of: 'empty', table, columns, error: '23502' });
  if ((column.unique || column.primaryKey) && filled && sameForAll(column, at)) found.push({ of: 'unique', table, columns, error: '23505' });
  if (column.check?.validated && (filled || /\bis\s+not\s+null\b/i.test(column.check.expression))) found.push({ of: 'check', table, columns, error: '23514' });
  if (column.references?.validated && filled) found.push({ of: 'foreign-key', table, columns, error: '23503' });
  if (olderThan(at.engine, 13) && column.default.kind === 'expression' && column.default.functions.includes('gen_random_uuid') && !at.schema.function('gen_random_uuid')) found.push({ of: 'function', table, columns, error: '42883' });
  if (filled && at.schema.domain(typeKey(column.type.name))?.constrained) found.push({ of: 'check', table, columns, error: '23514' });
  return found;
}

/** True when every row gets one and the same value. */
function sameForAll(column: ColumnDefinition, at: Situation): boolean {
  if (column.default.kind === 'constant') return true;
  return column.default.kind === 'expression' && !column.generated && !isVolatile(defaultVolatility(column, at));
}
