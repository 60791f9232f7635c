import { parseArgs } from 'node:util';
import { nearestWord } from '../config/nearest.ts';
import { flags } from './flag.ts';

/** What the command line says, before anything is looked up. */
export interface Arguments {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** A command line that cannot be followed; the message is one sentence or two. */
export class UsageError extends Error {}

const contradictions: readonly (readonly [first: string, second: string, why: string])[] = [
  ['stdin', 'all', 'one reads a single text, the other everything'],
  ['stdin', 'print-config', 'nothing is linted when the configuration is printed'],
  ['print-config', 'output-file', 'the configuration is printed to standard output'],
  ['config', 'no-config-lookup', 'one names a configuration file, the other says to use none'],
  ['color', 'no-color', 'one forces colours on, the other off'],
  ['no-inline-config', 'report-unused-disable-directives', 'directives that are ignored cannot be unused'],
];

/** Parses and checks `argv` (without node and script). Throws `UsageError`. */
export function parseArguments(argv: readonly string[]): Arguments {
  refuseUnknown(argv);
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options: optionTable(), allowPositionals: true, strict: true, allowNegative: true, tokens: true });
  } catch (error) {
    throw new UsageError(plain(error as Error));
  }
  const given = new Set(parsed.tokens.flatMap((token) => (token.kind === 'option' ? [token.rawName.replace(/^--?/, '')] : [])));
  for (const flag of flags) if (flag.short && given.has(flag.short)) given.add(flag.name);
  for (const [first, second, why] of contradictions) {
    if (given.has(first) && given.has(second)) throw new UsageError(`"--${first}" and "--${second}" contradict each other: ${why}.`);
  }
  const values = parsed.values as Arguments['values'];
  if (values['stdin-filename'] !== undefined && !values['stdin']) throw new UsageError('"--stdin-filename" needs "--stdin".');
  if (values['stdin'] && parsed.positionals.length > 0) throw new UsageError('"--stdin" and paths contradict each other: name the file with "--stdin-filename".');
  if (values['all'] && parsed.positionals.length > 0) throw new UsageError('"--all" and paths contradict each other: paths are linted whole anyway.');
  return { positionals: parsed.positionals, values };
}

function optionTable() {
  return Object.fromEntries(flags.map((flag) => [flag.name, { type: flag.type, ...(flag.short ? { short: flag.short } : {}), ...(flag.multiple ? { multiple: true } : {}) }]));
}

/** Unknown flags first, with did-you-mean, because `parseArgs` has no such sentence. */
function refuseUnknown(argv: readonly string[]): void {
  const names = flags.flatMap((flag) => [...(flag.onlyNegated ? [] : [flag.name]), ...(flag.negatable ? [`no-${flag.name}`] : [])]);
  for (const [at, word] of argv.entries()) {
    if (word === '--') return;
    const name = /^--([^=]+)/.exec(word)?.[1];
    if (name === undefined || names.includes(name) || flags.some((flag) => flag.name === name)) continue;
    const before = flags.find((flag) => flag.type === 'string' && (`--${flag.name}` === argv[at - 1] || `-${flag.short}` === argv[at - 1]));
    if (before) throw new UsageError(`"--${before.name}" needs a value.`);
    const near = nearestWord(name, names);
    throw new UsageError(`"--${name}" is not a flag.${near ? ` Did you mean "--${near}"?` : ' "anzen --help" lists the flags.'}`);
  }
}

function plain(error: Error): string {
  const missing = /Option '(?:-\w, )?(--[\w-]+)[^']*' argument (?:missing|is ambiguous)/.exec(error.message)?.[1];
  if (missing) return `"${missing}" needs a value.`;
  const unwanted = /Option '(?:-\w, )?(--[\w-]+)' does not take an argument/.exec(error.message)?.[1];
  if (unwanted) return `"${unwanted}" takes no value.`;
  const unknown = /Unknown option '(-[^']+)'/.exec(error.message)?.[1];
  if (unknown) return `"${unknown}" is not a flag. "anzen --help" lists the flags.`;
  return error.message.split('\n')[0]?.replace(/\.?$/, '.') ?? 'The command line cannot be read.';
}
