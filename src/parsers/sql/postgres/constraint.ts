import type { Constraint } from 'libpg-query';
import type { Check, ForeignKey, QualifiedName, ReferentialAction, TableConstraint } from '../../../operations/index.ts';
import type { SqlDeed } from '../statement.ts';
import { placed } from '../deed.ts';
import type { Span } from '../../../source/span.ts';
import { keyword, plainName } from '../text/piece.ts';
import { findWord, type TokenRange } from '../text/range.ts';
import { insideBrackets, itemFrom, textOf, type Site } from './site.ts';
import { all, as, names, relationName, strings } from './tree.ts';

const actions: Readonly<Record<string, ReferentialAction>> = { a: 'no action', r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' };

/** A constraint's name, or null. */
export function constraintName(site: Site, constraint: Constraint): string | null {
  return constraint.conname ? plainName(site.piece, constraint.conname) : null;
}

/** The foreign key of a FOREIGN KEY or REFERENCES clause; `column` is the column that an inline one stands on. */
export function foreignKeyOf(site: Site, constraint: Constraint, column?: string): ForeignKey {
  const range = itemFrom(site, site.token(constraint.location));
  const written = (event: string) => site.piece.tokens().slice(range.from, range.to).some((_, index) => isOn(site, range.from + index, event));
  return {
    name: constraintName(site, constraint),
    columns: column === undefined ? names(site, constraint.fk_attrs) : [column],
    references: relationName(site, constraint.pktable),
    referencedColumns: names(site, constraint.pk_attrs),
    onDelete: written('DELETE') ? (actions[constraint.fk_del_action ?? 'a'] ?? null) : null,
    onUpdate: written('UPDATE') ? (actions[constraint.fk_upd_action ?? 'a'] ?? null) : null,
    ...(constraint.deferrable ? { deferrable: true } : {}),
    ...(constraint.initdeferred ? { initiallyDeferred: true } : {}),
    validated: isValidated(constraint),
  };
}

function isOn(site: Site, index: number, event: string): boolean {
  const tokens = site.piece.tokens();
  return keyword(site.piece, tokens[index]) === 'ON' && keyword(site.piece, tokens[index + 1]) === event;
}

/** The check of a CHECK clause. */
export function checkOf(site: Site, constraint: Constraint): Check {
  const item = itemFrom(site, site.token(constraint.location));
  const word = findWord(site.piece, item, 'CHECK');
  const inside = word < 0 ? item : insideBrackets(site, { from: word, to: item.to });
  return { name: constraintName(site, constraint), expression: textOf(site, inside), validated: isValidated(constraint) };
}

/** False for NOT VALID and NOT ENFORCED. */
export function isValidated(constraint: Constraint): boolean {
  return !constraint.skip_validation;
}

/** The UNIQUE or EXCLUDE constraint of a table definition. */
export function tableConstraintOf(site: Site, constraint: Constraint): TableConstraint {
  const kind = constraint.contype === 'CONSTR_EXCLUSION' ? 'exclusion' : 'unique';
  return { kind, name: constraintName(site, constraint), columns: kind === 'unique' ? names(site, constraint.keys) : exclusionColumns(site, constraint) };
}

function exclusionColumns(site: Site, constraint: Constraint): string[] {
  return (constraint.exclusions ?? []).flatMap((pair) => {
    const column = as(as(pair, 'List')?.items?.[0], 'IndexElem')?.name;
    return column ? [plainName(site.piece, column)] : [];
  });
}

/** What `ALTER TABLE ... ADD` of a constraint does. `range` is the action's tokens. */
export function addConstraint(site: Site, table: QualifiedName, constraint: Constraint, at: Span, range: TokenRange): SqlDeed[] {
  const name = constraintName(site, constraint);
  switch (constraint.contype) {
    case 'CONSTR_FOREIGN':
      return [placed({ kind: 'add-foreign-key', table, foreignKey: foreignKeyOf(site, constraint), ifNotExists: false }, at)];
    case 'CONSTR_CHECK':
      return [placed({ kind: 'add-check', table, check: checkOf(site, constraint), ifNotExists: false }, at)];
    case 'CONSTR_UNIQUE':
      return [placed({
        kind: 'add-unique', table, name, columns: names(site, constraint.keys), usingIndex: indexOf(site, constraint),
        deferrable: constraint.deferrable ?? false, nullsNotDistinct: constraint.nulls_not_distinct ?? false,
      }, at)];
    case 'CONSTR_PRIMARY':
      return [placed({ kind: 'add-primary-key', table, columns: names(site, constraint.keys), usingIndex: indexOf(site, constraint), ...(name === null ? {} : { name }) }, at)];
    case 'CONSTR_EXCLUSION':
      return [placed({ kind: 'add-exclusion', table, name, expression: exclusionText(site, range) }, at)];
    case 'CONSTR_NOTNULL':
      return [placed({ kind: 'add-not-null', table, name, column: names(site, constraint.keys)[0] ?? '', validated: isValidated(constraint) }, at)];
    default:
      return [placed({ kind: 'opaque', reason: 'this kind of constraint is not known', text: textOf(site, range) }, at)];
  }
}

function exclusionText(site: Site, range: TokenRange): string {
  const word = findWord(site.piece, range, 'EXCLUDE');
  return textOf(site, { from: word + 1, to: range.to });
}

function indexOf(site: Site, constraint: Constraint): string | null {
  return constraint.indexname ? plainName(site.piece, constraint.indexname) : null;
}

/** The columns a table's NOT NULL and PRIMARY KEY constraints make mandatory. */
export function mandatoryColumns(site: Site, constraints: readonly Constraint[]): Set<string> {
  const mandatory = constraints.filter(({ contype }) => contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY');
  return new Set(mandatory.flatMap((constraint) => names(site, constraint.keys)));
}

/** The options of a WITH or SET list, `name=value`. */
export function optionsText(nodes: Parameters<typeof all>[0]): string {
  return all(nodes, 'DefElem').map((option) => {
    const arg = option.arg;
    const value = as(arg, 'String')?.sval ?? as(arg, 'Integer')?.ival ?? as(arg, 'Float')?.fval ?? strings(as(arg, 'TypeName')?.names).join('.');
    return value === '' ? (option.defname ?? '') : `${option.defname}=${value}`;
  }).join(', ');
}
