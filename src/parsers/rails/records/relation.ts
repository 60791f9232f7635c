import type { QualifiedName, RowScope } from '../../../operations/index.ts';
import type { Span } from '../../../source/span.ts';
import type { RubyNode } from '../../ruby/syntax.ts';
import type { Definition } from '../evaluator/definitions.ts';
import type { RelationValue } from '../values/special.ts';

/** Rows of a table as a migration's code holds them. */
export interface Relation {
  /** The model's name. */
  readonly constant: string;
  readonly declared: boolean;
  /** False when it is only a guess that there are rows behind it at all. */
  readonly sure: boolean;
  readonly table: QualifiedName;
  /** The model's own class when the code declares it. */
  readonly definition: Definition | null;
  /**
   * `class`: the model itself; `query`: a relation; `list`: loaded records; `record`: one record; `new`: one that is not saved yet;
   * `batches`: what `in_batches` gives; `groups`: records by some key.
   */
  readonly form: 'class' | 'query' | 'list' | 'record' | 'new' | 'batches' | 'groups';
  readonly scope: RowScope;
  /** Conditions, as SQL as far as they can be written so. */
  readonly where: readonly string[];
  /** The calls made so far. */
  readonly calls: readonly string[];
  /** Set for a record or batch inside a walk over many. */
  readonly walk: { readonly by: 'records' | 'batches'; readonly batchedRead: boolean } | null;
  /** Attributes given a value since the record was loaded. */
  readonly columns: readonly string[];
}

/** A relation as a value. */
export function relationValue(relation: Relation, node: RubyNode, at: Span = node): RelationValue {
  return { type: 'relation', constant: relation.constant, calls: relation.calls, node, at: { start: at.start, end: at.end }, relation };
}

/** The same rows after one more call. */
export function chained(relation: Relation, call: string, change: Partial<Relation> = {}): Relation {
  return { ...relation, calls: relation.calls.length < 50 ? [...relation.calls, call] : relation.calls, ...change };
}

/** The rows of two relations that a value may hold, when both are of one model; null otherwise. */
export function joinRelations(a: Relation, b: Relation): Relation | null {
  if (a.constant !== b.constant || a.form === 'class' || b.form === 'class') return null;
  const sameForm = a.form === b.form;
  if (!sameForm && (a.form === 'record' || b.form === 'record') !== (a.form === 'new' || b.form === 'new')) return null;
  const wider = scopes.indexOf(a.scope) > scopes.indexOf(b.scope) ? a : b;
  return { ...wider, form: sameForm ? a.form : a.form === 'new' || b.form === 'new' ? 'record' : 'query', columns: [...new Set([...a.columns, ...b.columns])] };
}

const scopes: readonly RowScope[] = ['bounded', 'filtered', 'all'];
