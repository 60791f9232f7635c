import type { AlterDomainStmt, AlterEnumStmt, CreateDomainStmt, CreateEnumStmt } from 'libpg-query';
import type { Deed } from '../../../operations/index.ts';
import { guardExists, guardNotExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { plainName } from '../text/piece.ts';
import type { Site } from './site.ts';
import { all, as, names, partsName, strings } from './tree.ts';
import { typeOf } from './type.ts';

/** `CREATE TYPE ... AS ENUM`. */
export function createEnum(node: CreateEnumStmt, site: Site): SqlDeed[] {
  return [placed({ kind: 'create-enum', type: partsName(site, strings(node.typeName)), values: names(site, node.vals) }, site.piece)];
}

/** `ALTER TYPE ... ADD VALUE` and `RENAME VALUE`. */
export function alterEnum(node: AlterEnumStmt, site: Site): SqlDeed[] {
  const type = partsName(site, strings(node.typeName));
  const value = plainName(site.piece, node.newVal ?? '');
  if (node.oldVal !== undefined) return [placed({ kind: 'rename-enum-value', type, value: plainName(site.piece, node.oldVal), to: value }, site.piece)];
  const neighbor = node.newValNeighbor === undefined ? null : plainName(site.piece, node.newValNeighbor);
  return [placed({
    kind: 'add-enum-value', type, value, ifNotExists: node.skipIfNewValExists ?? false,
    before: node.newValIsAfter ? null : neighbor, after: node.newValIsAfter ? neighbor : null,
  }, site.piece, guardNotExists(node.skipIfNewValExists))];
}

/** `CREATE DOMAIN`. */
export function createDomain(node: CreateDomainStmt, site: Site): SqlDeed[] {
  const constrained = all(node.constraints, 'Constraint').some(({ contype }) => contype === 'CONSTR_CHECK' || contype === 'CONSTR_NOTNULL');
  return [placed({ kind: 'create-domain', type: partsName(site, strings(node.domainname)), base: typeOf(site, node.typeName), constrained }, site.piece)];
}

/** The letters the grammar tells the actions of ALTER DOMAIN by. */
const actions: Readonly<Record<string, Deed<'alter-domain'>['action']>> = { C: 'add-constraint', O: 'set-not-null', V: 'validate' };

/** `ALTER DOMAIN`. */
export function alterDomain(node: AlterDomainStmt, site: Site): SqlDeed[] {
  const validated = !as(node.def, 'Constraint')?.skip_validation;
  return [placed({
    kind: 'alter-domain', type: partsName(site, strings(node.typeName)), action: actions[node.subtype ?? ''] ?? 'other', validated,
  }, site.piece, guardExists(node.missing_ok))];
}
