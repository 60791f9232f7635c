import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Runs git in a directory and gives its output, or null when git fails or is not there. Nothing of the repository is executed: no hooks, monitors, filters, pagers, prompts. */
export type Git = (args: readonly string[], input?: string) => Promise<Buffer | null>;

const safe = [
  '-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', '-c', 'core.pager=cat', '-c', 'core.sshCommand=ssh -oBatchMode=yes',
  '-c', 'protocol.ext.allow=never', '-c', 'uploadpack.packObjectsHook=', '-c', 'core.quotePath=false', '-c', 'gc.auto=0', '-c', 'maintenance.auto=false',
];

/** Tells, without a process, whether git could find a repository from this directory (absolute): one that lies here or above, or that the environment names. */
export function mayBeInGit(directory: string): boolean {
  if (process.env['GIT_DIR']) return true;
  const above = dirname(directory);
  return existsSync(join(directory, '.git')) || (above !== directory && mayBeInGit(above));
}

/** A git bound to a directory. Commands get two minutes and 256 MiB of output; `input` is what they read. */
export function gitIn(directory: string): Git {
  return (args, input) => new Promise((resolve) => {
    const { stdin } = process.getBuiltinModule('node:child_process').execFile('git', [...safe, ...args], {
      cwd: directory,
      encoding: 'buffer',
      maxBuffer: 256 * 1024 * 1024,
      timeout: 120_000,
      windowsHide: true,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' },
    }, (error, stdout) => resolve(error ? null : stdout));
    if (!stdin) return;
    // Git may end before it has read everything; its exit code tells.
    stdin.on('error', () => undefined);
    stdin.end(input ?? '');
  });
}

/** The output as trimmed text, or null. */
export async function line(git: Git, ...args: string[]): Promise<string | null> {
  const output = await git(args);
  const text = output?.toString('utf8').trim();
  return text ? text : null;
}
