import type { Hazard } from '../rules/rule.ts';
import type { Position } from '../source/source.ts';
import type { Span } from '../source/span.ts';

/** A remedy as text, ready to show. */
export interface RenderedRemedy {
  readonly advice: string;
  readonly steps: readonly RenderedStep[];
}

/** One deployment of a remedy: `code` is a complete file (or a query, or a snippet) in `language`. */
export interface RenderedStep {
  readonly title: string;
  /** A suggested file name, or null. */
  readonly fileName: string | null;
  readonly language: 'ruby' | 'sql' | 'js' | 'ts' | 'text';
  readonly code: string | null;
}

/** A finding with everything the formats need, in final form. */
export interface Diagnostic {
  readonly ruleId: string;
  readonly hazard: Hazard;
  readonly severity: 'error' | 'warn' | 'notice';
  /** Workspace-relative path. */
  readonly path: string;
  readonly span: Span;
  readonly start: Position;
  readonly end: Position;
  /** The whole statement: diagnostics of one statement are shown together. */
  readonly statement: { readonly start: Position; readonly end: Position };
  readonly message: string;
  readonly why: string;
  readonly remedy: RenderedRemedy | null;
  readonly related: readonly { readonly path: string; readonly start: Position; readonly text: string }[];
  /** A human assured the statement (`safety_assured`): shown on request, never failing. */
  readonly assured: { readonly by: string; readonly reason: string | null } | null;
  /** Stable while lines move: rule + path + normalised statement text + ordinal, hashed. */
  readonly fingerprint: string;
}
