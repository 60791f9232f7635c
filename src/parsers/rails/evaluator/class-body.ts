import type { Span } from '../../../source/span.ts';
import type { RubyNode } from '../../ruby/syntax.ts';
import { walk } from '../../ruby/walk.ts';
import { ancestorsOf } from './ancestors.ts';
import type { Definition } from './definitions.ts';
import { evaluateBody } from './evaluate.ts';
import { frameFor } from './frame.ts';
import { startContext, within, type Machine } from './machine.ts';

/** Runs what stands in the class body and at the top of the file: it switches the transaction off, or holds statements that belong elsewhere. */
export function evaluateClassBody(machine: Machine, definition: Definition | null): void {
  machine.context = startContext('up', false);
  const { top } = machine.file;
  machine.bodyStatements = true;
  run(machine, top, top.statements);
  if (definition) run(machine, definition, definition.statements);
  machine.bodyStatements = false;
  for (const ancestor of definition ? ancestorsOf(machine, definition) : []) {
    if (ancestor === definition || !definition) continue;
    const site = siteOf(definition, ancestor);
    const foreign = ancestor.file.foreign ? { path: ancestor.file.tree.source.path, site } : null;
    within(machine, { foreign }, () => {
      run(machine, ancestor, ancestor.kind === 'module' ? ancestor.whenIncluded : ancestor.statements);
      for (const hook of ['included', 'extended', 'inherited', 'prepended']) {
        const def = ancestor.ownMethods.get(hook);
        if (def && callsDisable(def)) machine.transactionDisabledAt ??= site;
      }
    });
  }
  machine.operations = [];
  machine.jump = null;
  machine.uses.clear();
}

/** Where this file brings a class or module of its ancestry in: the `include`, else the superclass, else the class's name. */
export function siteOf(definition: Definition, ancestor: Definition): Span {
  for (const mixin of definition.mixins) {
    if (mixin.module.type === 'constant' && ancestor.name.endsWith(mixin.module.name.replace(/^.*::/, ''))) return { start: mixin.node.start, end: mixin.node.end };
  }
  const { superclass, node } = definition;
  if (superclass) return { start: superclass.start, end: superclass.end };
  return node.type === 'class' || node.type === 'module' ? node.nameSpan : { start: node.start, end: node.end };
}

function run(machine: Machine, definition: Definition, statements: readonly RubyNode[]): void {
  const frame = frameFor(definition.file, { kind: 'body', definition, variables: new Map() }, definition.nesting);
  evaluateBody(machine, statements, frame);
  machine.jump = null;
}

function callsDisable(node: RubyNode): boolean {
  let found = false;
  walk(node, (inner) => {
    found ||= (inner.type === 'call' || inner.type === 'identifier') && inner.name === 'disable_ddl_transaction!';
    return !found;
  });
  return found;
}
