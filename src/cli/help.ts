import { flags } from './flag.ts';

/** The text of `anzen --help`. */
export function helpText(): string {
  const left = (flag: (typeof flags)[number]) => `${flag.short ? `-${flag.short}, ` : '    '}--${flag.onlyNegated ? 'no-' : flag.negatable ? '[no-]' : ''}${flag.name}${flag.value ? ` ${flag.value}` : ''}`;
  const width = Math.max(...flags.map((flag) => left(flag).length)) + 2;
  const groups = [...new Set(flags.map((flag) => flag.group))];
  return [
    'Says which database migrations would fail, block traffic, break the running code or lose data when deployed, and what to write instead.',
    '',
    'Usage:',
    '  anzen [paths]           Lint what is new against the default branch, or the given files and directories',
    '  anzen rules             List all rules',
    '  anzen explain RULE      Explain a rule, with examples',
    '  anzen operations FILE   Print what is understood of a migration, as JSON',
    '  anzen schema-diff BASE [HEAD]  Print what Ridgepole does to get from one commit\'s Schemafile to the other\'s',
    ...groups.flatMap((group) => ['', `${group}:`, ...flags.filter((flag) => flag.group === group).map((flag) => `  ${left(flag).padEnd(width)}${flag.help}`)]),
    '',
    'Exit codes: 0 nothing to object to, 1 findings, 2 the job could not be done, 130 interrupted.',
    '',
  ].join('\n');
}
