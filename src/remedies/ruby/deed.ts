import type { Deed, OperationKind } from '../../operations/index.ts';

/** A deed of one kind. */
export type DeedOf<K extends OperationKind> = Extract<Deed, { kind: K }>;
