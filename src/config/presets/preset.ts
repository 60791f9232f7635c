import type { Severity } from '../../rules/rule.ts';

/** The verdicts of another tool in its default configuration, in this one's rules. */
export interface ToolPreset {
  /** The severity of everything it finds. */
  readonly severity: Exclude<Severity, 'off'>;
  /** The rules that are on, with the options that bring them closest to the tool. All others are off. */
  readonly rules: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Rules that say what could not be read: whatever the preset, nobody is to take silence about such a file for a verdict. They keep their own severity. */
export const alwaysOn: ReadonlySet<string> = new Set(['sql-syntax', 'ruby-syntax', 'not-judged']);
