import type { Guard } from '../../../operations/index.ts';
import type { Begin, Case, If, Logical, Loop, RubyNode } from '../../ruby/syntax.ts';
import { assignedNames } from './assigned.ts';
import type { Value } from '../value.ts';
import { nil, unknown } from '../values/make.ts';
import { equal, truth } from '../values/inspect.ts';
import { roleIs } from '../values/special.ts';
import { assign } from './assign.ts';
import { callMethod } from './call.ts';
import { evaluate, evaluateBody } from './evaluate.ts';
import { activation, lookUpLocal, scopeOf, type Frame } from './frame.ts';
import { guardsOf } from './guards.ts';
import { iterateOver } from './iteration.ts';
import { activated, guarded, sourceText, within, write, type Jump, type Machine } from './machine.ts';
import { runPaths, type Path } from './paths.ts';
import { markChecks } from './reads.ts';

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
  const first = node.body[0];
  const runsAtLeastOnce = known !== null || (node.body.length === 1 && first?.type === 'begin' && (node.condition?.start ?? 0) > first.start);
  const guards = !runsAtLeastOnce && node.condition ? guardsOf(machine, node.condition, frame, node.keyword === 'until') : [];
  activated(machine, running, () =>
    guarded(machine, guards, runsAtLeastOnce, () =>
      within(machine, { loop: machine.context.loop ?? { by: 'batches', batchedRead: false, model: null } }, () => evaluateBody(machine, node.body, { ...frame, loop: running, block: null }))));
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

/** True when the last statement raises for sure. */
function raises(body: readonly RubyNode[]): boolean {
  const last = body.at(-1);
  if (last?.type === 'body' || last?.type === 'begin') return raises(last.body);
  return (last?.type === 'call' || last?.type === 'identifier') && (last.name === 'raise' || last.name === 'fail' || last.name === 'abort' || last.name === 'exit');
}
