import type { RemedyContext } from '../context.ts';

/** What Ruby is written for: the migration's own API version and the finding's surroundings. */
export interface RubyTarget {
  /** Major and minor of `ActiveRecord::Migration[7.1]`; `[4, 2]` for migrations without one. */
  readonly version: readonly [number, number];
  /** `[7.1]`, or nothing for migrations from before versions. */
  readonly bracket: string;
  readonly c: RemedyContext;
  /** True inside `up` and `down`, where `remove_column` needs no type to be reversed by. */
  readonly oneWay?: true;
}

/** A statement in Ruby. */
export interface RubyStatement {
  readonly lines: readonly string[];
  /** True when Rails derives the way back inside `change`. */
  readonly reversible: boolean;
}

/** The target for the migration that the remedy replaces. */
export function rubyTarget(c: RemedyContext): RubyTarget {
  const version = /^(\d+)\.(\d+)$/.exec(c.migration.frameworkVersion ?? '');
  if (version) return { version: [Number(version[1]), Number(version[2])], bracket: `[${version[0]}]`, c };
  const { text } = c.migration.source;
  const legacy = c.migration.frameworkVersion === null && /ActiveRecord::Migration\b(?!\s*\[)/.test(text) && !/ActiveRecord::Migration\s*\[/.test(text);
  return legacy ? { version: [4, 2], bracket: '', c } : { version: [7, 1], bracket: '[7.1]', c };
}

/** True when the migration's API is of the given Rails release or later. */
export function since(target: RubyTarget, major: number, minor: number): boolean {
  const [ours, ourMinor] = target.version;
  return ours > major || (ours === major && ourMinor >= minor);
}

/** `verb a, b, key: value`. Options that are null are left out. */
export function rubyCall(verb: string, args: readonly string[], options: readonly (readonly [key: string, value: string] | null)[] = []): string {
  const named = options.flatMap((option) => (option === null ? [] : [`${option[0]}: ${option[1]}`]));
  return `${verb} ${[...args, ...named].join(', ')}`;
}
