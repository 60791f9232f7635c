import { ConfigError } from '../config/error.ts';
import { UnknownBase } from '../project/project.ts';
import type { Arguments } from './arguments.ts';
import { UsageError, parseArguments } from './arguments.ts';
import { helpText } from './help.ts';

/** The world a command runs in; the only way it touches anything. */
export interface World {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** True when a person watches the stream. */
  readonly outIsTerminal: boolean;
  readonly errorIsTerminal: boolean;
  out(text: string): void;
  error(text: string): void;
  readStdin(): Promise<Uint8Array>;
  writeFile(file: string, text: string): void;
}

/** A sentence for the user about why the job could not be done; exit code 2. */
export class Refusal extends Error {}

/** Runs one command line and gives the exit code: 0 fine, 1 findings, 2 could not do the job. */
export async function run(argv: readonly string[], world: World): Promise<number> {
  try {
    return await dispatch(parseArguments(argv), world);
  } catch (error) {
    if (error instanceof UsageError || error instanceof Refusal || error instanceof ConfigError || error instanceof UnknownBase) {
      world.error(`anzen: ${error.message}\n`);
      return 2;
    }
    world.error(`anzen: an internal error; please report it with the migration that causes it.\n${(error as Error).stack ?? String(error)}\n`);
    return 2;
  }
}

async function dispatch(given: Arguments, world: World): Promise<number> {
  if (given.values['help']) {
    world.out(helpText());
    return 0;
  }
  if (given.values['version']) {
    world.out(`${world.version}\n`);
    return 0;
  }
  switch (given.positionals[0]) {
    case 'rules':
      return (await import('./rules-command.ts')).rulesCommand(given, world);
    case 'explain':
      return (await import('./explain-command.ts')).explainCommand(given, world);
    case 'schema-diff':
      return (await import('./schema-diff-command.ts')).schemaDiffCommand(given, world);
    case 'operations':
      return (await import('./operations-command.ts')).operationsCommand(given, world);
    default:
      return (await import('./lint-command.ts')).lintCommand(given, world);
  }
}
