import type { Git } from './git.ts';
import { line } from './git.ts';

/** What the working tree is compared with. */
export interface Base {
  /** The commit where the change set begins, 40 or 64 hex digits. */
  readonly commit: string;
  /** The newest commit of the branch it begins on, which may have gone on since. */
  readonly tip: string;
  /** How it was found, for messages: `origin/main`, `--base v1`. */
  readonly name: string;
}

const usualNames = ['origin/main', 'origin/master', 'origin/trunk', 'origin/develop', 'main', 'master', 'trunk'];

/** The commit that a named reference and the head have in common; the reference itself when a shallow clone hides their history. Null when there is no such commit. */
export async function findBase(git: Git, wanted: string | null): Promise<Base | null> {
  if (wanted !== null) {
    const commit = await commitOf(git, wanted);
    return commit ? { commit: await forkPoint(git, commit), tip: commit, name: wanted } : null;
  }
  const head = await line(git, 'symbolic-ref', '-q', '--short', 'refs/remotes/origin/HEAD');
  for (const name of head ? [head, ...usualNames] : usualNames) {
    const commit = await commitOf(git, name);
    if (commit) return { commit: await forkPoint(git, commit), tip: commit, name };
  }
  return null;
}

/** The commit that a name stands for, or null. */
export async function commitOf(git: Git, name: string): Promise<string | null> {
  return name.startsWith('-') ? null : line(git, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
}

async function forkPoint(git: Git, commit: string): Promise<string> {
  return (await line(git, 'merge-base', commit, 'HEAD')) ?? commit;
}
