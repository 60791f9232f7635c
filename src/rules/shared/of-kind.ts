import type { Operation, OperationKind, OperationOf } from '../../operations/index.ts';

interface Order {
  readonly byKind: Map<OperationKind, Operation[]>;
  readonly places: Map<Operation, number>;
}

const orders = new WeakMap<readonly Operation[], Order>();

/** The operations of one kind, in order. Sorted once for each list, so that asking for every operation of a long file costs little. */
export function ofKind<K extends OperationKind>(operations: readonly Operation[], kind: K): readonly OperationOf<K>[] {
  return (orderOf(operations).byKind.get(kind) ?? []) as unknown as readonly OperationOf<K>[];
}

/** Where an operation stands in the list, or -1. */
export function placeOf(operation: Operation, operations: readonly Operation[]): number {
  return orderOf(operations).places.get(operation) ?? -1;
}

function orderOf(operations: readonly Operation[]): Order {
  const known = orders.get(operations);
  if (known) return known;
  const order: Order = { byKind: new Map(), places: new Map() };
  operations.forEach((operation, at) => {
    const same = order.byKind.get(operation.kind);
    if (same) same.push(operation);
    else order.byKind.set(operation.kind, [operation]);
    order.places.set(operation, at);
  });
  orders.set(operations, order);
  return order;
}
