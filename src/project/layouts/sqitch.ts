import { join } from 'node:path';
import type { Directory } from '../directory.ts';
import { layout, wayBack } from '../layout.ts';
import type { Layout, LayoutFile, LeftOut } from '../layout.ts';
import { serverSet } from './server.ts';

/** sqitch: `sqitch.plan` gives the order of the files in `deploy/`; `sqitch.conf` may put them elsewhere. */
export function sqitchLayout(directory: Directory): Layout | null {
  if (!directory.files.includes('sqitch.plan') && !directory.files.includes('sqitch.conf')) return null;
  const settings = directory.has('sqitch.conf') ? directory.whole('sqitch.conf') : '';
  const setting = (name: string) => new RegExp(`^\\s*${name}\\s*=\\s*"?([^\\s"]+)`, 'm').exec(settings)?.[1] ?? null;
  const top = below(directory, setting('top_dir') ?? '.');
  const planFile = setting('plan_file')?.replace(/^\.\//, '') ?? null;
  const plan = planFile !== null ? planText(directory, planFile) : top?.has('sqitch.plan') ? top.whole('sqitch.plan') : null;
  const deploy = top && below(top, setting('deploy_dir') ?? 'deploy');
  if (!plan || !top || !deploy) return null;
  const engine = setting('engine');
  return layout({
    tool: 'sqitch', root: top.path, evidence: 'sqitch.plan', server: engine === null ? null : serverSet(engine),
    files: changesOf(plan).flatMap((names) => firstPresent(deploy, names)),
    leftOut: [...filesIn(top, setting('revert_dir') ?? 'revert', wayBack), ...filesIn(top, setting('verify_dir') ?? 'verify', (file) => ({ file, reason: 'a check of a migration', told: false }))],
  });
}

/** So many tags between a change and its rework are tried; each is one file name. */
const mostTags = 100;

/**
 * What each change of a plan may be called in `deploy/`, in order: a change that is reworked later has a tag that stands between in its file's name.
 * Line forms: `%pragma`, `@tag`, `name [dependencies] date planner # note`, comments.
 */
function changesOf(plan: string): readonly (readonly string[])[] {
  const tags: string[] = [];
  const changes: { readonly name: string; readonly tagsBefore: number; files: readonly string[] }[] = [];
  const last = new Map<string, (typeof changes)[number]>();
  for (const line of plan.split(/\r?\n/)) {
    const [, sign = '', name = ''] = /^[ \t]*(?:([@%])|[+][ \t]*)?([^\s%#@:+-][^\s#@:]*)/.exec(line) ?? [];
    if (!name || sign === '%') continue;
    if (sign === '@') {
      tags.push(name);
      continue;
    }
    const before = last.get(name);
    if (before) before.files = tags.slice(before.tagsBefore, before.tagsBefore + mostTags).map((tag) => `${name}@${tag}`);
    const change = { name, tagsBefore: tags.length, files: [name] };
    last.set(name, change);
    changes.push(change);
  }
  return changes.map(({ files }) => files);
}

function firstPresent(deploy: Directory, names: readonly string[]): LayoutFile[] {
  for (const name of names) {
    const parts = `${name}.sql`.split('/');
    const file = parts.pop() ?? '';
    const directory = below(deploy, parts.join('/'));
    if (directory?.has(file)) return [{ file: join(directory.path, file), version: null }];
  }
  return [];
}

/** A directory below another, or null when it is not there or would lead out of it. */
function below(directory: Directory, path: string): Directory | null {
  let at: Directory = directory;
  for (const part of path.split(/[\\/]/)) {
    if (part === '.' || part === '') continue;
    if (!at.directories.includes(part)) return null;
    at = at.child(part);
  }
  return at;
}

function planText(directory: Directory, file: string): string | null {
  const parts = file.split(/[\\/]/);
  const name = parts.pop() ?? '';
  const at = below(directory, parts.join('/'));
  return at?.has(name) ? at.whole(name) : null;
}

function filesIn(top: Directory, path: string, make: (file: string) => LeftOut): LeftOut[] {
  const found: LeftOut[] = [];
  const visit = (at: Directory, depth: number) => {
    found.push(...at.files.map((file) => make(join(at.path, file))));
    if (depth < 6) for (const name of at.directories) visit(at.child(name), depth + 1);
  };
  const directory = below(top, path);
  if (directory) visit(directory, 0);
  return found;
}
