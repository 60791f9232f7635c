import type { Git } from '../project/git.ts';
import { line } from '../project/git.ts';

/** What of the event that started the workflow says where the change begins. */
export interface Event {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The commit to compare with, or a sentence on why none could be had. */
export type FoundBase = { readonly commit: string } | { readonly problem: string };

/** Deepening stops after this many rounds; each triples the depth. */
const rounds = 5;

/**
 * Finds the commit a change starts from, on the default shallow checkout, too: a test merge names its first parent in the commit object, and that one
 * commit is fetched at depth 1. Needs no token beyond the checkout's own.
 */
export async function changeBase(git: Git, event: Event): Promise<FoundBase> {
  const parents = await parentsOfHead(git);
  const pull = record(event.payload['pull_request']);
  if (pull) {
    const merged = parents.length > 1 ? parents[0] : undefined;
    if (merged) return have(git, merged, text(record(pull['base'])?.['ref']));
    const base = text(record(pull['base'])?.['sha']);
    return base ? mergeBase(git, base, text(record(pull['base'])?.['ref'])) : { problem: 'The event names no base commit.' };
  }
  const group = record(event.payload['merge_group']);
  const from = text(group?.['base_sha']) ?? text(event.payload['before']);
  if (from && !/^0+$/.test(from)) return have(git, from, null);
  const branch = text(record(event.payload['repository'])?.['default_branch']);
  if (!branch) return { problem: `The event "${event.name}" does not say what changed.` };
  const tip = await remoteTip(git, branch);
  return tip ? mergeBase(git, tip, branch) : { problem: `The default branch "${branch}" cannot be fetched.` };
}

async function parentsOfHead(git: Git): Promise<string[]> {
  const commit = await git(['cat-file', 'commit', 'HEAD']);
  const head = commit?.toString('utf8').split('\n\n')[0] ?? '';
  return [...head.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].flatMap((match) => (match[1] ? [match[1]] : []));
}

async function have(git: Git, commit: string, branch: string | null): Promise<FoundBase> {
  if (await exists(git, commit)) return { commit };
  await git(['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--depth=1', 'origin', commit]);
  if (await exists(git, commit)) return { commit };
  const tip = branch ? await remoteTip(git, branch) : null;
  return tip ? { commit: tip } : { problem: `The base commit ${commit.slice(0, 12)} is not in this clone and cannot be fetched.` };
}

async function mergeBase(git: Git, commit: string, branch: string | null): Promise<FoundBase> {
  const base = await have(git, commit, branch);
  if ('problem' in base) return base;
  for (let round = 0, depth = 30; round < rounds; round += 1, depth *= 3) {
    if (await line(git, 'merge-base', base.commit, 'HEAD')) return base;
    if ((await line(git, 'rev-parse', '--is-shallow-repository')) !== 'true') break;
    await git(['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', `--deepen=${depth}`, 'origin', ...(branch ? [branch] : []), ...[await line(git, 'rev-parse', 'HEAD')].flatMap((head) => head ?? [])]);
  }
  return base;
}

async function remoteTip(git: Git, branch: string): Promise<string | null> {
  const ref = `refs/remotes/origin/${branch}`;
  if (!(await exists(git, ref))) await git(['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--depth=1', 'origin', `+refs/heads/${branch}:${ref}`]);
  return line(git, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
}

async function exists(git: Git, commit: string): Promise<boolean> {
  return (await git(['cat-file', '-e', `${commit}^{commit}`])) !== null;
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && !value.startsWith('-') ? value : null;
}
