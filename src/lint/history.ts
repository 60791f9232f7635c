import type { FrontEnd } from '../frameworks/framework.ts';
import type { Migration } from '../operations/index.ts';
import type { MergedVersion, MigrationFile, MigrationSet } from '../project/migration-file.ts';
import { naturally } from '../project/naturally.ts';
import type { DeletedMigration, MigrationHistory, SetHistory } from '../rules/shared/change-set.ts';
import { createSource } from '../source/source.ts';
import { dumpHistoryOf } from './dump-history.ts';
import type { JudgedFinding } from './judge.ts';

/** So many migrations that have overtaken one are read; who looks at more has rebased already. */
const mostOvertaking = 40;

/** What git tells of a set, and of each of its reported migrations. */
export interface History {
  readonly set: SetHistory;
  of(file: MigrationFile): MigrationHistory | null;
}

/** Reads what the base says of the reported migrations of a set: in two calls of git at most. Null without a base. */
export async function historyOf(set: MigrationSet, frontEnd: FrontEnd, reported: ReadonlyMap<MigrationFile, Migration>, now: Date): Promise<History | null> {
  const { merged, branch } = set;
  if (!merged || !branch) return null;
  const overtaking = new Map<MigrationFile, readonly MergedVersion[]>([...reported.keys()].map((file) => [file, overtakenBy(file, set)]));
  const befores = [...reported.keys()].filter(({ status }) => status === 'edited' || status === 'renamed');
  const texts = await merged.read([...befores.map(({ was, file }) => was?.file ?? file), ...set.deleted.map(({ file }) => file)]);
  const newer = await branch.read([...overtaking.values()].flatMap((versions) => versions.map(({ file }) => file)));
  const parsed = new Map<string, Migration>();
  for (const [file, source] of newer) parsed.set(file, await frontEnd.parse(source));
  const before = new Map<MigrationFile, Migration>();
  for (const file of befores) {
    const source = texts.get(file.was?.file ?? file.file);
    // Read under its present name, so that nothing but its text differs.
    if (source) before.set(file, await frontEnd.parse(createSource(file.path, source.text)));
  }
  const deleted: DeletedMigration[] = [];
  for (const { path, file, version } of set.deleted) {
    const source = texts.get(file);
    if (source) deleted.push({ path, version, migration: await frontEnd.parse(source) });
  }
  const whole: SetHistory = { base: merged.base.name, framework: set.framework, root: set.root, files: set.files, deleted, onBase: set.onBase, hasDump: set.dump !== null, dump: await dumpHistoryOf(set, frontEnd, reported), now };
  return {
    set: whole,
    of: (file) => (file.status === 'unknown' ? null : { file, before: before.get(file) ?? null, overtakenBy: (overtaking.get(file) ?? []).flatMap((one) => parsed.get(one.file) ?? []), set: whole }),
  };
}

/** The newest ones on the base branch that come after a new migration. */
function overtakenBy({ status, version, file, was }: MigrationFile, { onBase }: MigrationSet): readonly MergedVersion[] {
  if (version === null || (status !== 'new' && was === null)) return [];
  return onBase.filter((one) => one.file !== file && one.file !== was?.file && naturally(one.version, version) > 0).slice(-mostOvertaking);
}

/** The findings that a migration did not have as it was merged: what it had is nobody's question any more. Places do not count, because they move. */
export function without(found: readonly JudgedFinding[], merged: readonly JudgedFinding[]): readonly JudgedFinding[] {
  const left = new Map<string, number>();
  const keyOf = ({ ruleId, message }: JudgedFinding) => `${ruleId}\0${message}`;
  for (const finding of merged) left.set(keyOf(finding), (left.get(keyOf(finding)) ?? 0) + 1);
  return found.filter((finding) => {
    const count = left.get(keyOf(finding)) ?? 0;
    left.set(keyOf(finding), count - 1);
    return count <= 0;
  });
}
