import type { Node } from 'libpg-query';
import type { SqlDeed } from '../statement.ts';
import { alterTable } from './alter-table.ts';
import { call, select } from './calls.ts';
import { createForeignTable, createTable, createTableAs, nothing, unread } from './create-table.ts';
import { drop } from './drop.ts';
import { cluster, createIndex, reindex } from './index-statement.ts';
import {
  alterPolicy, alterSequence, comment, createExtension, createFunction, createPolicy, createRule, createSchema, createSequence, createTrigger, createView, refreshView, vacuum,
} from './objects.ts';
import { rename, setOwner, setSchema } from './rename.ts';
import { copy, rowsStatement } from './rows.ts';
import { lockTable, rights, setConstraints, setVariable, transaction, truncate } from './session.ts';
import type { Site } from './site.ts';
import { tagOf, type Body, type Tag } from './tree.ts';
import { alterDomain, alterEnum, createDomain, createEnum } from './types.ts';

type Lowering<T extends Tag> = (body: Body<T>, site: Site, node: Node) => readonly SqlDeed[];

const rows = (_: unknown, site: Site, node: Node) => rowsStatement(node, site);

/** How each kind of statement is lowered. A kind that is not listed changes nothing that is judged. */
const lowerings: { readonly [T in Tag]?: Lowering<T> } = {
  CreateStmt: (body, site) => createTable(body, site),
  CreateForeignTableStmt: createForeignTable,
  CreateTableAsStmt: createTableAs,
  AlterTableStmt: alterTable,
  AlterTableMoveAllStmt: (_, site) => unread(site, 'which tables it moves is not in the text'),
  DropStmt: drop,
  RenameStmt: rename,
  AlterObjectSchemaStmt: setSchema,
  AlterOwnerStmt: setOwner,
  IndexStmt: createIndex,
  ReindexStmt: reindex,
  ClusterStmt: cluster,
  CreateEnumStmt: createEnum,
  AlterEnumStmt: alterEnum,
  CreateDomainStmt: createDomain,
  AlterDomainStmt: alterDomain,
  ViewStmt: createView,
  RefreshMatViewStmt: refreshView,
  CreateFunctionStmt: createFunction,
  CreateTrigStmt: createTrigger,
  CreateSeqStmt: createSequence,
  AlterSeqStmt: alterSequence,
  CreateSchemaStmt: (body, site) => [createSchema(body, site), ...(body.schemaElts ?? []).flatMap((element) => lower(element, site))],
  CreateExtensionStmt: createExtension,
  CreatePolicyStmt: createPolicy,
  AlterPolicyStmt: alterPolicy,
  RuleStmt: createRule,
  CommentStmt: comment,
  GrantStmt: (body, site) => rights(body.is_grant, site),
  GrantRoleStmt: (body, site) => rights(body.is_grant, site),
  AlterDefaultPrivilegesStmt: (body, site) => rights(body.action?.is_grant, site),
  LockStmt: lockTable,
  TruncateStmt: truncate,
  TransactionStmt: transaction,
  VariableSetStmt: setVariable,
  ConstraintsSetStmt: setConstraints,
  InsertStmt: rows,
  UpdateStmt: rows,
  DeleteStmt: rows,
  MergeStmt: rows,
  SelectStmt: select,
  CopyStmt: copy,
  VacuumStmt: vacuum,
  CallStmt: call,
  ExecuteStmt: (_, site) => unread(site, 'the prepared statement it runs is not read'),
  ImportForeignSchemaStmt: (_, site) => unread(site, 'which tables it creates is not in the text'),
  DropOwnedStmt: (_, site) => unread(site, 'what the role owns is not in the text'),
  LoadStmt: (_, site) => unread(site, 'it loads a library'),
};

/** What one statement of the grammar's tree does, in order. */
export function lower(node: Node, site: Site): readonly SqlDeed[] {
  const tag = tagOf(node);
  const lowering = lowerings[tag] as Lowering<Tag> | undefined;
  if (!lowering) return nothing(site);
  return lowering((node as unknown as Record<Tag, Body<Tag>>)[tag], site, node);
}
