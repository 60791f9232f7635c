import type { Guard } from '../../../operations/index.ts';
import type { Begin, Case, If, Logical, Loop, RubyNode } from '../../ruby/syntax.ts';
import { assignedNames } from './assigned.ts';
import type { Value } from '../value.ts';
import { array, nil, unknown } from '../values/make.ts';
import { equal, truth } from '../values/inspect.ts';
import { relationOf, roleIs } from '../values/special.ts';
import { joinRelations, relationValue } from '../records/relation.ts';
import { assign } from './assign.ts';
import { callMethod } from './call.ts';
import { evaluate, evaluateBody } from './evaluate.ts';
import { activation, lookUpLocal, scopeOf, type Activation, type Frame } from './frame.ts';
import { guardsOf } from './guards.ts';
import { iterateOver } from './iteration.ts';
import { activated, guarded, sourceText, within, write, type Jump, type Machine } from './machine.ts';
import { markChecks } from './reads.ts';

/** One way that code may take: under which conditions, and what it does. */
interface Path {
  readonly guards: readonly Guard[];
  readonly run: () => Value;
}

/** `if`, `unless`, ternary, modifiers. */
export function evaluateIf(machine: Machine, node: If, frame: Frame): Value {
  const condition = evaluate(machine, node.condition, frame);
  if (machine.jump) return condition;
  const known = truth(condition);
  const branch = (body: readonly RubyNode[]): Value => (body.length > 0 ? evaluateBody(machine, body, frame) : nil(node));
  if (known !== null) return branch(known !== node.negated ? node.then : node.otherwise);
  if (raises(node.then) || raises(node.otherwise)) markChecks(machine, node.condition, condition);
  return runPaths(machine, node, frame, [
    { guards: guardsOf(machine, node.condition, frame, node.negated), run: () => branch(node.then) },
    { guards: guardsOf(machine, node.condition, frame, !node.negated), run: () => branch(node.otherwise) },
  ]);
}

/** `case`. */
export function evaluateCase(machine: Machine, node: Case, frame: Frame): Value {
  const subject = node.subject ? evaluate(machine, node.subject, frame) : null;
  const subjectText = node.subject ? sourceText(frame.file, node.subject, 80) : '';
  const paths: Path[] = [];
  for (const branch of node.branches) {
    const answers = branch.patterns.map((pattern) => (subject ? matches(machine, pattern, subject, frame) : truth(evaluate(machine, pattern, frame))));
    if (answers.every((answer) => answer === false)) continue;
    const run = (): Value => evaluateBody(machine, branch.body, frame);
    if (answers.includes(true)) {
      if (paths.length === 0) return run();
      paths.push({ guards: [{ kind: 'condition', text: `case ${subjectText}`, inStatement: false }], run });
      return runPaths(machine, node, frame, paths);
    }
    const first = branch.patterns[0];
    const last = branch.patterns.at(-1);
    const patternText = first && last ? sourceText(frame.file, { start: first.start, end: last.end }, 80) : '';
    const guards: Guard[] = subject || !first || branch.patterns.length > 1
      ? [{ kind: 'condition', text: `case ${subjectText} when ${patternText}`, inStatement: false }]
      : [...guardsOf(machine, first, frame, false)];
    paths.push({ guards, run });
  }
  if (paths.length === 0) return evaluateBody(machine, node.otherwise, frame);
  paths.push({ guards: [{ kind: 'condition', text: `case ${subjectText} else`, inStatement: false }], run: () => evaluateBody(machine, node.otherwise, frame) });
  return runPaths(machine, node, frame, paths);
}

function matches(machine: Machine, pattern: RubyNode, subject: Value, frame: Frame): boolean | null {
  if (pattern.type === 'other') return null;
  if (pattern.type === 'constant') return isA(pattern.name, subject);
  const value = evaluate(machine, pattern, frame);
  if (pattern.type === 'splat' && value.type === 'array') {
    const answers = value.items.map((item) => equal(item, subject));
    return answers.includes(true) ? true : answers.includes(null) || !value.complete ? null : false;
  }
  if (roleIs(value, 'regex')) return truth(callMethod(machine, frame, value, 'match?', [subject], pattern));
  if (roleIs(value, 'range')) return truth(callMethod(machine, frame, value, 'include?', [subject], pattern));
  return equal(value, subject);
}

/** `Class === value` for Ruby's own classes; null when it cannot be told. */
export function isA(name: string, value: Value): boolean | null {
  const classes: Partial<Record<Value['type'], readonly string[]>> = {
    string: ['String'], symbol: ['Symbol'], number: ['Integer', 'Numeric', 'Float'], array: ['Array', 'Enumerable'], hash: ['Hash', 'Enumerable'], nil: ['NilClass'], lambda: ['Proc'],
  };
  const own = classes[value.type];
  return own ? own.includes(name.replace(/^::/, '')) : null;
}

/** `&&`, `||`, `and`, `or`. */
export function evaluateLogical(machine: Machine, node: Logical, frame: Frame): Value {
  const left = evaluate(machine, node.left, frame);
  if (machine.jump) return left;
  const known = truth(left);
  const goesOn = node.operator === 'and';
  if (known !== null) return known === goesOn ? evaluate(machine, node.right, frame) : left;
  if (raises([node.right])) markChecks(machine, node.left, left);
  const value = runPaths(machine, node, frame, [
    { guards: guardsOf(machine, node.left, frame, !goesOn), run: () => evaluate(machine, node.right, frame) },
    { guards: guardsOf(machine, node.left, frame, goesOn), run: () => left },
  ]);
  return truth(value) === false && goesOn ? value : unknown(sourceText(frame.file, node), node, node);
}

/** `while`, `until`, `for`. */
export function evaluateLoop(machine: Machine, node: Loop, frame: Frame): Value {
  if (node.keyword === 'for') {
    const list = node.condition ? evaluate(machine, node.condition, frame) : nil(node);
    iterateOver(machine, list, node, frame, (items) => {
      node.variables.forEach((target, at) => assign(machine, target, (node.variables.length > 1 && items[0]?.type === 'array' ? items[0].items[at] : items[at]) ?? nil(node), frame));
      return evaluateBody(machine, node.body, frame);
    });
    return list;
  }
  const forget = (): void => forgetAssigned(machine, node, frame);
  forget();
  const condition = node.condition ? evaluate(machine, node.condition, frame) : nil(node);
  const known = truth(condition);
  if (known === (node.keyword === 'until')) return nil(node);
  const running = activation();
  const guards = known === null && node.condition ? guardsOf(machine, node.condition, frame, node.keyword === 'until') : [];
  activated(machine, running, () =>
    guarded(machine, guards, known !== null, () =>
      within(machine, { loop: machine.context.loop ?? { by: 'batches', batchedRead: false, model: null } }, () => evaluateBody(machine, node.body, { ...frame, loop: running }))));
  if (machine.jump?.kind === 'break' || machine.jump?.kind === 'next') machine.jump = null;
  forget();
  return nil(node);
}

/** Makes every local variable and instance variable that `node` assigns unknown: it is not known how often it runs. */
export function forgetAssigned(machine: Machine, node: RubyNode, frame: Frame): void {
  for (const { name, at, inPlace } of assignedNames(node)) {
    const isLocal = !/^[@$]/.test(name);
    const before = isLocal ? lookUpLocal(frame.scope, name) : frame.self.variables.get(name);
    if (!before || (inPlace && (before.type === 'relation' || before.type === 'unknown'))) continue;
    write(machine, isLocal ? scopeOf(frame.scope, name) : frame.self.variables, name, unknown(name, at));
  }
}

/** `begin ... rescue ... ensure`. */
export function evaluateBegin(machine: Machine, node: Begin, frame: Frame): Value {
  const caught = node.rescues.filter((rescue) => !raises(rescue.body));
  const textOf = (rescue: Begin['rescues'][number]): string => `rescue${rescue.classes.map((name) => ` ${sourceText(frame.file, name, 60)}`).join(',')}`;
  const guards: Guard[] = caught.slice(0, 1).map((rescue) => ({ kind: 'rescue', text: textOf(rescue), inStatement: false }));
  const body = (): Value => {
    const value = evaluateBody(machine, node.body, frame);
    return node.otherwise.length > 0 && !machine.jump ? evaluateBody(machine, node.otherwise, frame) : value;
  };
  let value = guarded(machine, guards, true, body);
  if (node.rescues.length > 0) {
    let left: Jump | null = machine.jump;
    if (left?.kind === 'raise' && caught.length > 0) left = null;
    machine.jump = null;
    for (const rescue of node.rescues) {
      const before = value;
      value = runPaths(machine, node, frame, [
        { guards: [], run: () => before },
        {
          guards: [{ kind: 'rescue', text: textOf(rescue), inStatement: false }],
          run: () => {
            if (rescue.variable) assign(machine, rescue.variable, unknown('error', rescue.variable, rescue.variable), frame);
            return evaluateBody(machine, rescue.body, frame);
          },
        },
      ]);
    }
    machine.jump ??= left;
  }
  if (node.ensure.length > 0) {
    const left = machine.jump;
    machine.jump = null;
    evaluateBody(machine, node.ensure, frame);
    machine.jump ??= left;
  }
  return value;
}

/** Runs every path, each from the same start, and joins what they leave behind. */
function runPaths(machine: Machine, node: RubyNode, frame: Frame, paths: readonly Path[]): Value {
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

/** True when the last statement raises for sure. */
function raises(body: readonly RubyNode[]): boolean {
  const last = body.at(-1);
  if (last?.type === 'body' || last?.type === 'begin') return raises(last.body);
  return (last?.type === 'call' || last?.type === 'identifier') && (last.name === 'raise' || last.name === 'fail' || last.name === 'abort' || last.name === 'exit');
}
