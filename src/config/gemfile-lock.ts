/** What a Gemfile.lock says. */
export interface GemfileLock {
  /** Release by gem name, lower case. */
  readonly gems: ReadonlyMap<string, string>;
  /** Active Record's release: `[7, 1, 3]`, or null when it is not in the lock. */
  readonly railsVersion: readonly number[] | null;
}

/** Reads a Gemfile.lock. Lines it does not know are passed over. */
export function parseGemfileLock(text: string): GemfileLock {
  const gems = new Map<string, string>();
  for (const match of text.matchAll(/^ {4}([A-Za-z0-9_.-]+) \(([^)]+)\)\r?$/gm)) {
    const [, name = '', version = ''] = match;
    gems.set(name.toLowerCase(), version);
  }
  const release = gems.get('activerecord') ?? gems.get('rails');
  return { gems, railsVersion: release ? release.split(/[.-]/).map(Number).filter(Number.isInteger) : null };
}
