import type { ProblemKinds, SchemafileProblemKinds } from '../../operations/index.ts';
import type { WrittenAt } from './defined.ts';

/** The name of a kind of remark. */
export type RemarkKind = keyof SchemafileProblemKinds;

/** One remark about a difference, and where it belongs. Rules make findings of them. */
export type Remark = { [K in RemarkKind]: { readonly kind: K; readonly written: WrittenAt } & Readonly<ProblemKinds[K]> }[RemarkKind];
