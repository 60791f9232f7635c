import type { ColumnDef, Constraint, Node } from 'libpg-query';
import type { Check, ColumnDefinition, Default, Generated } from '../../../operations/index.ts';
import { plainName } from '../text/piece.ts';
import { findWord, type TokenRange } from '../text/range.ts';
import { checkOf, constraintName, foreignKeyOf } from './constraint.ts';
import { defaultOf } from './expression.ts';
import { insideBrackets, itemFrom, textOf, type Site } from './site.ts';
import { all, strings } from './tree.ts';
import { typeOf } from './type.ts';

/** A column of a definition, and what of it has no place in the column itself. */
export interface ReadColumn {
  readonly column: ColumnDefinition;
  /** Checks beyond the first. */
  readonly moreChecks: readonly Check[];
  /** The name of an inline UNIQUE that has one; the column's own `unique` is then not set in a table's definition. */
  readonly uniqueName: string | null;
}

/** Reads a column's definition. */
export function columnOf(site: Site, node: ColumnDef): ReadColumn {
  const name = plainName(site.piece, node.colname ?? '');
  const constraints = all(node.constraints, 'Constraint');
  const item = itemFrom(site, site.token(node.location));
  const clause = clauses(site, item, node, constraints);
  const find = (type: Constraint['contype']) => constraints.find(({ contype }) => contype === type);
  const checks = constraints.filter(({ contype }) => contype === 'CONSTR_CHECK').map((check) => checkOf(site, check));
  const identity = find('CONSTR_IDENTITY');
  const primary = find('CONSTR_PRIMARY');
  const unique = find('CONSTR_UNIQUE');
  const foreign = find('CONSTR_FOREIGN');
  const type = typeOf(site, node.typeName);
  const generated = generatedOf(site, find('CONSTR_GENERATED'), clause);
  const column: ColumnDefinition = {
    name,
    type,
    nullable: !(find('CONSTR_NOTNULL') || primary || identity || /^(small|big)?serial$/.test(type.name)),
    default: defaultClause(site, find('CONSTR_DEFAULT'), clause),
    ...(generated ? { generated } : {}),
    ...(identity ? { identity: identity.generated_when === 'a' ? 'always' : 'by default' } : {}),
    ...(primary ? { primaryKey: true } : {}),
    ...(unique ? { unique: true } : {}),
    ...(foreign ? { references: foreignKeyOf(site, withAttributes(foreign, constraints), name) } : {}),
    ...(checks[0] ? { check: checks[0] } : {}),
    ...(node.collClause ? { collation: strings(node.collClause.collname).at(-1) ?? '' } : {}),
  };
  return { column, moreChecks: checks.slice(1), uniqueName: unique ? constraintName(site, unique) : null };
}

type Clauses = (constraint: Constraint) => TokenRange;

/** Tells where each constraint clause of a column stands: up to the next one, or to the column's end. */
function clauses(site: Site, item: TokenRange, node: ColumnDef, constraints: readonly Constraint[]): Clauses {
  const starts = constraints.map(({ location }) => site.token(location));
  if (node.collClause) starts.push(site.token(node.collClause.location));
  starts.sort((a, b) => a - b);
  return (constraint) => {
    const from = site.token(constraint.location);
    return { from, to: starts.find((start) => start > from) ?? item.to };
  };
}

function defaultClause(site: Site, constraint: Constraint | undefined, clause: Clauses): Default {
  if (!constraint) return { kind: 'none' };
  const range = clause(constraint);
  const word = findWord(site.piece, range, 'DEFAULT');
  return defaultOf(site, constraint.raw_expr, { from: word + 1, to: range.to });
}

function generatedOf(site: Site, constraint: Constraint | undefined, clause: Clauses): Generated | null {
  if (!constraint) return null;
  return { expression: textOf(site, insideBrackets(site, clause(constraint))), stored: constraint.generated_kind !== 'v' };
}

/** The grammar gives DEFERRABLE after an inline clause as a constraint of its own. */
function withAttributes(constraint: Constraint, all: readonly Constraint[]): Constraint {
  const has = (type: Constraint['contype']) => all.some(({ contype }) => contype === type);
  const deferred = has('CONSTR_ATTR_DEFERRED');
  return { ...constraint, ...(deferred || has('CONSTR_ATTR_DEFERRABLE') ? { deferrable: true } : {}), ...(deferred ? { initdeferred: true } : {}) };
}

/** The columns among a table's elements. */
export function columnNodes(elements: readonly Node[] | undefined): ColumnDef[] {
  return all(elements, 'ColumnDef');
}
