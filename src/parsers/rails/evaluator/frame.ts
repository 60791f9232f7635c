import type { Guard } from '../../../operations/index.ts';
import type { Relation } from '../records/relation.ts';
import type { Closure } from '../values/special.ts';
import type { Value } from '../value.ts';
import type { CodeFile, Definition } from './definitions.ts';
import type { Def } from '../../ruby/syntax.ts';

/** What `self` is. */
export type Owner =
  | { readonly kind: 'migration'; readonly definition: Definition | null; readonly variables: Map<string, Value> }
  /** The body of a class or the file itself: nothing here runs with the migration. */
  | { readonly kind: 'body'; readonly definition: Definition | null; readonly variables: Map<string, Value> }
  /** A module or plain class whose own methods are called. */
  | { readonly kind: 'module'; readonly definition: Definition; readonly variables: Map<string, Value> }
  | { readonly kind: 'model'; readonly definition: Definition; readonly relation: Relation; readonly variables: Map<string, Value> }
  | { readonly kind: 'record'; readonly definition: Definition | null; readonly relation: Relation; readonly variables: Map<string, Value> }
  | { readonly kind: 'object'; readonly definition: Definition; readonly variables: Map<string, Value> };

/** Local variables; a block sees those around it. */
export interface Scope {
  readonly parent: Scope | null;
  readonly variables: Map<string, Value>;
}

/** One running method, block or loop. */
export interface Activation {
  /** Conditions under which what is left of it runs: it may have been left early. */
  readonly residual: Guard[];
  /** Values it may have been left with. */
  readonly results: Value[];
}

/** Where code runs: what its names mean, and what its jumps leave. */
export interface Frame {
  readonly file: CodeFile;
  readonly self: Owner;
  /** Full names of the modules around the code, outermost first. */
  readonly nesting: readonly string[];
  readonly scope: Scope;
  readonly method: Activation;
  readonly block: Activation | null;
  readonly loop: Activation | null;
  /** The block the running method was called with. */
  readonly given: Closure | null;
  /** The running method and its arguments, for `super`. */
  readonly running: { readonly def: Def; readonly owner: Definition | null; readonly args: readonly Value[] } | null;
}

/** A new activation. */
export function activation(): Activation {
  return { residual: [], results: [] };
}

/** A frame for code that stands on its own: a method's body or a class body. */
export function frameFor(file: CodeFile, self: Owner, nesting: readonly string[], given: Closure | null = null, running: Frame['running'] = null): Frame {
  return { file, self, nesting, scope: { parent: null, variables: new Map() }, method: activation(), block: null, loop: null, given, running };
}

/** The value of a local variable, or `undefined` when there is none of that name. */
export function lookUpLocal(scope: Scope, name: string): Value | undefined {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const value = at.variables.get(name);
    if (value) return value;
  }
  return undefined;
}

/** The variables that hold `name`, or the innermost ones when nobody does. */
export function scopeOf(scope: Scope, name: string): Map<string, Value> {
  for (let at: Scope | null = scope; at; at = at.parent) if (at.variables.has(name)) return at.variables;
  return scope.variables;
}
