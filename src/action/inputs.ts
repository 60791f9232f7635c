/** The inputs of the action, as the runner passes them (`INPUT_<NAME>`, upper case, spaces as underscores). */
export interface Inputs {
  readonly paths: readonly string[];
  readonly all: boolean;
  readonly base: string | null;
  readonly config: string | null;
  readonly engine: string | null;
  readonly engineVersion: string | null;
  readonly workingDirectory: string;
  readonly failOn: 'error' | 'warning' | 'never';
  readonly showAssured: boolean;
  readonly annotations: boolean;
  readonly summary: boolean;
}

/** An input with a value it cannot have. */
export class InputError extends Error {}

/** Reads the inputs. Throws `InputError` with one sentence. */
export function readInputs(env: Readonly<Record<string, string | undefined>>): Inputs {
  const text = (name: string) => env[`INPUT_${name.toUpperCase()}`]?.trim() || null;
  const flag = (name: string, fallback: boolean) => {
    const value = text(name)?.toLowerCase();
    if (value === undefined) return fallback;
    if (value === 'true' || value === 'false') return value === 'true';
    throw new InputError(`The input "${name}" is "${value}"; it takes "true" or "false".`);
  };
  const failOn = text('fail-on') ?? 'error';
  if (failOn !== 'error' && failOn !== 'warning' && failOn !== 'never') throw new InputError(`The input "fail-on" is "${failOn}"; it takes "error", "warning" or "never".`);
  return {
    paths: (text('paths') ?? '').split(/\r?\n/).map((line) => line.trim()).filter(Boolean),
    all: flag('all', false),
    base: text('base'),
    config: text('config'),
    engine: text('engine'),
    engineVersion: text('engine-version'),
    workingDirectory: text('working-directory') ?? '.',
    failOn,
    showAssured: flag('show-assured', false),
    annotations: flag('annotations', true),
    summary: flag('summary', true),
  };
}
