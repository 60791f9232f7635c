import type { DumpHistory, FileInSet, SetFinding, SetHistory } from './change-set.ts';
import { headOf } from './dump-place.ts';

/** What is wrong with the versions that a dump names: one line in `schema.rb`, a list in `structure.sql`. */
export function wrongVersions(dump: DumpHistory, history: SetHistory): SetFinding[] {
  return dump.format === 'schema.rb' ? wrongLine(dump, history) : wrongList(dump, history);
}

function wrongLine(dump: DumpHistory, history: SetHistory): SetFinding[] {
  const [here] = dump.versions.here;
  const [before] = dump.versions.base;
  if (!here || !before) return [];
  const newest = newFiles(history).reduce<FileInSet | null>((last, file) => (last === null || isNewer(file.version ?? '', last.version ?? '') ? file : last), null);
  if (newest?.version && isNewer(newest.version, here.version)) {
    return [finding(dump, newest.version, dump.isChanged
      ? `"${dump.source.path}" is at version ${here.version}, but "${newest.path}" is newer.`
      : `"${dump.source.path}" is not changed, though "${newest.path}" is new.`,
    'A database that is made from the dump does not count the migration as run, and runs it: on top of its own changes where the dump has them, late where it has not. "rails db:migrate" changes the dump for everybody else.')];
  }
  const isKnown = (version: string) => [...history.files, ...history.onBase].some((file) => file.version !== null && same(file.version, version));
  if (!same(here.version, before.version) && isKnown(before.version) && !isKnown(here.version) && history.deleted.length === 0) {
    return [finding(dump, here.version, `"${dump.source.path}" is at version ${here.version}, which no migration here has.`,
      'It was taken from a database that has run a migration of another branch: what that made may be in the dump, too. A database that is made from it counts every migration up to that version as run, also those that are merged later with a lower one.')];
  }
  const isRemoved = history.deleted.length > 0 || history.files.some(({ status }) => status === 'renamed' || status === 'edited');
  if (isNewer(before.version, here.version) && isKnown(before.version) && !isRemoved) {
    return [finding(dump, before.version, `"${dump.source.path}" goes back to version ${here.version}, from ${before.version} on "${history.base}".`,
      'A database that is made from the dump runs the migrations in between once more. It seems to be taken from a database that has not run them, or to be a conflict that was resolved for the wrong side.')];
  }
  return [];
}

function wrongList(dump: DumpHistory, history: SetHistory): SetFinding[] {
  const { here, base } = dump.versions;
  if (here.length === 0 || base.length === 0) return [];
  const listed = new Set(here.map(({ version }) => bare(version)));
  const found: SetFinding[] = [];
  const missing = newFiles(history).filter(({ version }) => version !== null && !listed.has(bare(version)));
  const [first] = missing;
  if (first) {
    found.push(finding(dump, first.version, `"${dump.source.path}" does not list the version of "${first.path}"${more(missing.length - 1)}.`,
      dump.isChanged ? 'A database that is made from the dump does not count the migration as run, and runs it: on top of its own changes where the dump has them.' : 'The dump is not changed with it: a database that is made from it lacks what the migration makes until it runs there.'));
  }
  const known = new Set([...base, ...history.files, ...history.onBase, ...history.deleted].map(({ version }) => bare(version ?? '')));
  const strange = here.filter(({ version }) => !known.has(bare(version)));
  if (strange[0]) {
    found.push({ ...finding(dump, strange[0].version, `"${dump.source.path}" lists the version ${strange[0].version}${more(strange.length - 1)}, which no migration here has.`,
      'It was taken from a database that has run a migration of another branch. When that is merged, a database that is made from this dump does not run it.'), at: { start: strange[0].start, end: strange[0].end } });
  }
  return found;
}

function newFiles({ files }: SetHistory): readonly FileInSet[] {
  return files.filter(({ status, version }) => status === 'new' && version !== null);
}

function more(count: number): string {
  return count > 0 ? ` and of ${count} more` : '';
}

function finding(dump: DumpHistory, version: string | null, message: string, why: string): SetFinding {
  return { source: dump.source, at: headOf(dump), version, message, why, advice: 'Run "rails db:migrate" on a database that is made from the merged dump, and commit the dump that comes of it.' };
}

/** Versions are numbers written as text, of any length. */
function isNewer(a: string, b: string): boolean {
  const [left, right] = [bare(a), bare(b)];
  return left.length === right.length ? left > right : left.length > right.length;
}

function same(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

function bare(version: string): string {
  return version.replace(/^0+/, '');
}
