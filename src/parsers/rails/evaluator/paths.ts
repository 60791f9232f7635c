import type { Guard } from '../../../operations/index.ts';
import type { RubyNode } from '../../ruby/syntax.ts';
import { joinRelations, relationValue } from '../records/relation.ts';
import { equal } from '../values/inspect.ts';
import { array, nil, unknown } from '../values/make.ts';
import { relationOf } from '../values/special.ts';
import type { Value } from '../value.ts';
import type { Activation, Frame } from './frame.ts';
import { guarded, sourceText, write, type Jump, type Machine } from './machine.ts';

/** One way that code may take: under which conditions, and what it does. */
export interface Path {
  readonly guards: readonly Guard[];
  readonly run: () => Value;
}

/** Runs every path, each from the same start, and joins what they leave behind. */
export function runPaths(machine: Machine, node: RubyNode, frame: Frame, paths: readonly Path[]): Value {
  const outcomes = paths.map((path) => {
    const start = machine.trail.length;
    const value = path.guards.length > 0 ? guarded(machine, path.guards, false, path.run) : path.run();
    const jump = machine.jump;
    machine.jump = null;
    const finals = new Map<Map<string, Value>, Map<string, Value | undefined>>();
    for (const { variables, name } of machine.trail.slice(start)) {
      const known = finals.get(variables) ?? new Map<string, Value | undefined>();
      known.set(name, variables.get(name));
      finals.set(variables, known);
    }
    for (const { variables, name, before } of machine.trail.splice(start).reverse()) {
      if (before) variables.set(name, before);
      else variables.delete(name);
    }
    return { path, value, jump, finals };
  });
  const going = outcomes.filter((outcome) => !outcome.jump || outcome.jump.kind === 'raise');
  const arriving = outcomes.filter((outcome) => !outcome.jump);
  joinVariables(machine, arriving.map((outcome) => outcome.finals), node);
  const jumped = outcomes.filter((outcome) => outcome.jump && outcome.jump.kind !== 'raise');
  if (arriving.length === 0) {
    machine.jump = jumped[0]?.jump ?? outcomes[0]?.jump ?? null;
    return nil(node);
  }
  for (const outcome of jumped) {
    const target = targetOf(outcome.jump as Jump, frame);
    if (!target) continue;
    const others = going.filter((other) => other !== outcome);
    target.residual.push(...(others.length === 1 ? others[0]?.path.guards ?? [] : outcome.path.guards.map(opposite)));
    if (outcome.jump?.value) target.results.push(outcome.jump.value);
  }
  return joined(arriving.map((outcome) => outcome.value)) ?? unknown(sourceText(frame.file, node), node, node);
}

function joinVariables(machine: Machine, outcomes: readonly ReadonlyMap<Map<string, Value>, ReadonlyMap<string, Value | undefined>>[], node: RubyNode): void {
  const touched = new Map<Map<string, Value>, Set<string>>();
  for (const finals of outcomes) {
    for (const [variables, names] of finals) {
      const all = touched.get(variables) ?? new Set<string>();
      for (const name of names.keys()) all.add(name);
      touched.set(variables, all);
    }
  }
  for (const [variables, names] of touched) {
    for (const name of names) {
      const values = outcomes.map((finals) => (finals.get(variables)?.has(name) ? finals.get(variables)?.get(name) : variables.get(name)));
      write(machine, variables, name, joined(values) ?? unknown(name, { start: node.start, end: node.end }));
    }
  }
}

/** One value for what may be any of these; undefined when they have nothing in common. */
function joined(values: readonly (Value | undefined)[]): Value | undefined {
  return values.reduce((a, b) => {
    if (!a || !b) return undefined;
    if (a === b || equal(a, b) === true) return a;
    if (a.type === 'array' && b.type === 'array') {
      const same = a.items.findIndex((item, at) => equal(item, b.items[at] ?? nil(a.at)) !== true);
      return array(same < 0 ? a.items : a.items.slice(0, same), a.at, false);
    }
    const [rows, others] = [relationOf(a), relationOf(b)];
    if (!rows || !others || a.type !== 'relation') return undefined;
    const merged = joinRelations(rows, others);
    return merged ? relationValue(merged, a.node, a.at) : undefined;
  });
}

function targetOf(jump: Jump, frame: Frame): Activation | null {
  if (jump.kind === 'return') return frame.method;
  if (jump.kind === 'next') return frame.block ?? frame.loop;
  return frame.loop ?? frame.block;
}

function opposite(guard: Guard): Guard {
  if (guard.kind === 'exists' || guard.kind === 'not-exists') return { ...guard, kind: guard.kind === 'exists' ? 'not-exists' : 'exists' };
  return { ...guard, text: guard.text.startsWith('!') ? guard.text.slice(1) : `!(${guard.text})` };
}
