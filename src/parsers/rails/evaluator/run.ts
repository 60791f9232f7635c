import type { OpenedBy, Operation } from '../../../operations/index.ts';
import type { Span } from '../../../source/span.ts';
import type { Def } from '../../ruby/syntax.ts';
import { walk } from '../../ruby/walk.ts';
import { emit, someTime } from './emit.ts';
import { findMethod, type Found } from './ancestors.ts';
import type { Definition } from './definitions.ts';
import { evaluateBody } from './evaluate.ts';
import { frameFor, type Owner } from './frame.ts';
import { activated, openTransaction, startContext, within, type Machine } from './machine.ts';
import { siteOf } from './class-body.ts';

/** What running a migration in one direction gave. */
export interface Outcome {
  readonly method: 'change' | 'up' | 'down';
  readonly operations: readonly Operation[];
  readonly transactions: ReadonlyMap<number, OpenedBy>;
  /** Where the method stands. */
  readonly at: Span;
  /** True when its body holds nothing. */
  readonly empty: boolean;
  /** Where it raises IrreversibleMigration, whatever happens. */
  readonly refusedAt: Span | null;
  /** Where `dir.down` of a `change` raises it. */
  readonly downRefusedAt: Span | null;
}

/** Runs the method that Rails would call; null when there is none. */
export function runDirection(machine: Machine, definition: Definition, direction: 'up' | 'down', wrapped: boolean): Outcome | null {
  const self: Owner = { kind: 'migration', definition, variables: new Map() };
  const change = methodOf(machine, self, 'change');
  const found = change ?? methodOf(machine, self, direction);
  if (!found || (change && direction === 'down')) return null;
  machine.owner = self;
  machine.operations = [];
  machine.refusedAt = null;
  machine.jump = null;
  machine.transaction = null;
  machine.transactions = new Map();
  if (wrapped) openTransaction(machine, 'framework');
  machine.context = startContext(direction, change !== null);
  machine.uses.clear();
  const { def } = found;
  const frame = frameFor(found.definition.file, self, found.definition.nesting, null, { def, owner: found.definition, args: [] });
  const foreign = found.definition.file.foreign ? { path: found.definition.file.tree.source.path, site: siteOf(definition, found.definition) } : null;
  const { lockTimeout } = machine;
  if (lockTimeout) emit(machine, { kind: 'set-setting', name: 'lock_timeout', value: lockTimeout.bounded ? someTime : '0', local: false }, lockTimeout);
  within(machine, { foreign }, () => activated(machine, frame.method, () => evaluateBody(machine, def.body, frame)));
  return {
    method: change ? 'change' : direction,
    operations: machine.operations,
    transactions: machine.transactions,
    at: foreign?.site ?? { start: def.start, end: def.end },
    empty: def.body.every((node) => node.type === 'literal'),
    refusedAt: machine.refusedAt,
    downRefusedAt: change ? downRefusal(def) : null,
  };
}

function methodOf(machine: Machine, self: Owner, name: string): Found | null {
  const found = findMethod(machine, self, name);
  return found && found.definition.kind !== 'top' ? found : null;
}

/** `reversible { |dir| dir.down { raise ActiveRecord::IrreversibleMigration } }`. */
function downRefusal(def: Def): Span | null {
  let refused: Span | null = null;
  walk(def, (node) => {
    if (node.type !== 'call' || node.name !== 'down' || node.block?.type !== 'block') return;
    const [first] = node.block.body;
    const raises = first?.type === 'call' && first.name === 'raise' && first.args[0]?.type === 'constant' && first.args[0].name.endsWith('IrreversibleMigration');
    if (raises && first) refused ??= { start: first.start, end: first.end };
  });
  return refused;
}
