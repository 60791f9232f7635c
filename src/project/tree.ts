import type { Git } from './git.ts';

/** The files of one commit: object id by path, relative to the repository's root. */
export type Tree = ReadonlyMap<string, string>;

/** Lists a commit's files; submodules are left out. Null when git cannot tell. */
export async function readTree(git: Git, commit: string): Promise<Tree | null> {
  const output = await git(['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (!output) return null;
  const tree = new Map<string, string>();
  for (const entry of output.toString('utf8').split('\0')) {
    const match = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(entry);
    if (match?.[1] && match[2]) tree.set(match[2], match[1]);
  }
  return tree;
}

/**
 * True when the bytes are the blob's content. Compared by hash and not by `git diff`, because a diff would run the clean filters that the
 * repository's own configuration names. A checkout with CRLF line ends counts as equal.
 */
export function sameContent(bytes: Buffer, blob: string): boolean {
  const algorithm = blob.length === 64 ? 'sha256' : 'sha1';
  const hash = (content: Buffer) => process.getBuiltinModule('node:crypto').createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest('hex');
  if (hash(bytes) === blob) return true;
  return bytes.includes(13) && hash(Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')) === blob;
}
