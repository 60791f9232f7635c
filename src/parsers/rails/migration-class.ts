import type { Problem } from '../../operations/index.ts';
import type { Span } from '../../source/span.ts';
import type { RubyNode } from '../ruby/syntax.ts';
import { walk } from '../ruby/walk.ts';
import type { RailsEnvironment } from './environment.ts';
import { foreignDefinition, resolveConstant } from './evaluator/constants.ts';
import type { CodeFile, Definition } from './evaluator/definitions.ts';
import { frameFor } from './evaluator/frame.ts';
import type { Machine } from './evaluator/machine.ts';
import { expectedClass, parseFileName } from './file-name.ts';

/** Releases of Rails whose migrations later ones still understand. */
const knownVersions = ['4.2', '5.0', '5.1', '5.2', '6.0', '6.1', '7.0', '7.1', '7.2', '8.0', '8.1', '8.2'];

/** The version in `ActiveRecord::Migration[x.y]`. */
export interface WrittenVersion {
  readonly text: string;
  readonly parts: readonly number[];
  readonly at: Span;
}

/** The class of the file that Rails would run, or null. */
export function findMigrationClass(file: CodeFile, environment: RailsEnvironment): Definition | null {
  const expected = expectedClass(parseFileName(file.tree.source.path), environment.inflections)?.toLowerCase();
  const classes = [...file.definitions.values()].filter((definition) => definition.kind === 'class');
  return classes.find((definition) => definition.name.toLowerCase() === expected)
    ?? classes.find((definition) => /Migration/.test(superclassText(definition)))
    ?? classes.find((definition) => ['change', 'up', 'down'].some((name) => definition.methods.has(name) || definition.ownMethods.has(name)))
    ?? null;
}

/** The version that the class or one of its ancestors asks for; `undefined` when the ancestors are not known. */
export function versionOf(machine: Machine, definition: Definition, depth = 0): WrittenVersion | null | undefined {
  const { superclass } = definition;
  if (!superclass) return null;
  const written = writtenVersion(superclass);
  if (written) return written;
  if (superclass.type !== 'constant') return undefined;
  if (isMigration(superclass.name)) return null;
  const frame = frameFor(definition.file, { kind: 'body', definition: null, variables: new Map() }, definition.nesting);
  const found = resolveConstant(machine, frame, superclass.name);
  if (found.kind === 'value') return writtenVersion(found.node);
  const parent = found.kind === 'definition' ? found.definition : foreignDefinition(machine, superclass.name.replace(/^::/, ''));
  return parent && parent !== definition && depth < 10 ? versionOf(machine, parent, depth + 1) : undefined;
}

/** What is wrong with the class. */
export function classProblems(machine: Machine, definition: Definition | null): Problem[] {
  const { environment, file } = machine;
  const { path, text } = file.tree.source;
  const expected = expectedClass(parseFileName(path), environment.inflections);
  if (!definition) {
    const lineEnd = text.indexOf('\n');
    const at = { start: 0, end: lineEnd < 0 ? text.length : lineEnd };
    return [{ kind: 'migration-class', reason: 'no-class', message: 'The file defines no migration class.', instead: expected ? `class ${expected} < ActiveRecord::Migration[${releaseOf(environment)}]` : null, at }];
  }
  const problems: Problem[] = [];
  const nameAt = 'nameSpan' in definition.node && definition.node.type !== 'call' ? definition.node.nameSpan : headOf(definition);
  if (expected && definition.name.toLowerCase() !== expected.toLowerCase()) {
    problems.push({
      kind: 'migration-class', reason: 'name-mismatch', at: nameAt, instead: expected,
      message: `Rails expects the class "${expected}" in this file, which defines "${definition.name}".`,
    });
  }
  problems.push(...versionProblems(machine, definition));
  return problems;
}

function versionProblems(machine: Machine, definition: Definition): Problem[] {
  const { railsVersion } = machine.environment;
  const { superclass } = definition;
  const release = releaseOf(machine.environment);
  if (!superclass) {
    return [{ kind: 'migration-class', reason: 'superclass', message: `"${definition.name}" does not inherit from ActiveRecord::Migration.`, instead: `ActiveRecord::Migration[${release}]`, at: headOf(definition) }];
  }
  const modern = railsVersion === null || (railsVersion[0] ?? 5) >= 5;
  if (superclass.type === 'constant' && isMigration(superclass.name) && modern) {
    return [{ kind: 'migration-class', reason: 'no-version', message: 'Rails 5.0 and later refuse a migration that does not say its version.', instead: `ActiveRecord::Migration[${release}]`, at: superclass }];
  }
  const version = writtenVersion(superclass);
  if (!version) return [];
  const newer = railsVersion !== null && railsVersion.length >= 2 && compare(version.parts, railsVersion.slice(0, 2)) > 0;
  if (knownVersions.includes(version.text) && !newer) return [];
  const message = newer ? `Rails ${railsVersion.slice(0, 2).join('.')} does not know the migration version "${version.text}".` : `Rails has no migration version "${version.text}".`;
  return [{ kind: 'migration-class', reason: 'unknown-version', message, instead: `ActiveRecord::Migration[${release}]`, at: version.at }];
}

/** The class's first line: from `class` to the end of its superclass. */
export function headOf(definition: Definition): Span {
  const { node, superclass } = definition;
  if (node.type === 'class' || node.type === 'module') return { start: node.start, end: Math.max(node.nameSpan.end, superclass?.end ?? 0) };
  return { start: node.start, end: superclass?.end ?? node.end };
}

function writtenVersion(superclass: RubyNode): WrittenVersion | null {
  let found: WrittenVersion | null = null;
  walk(superclass, (node) => {
    if (found || node.type !== 'call' || node.name !== '[]' || node.receiver?.type !== 'constant' || !isMigration(node.receiver.name)) return !found;
    const [arg] = node.args;
    const part = arg?.type === 'string' ? arg.parts[0] : null;
    const text = arg?.type === 'number' ? arg.text : part?.kind === 'literal' ? part.value : null;
    if (text !== null && /^\d+(\.\d+)?$/.test(text) && arg) found = { text: text.includes('.') ? text : `${text}.0`, parts: (text.includes('.') ? text : `${text}.0`).split('.').map(Number), at: { start: arg.start, end: arg.end } };
    return !found;
  });
  return found;
}

function isMigration(name: string): boolean {
  return /^(::)?ActiveRecord::Migration$/.test(name);
}

function superclassText(definition: Definition): string {
  const { superclass, file } = definition;
  return superclass ? file.tree.source.text.slice(superclass.start, superclass.end) : '';
}

function releaseOf(environment: RailsEnvironment): string {
  const version = environment.railsVersion?.slice(0, 2);
  return version?.length === 2 && (version[0] ?? 0) >= 5 ? version.join('.') : '8.0';
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < 2; at++) if ((a[at] ?? 0) !== (b[at] ?? 0)) return (a[at] ?? 0) - (b[at] ?? 0);
  return 0;
}
