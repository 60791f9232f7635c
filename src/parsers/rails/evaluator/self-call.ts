import { relationMethod } from '../records/methods.ts';
import type { Value } from '../value.ts';
import { nil } from '../values/make.ts';
import { findMethod, findSuper } from './ancestors.ts';
import { callClosure } from './blocks.ts';
import { bodyCall } from './body-call.ts';
import { connectionCall } from './connection-call.ts';
import { emitOpaque, report } from './emit.ts';
import { textOf, unknownOf, type Invocation } from './invocation.ts';
import { kernelCall } from './kernel.ts';
import { lower } from './lowering.ts';
import { sourceText, within } from './machine.ts';
import { inline } from './methods.ts';
import { wrapperCall } from './wrappers.ts';

/** A call without a receiver, or on `self`. */
export function selfCall(inv: Invocation): Value {
  const { self } = inv.frame;
  if (inv.name === 'yield') return yieldCall(inv);
  if (inv.name === 'super') return superCall(inv);
  const found = findMethod(inv.machine, self, inv.name);
  if (found && !(self.kind === 'migration' && found.definition.file.foreign && inv.machine.tables.isStatementName(inv.name))) return inline(inv, found, self);
  switch (self.kind) {
    case 'migration':
      return migrationCall(inv, found ? () => inline(inv, found, self) : null);
    case 'body':
      return bodyCall(inv);
    case 'model':
    case 'record':
      return relationMethod(inv, self.relation) ?? kernelCall(inv) ?? unknownOf(inv);
    case 'module':
    case 'object':
      return objectCall(inv);
  }
}

function migrationCall(inv: Invocation, fallback: (() => Value) | null): Value {
  const known = wrapperCall(inv) ?? connectionCall(inv, null) ?? kernelCall(inv);
  if (known) return known;
  if (lower(inv)) return nil(inv.node);
  if (fallback) return fallback();
  return unknownHelper(inv);
}

/** A method that neither the code nor Rails is known to define. */
function unknownHelper(inv: Invocation): Value {
  const { machine } = inv;
  if (/[?]$/.test(inv.name)) return unknownOf(inv);
  const suggestion = inv.args.length > 0 ? machine.tables.spellStatement(inv.name) : null;
  if (suggestion) report(machine, { kind: 'misspelled-call', call: inv.name, suggestion, at: { start: inv.nameAt.start, end: inv.nameAt.end } });
  emitOpaque(machine, `"${inv.name}" is not defined in the files that were read`, textOf(inv), { at: inv.node, verb: inv.name });
  if (inv.closure) {
    const { closure } = inv;
    within(machine, { certain: false }, () => callClosure(machine, closure, []));
  }
  return unknownOf(inv);
}

/** Inside a plain object or module: its own state, Ruby's functions, or statements it was given the power to run. */
function objectCall(inv: Invocation): Value {
  const { self } = inv.frame;
  const stored = self.variables.get(`@${inv.name}`);
  if (stored && inv.args.length === 0) return stored;
  const known = kernelCall(inv);
  if (known) return known;
  if (inv.args.length > 0 && (inv.machine.tables.isStatementName(inv.name) || inv.name === 'execute')) return migrationCall(inv, null);
  if (inv.name === 'connection') return connectionCall(inv, null) ?? unknownOf(inv);
  if (inv.closure) return callClosure(inv.machine, inv.closure, []);
  return unknownOf(inv);
}

function yieldCall(inv: Invocation): Value {
  const { given } = inv.frame;
  return given ? callClosure(inv.machine, given, inv.args) : unknownOf(inv);
}

function superCall(inv: Invocation): Value {
  const { running, self } = inv.frame;
  if (!running?.owner) return unknownOf(inv);
  const explicit = sourceText(inv.frame.file, inv.node, 10).startsWith('super(') || inv.args.length > 0;
  const call: Invocation = {
    ...inv,
    name: running.def.name,
    args: explicit ? inv.args : running.args,
    keywords: explicit ? inv.keywords : running.args.at(-1)?.type === 'hash',
    closure: inv.closure ?? inv.frame.given,
  };
  const found = findSuper(inv.machine, self, running.owner, running.def.name);
  if (found) return inline(call, found, self);
  if (self.kind === 'migration' && !['up', 'down', 'change', 'initialize', 'migrate', 'exec_migration'].includes(call.name)) return migrationCall(call, null);
  return nil(inv.node);
}
