import type { AlterObjectSchemaStmt, AlterOwnerStmt, RenameStmt } from 'libpg-query';
import type { Deed } from '../../../operations/index.ts';
import { guardExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning, plainName } from '../text/piece.ts';
import type { Site } from './site.ts';
import { anyName, as, relationName } from './tree.ts';

/** `ALTER ... RENAME` of any object. */
export function rename(node: RenameStmt, site: Site): SqlDeed[] {
  return [placed(renamed(node, site), site.piece, guardExists(node.missing_ok))];
}

function renamed(node: RenameStmt, site: Site): Deed {
  const relation = relationName(site, node.relation);
  const to = plainName(site.piece, node.newname ?? '');
  const from = plainName(site.piece, node.subname ?? '');
  switch (node.renameType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
      return { kind: 'rename-table', table: relation, to: { schema: relation.schema, name: to } };
    case 'OBJECT_COLUMN':
      return { kind: 'rename-column', table: relation, column: from, to };
    case 'OBJECT_INDEX':
      return { kind: 'rename-index', table: null, name: relation.name, to };
    case 'OBJECT_TABCONSTRAINT':
      return { kind: 'rename-constraint', table: relation, name: from, to };
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      return { kind: 'rename-view', view: relation, to };
    case 'OBJECT_TRIGGER':
      return { kind: 'rename-trigger', table: relation, name: from, to };
    case 'OBJECT_POLICY':
      return { kind: 'alter-policy', table: relation, name: from, to, using: null, check: null, reads: [] };
    case 'OBJECT_SCHEMA':
      return { kind: 'rename-schema', schema: from, to };
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return { kind: 'rename-type', type: anyName(site, node.object), to };
    case 'OBJECT_SEQUENCE':
      return { kind: 'alter-sequence', sequence: relation };
    case 'OBJECT_DOMCONSTRAINT':
      return { kind: 'alter-domain', type: anyName(site, node.object), action: 'other', validated: true };
    default:
      return { kind: 'other', text: beginning(site.piece) };
  }
}

/** `ALTER ... SET SCHEMA`. */
export function setSchema(node: AlterObjectSchemaStmt, site: Site): SqlDeed[] {
  const moved = ['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE'].includes(node.objectType ?? '');
  const deed: Deed = moved
    ? { kind: 'set-table-schema', table: relationName(site, node.relation), schema: plainName(site.piece, node.newschema ?? '') }
    : node.objectType === 'OBJECT_SEQUENCE'
      ? { kind: 'alter-sequence', sequence: relationName(site, node.relation) }
      : { kind: 'other', text: beginning(site.piece) };
  return [placed(deed, site.piece, guardExists(node.missing_ok))];
}

/** `ALTER ... OWNER TO` of objects that have no actions of their own. */
export function setOwner(node: AlterOwnerStmt, site: Site): SqlDeed[] {
  const owned = as(node.object, 'RangeVar') ?? node.relation;
  const deed: Deed = owned
    ? { kind: 'set-table-option', table: relationName(site, owned), option: 'owner', value: plainName(site.piece, node.newowner?.rolename ?? '') }
    : { kind: 'other', text: beginning(site.piece) };
  return [placed(deed, site.piece)];
}
