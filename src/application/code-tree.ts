import { basename, join, relative, sep } from 'node:path';
import { entriesOf, workspacePath } from '../project/discover.ts';
import { readText } from '../project/read.ts';
import type { Source } from '../source/source.ts';

/** The files of an application's code in one state: as they lie here, or as the base has them. */
export interface CodeTree {
  /** Absolute paths, sorted. */
  readonly files: readonly string[];
  /** False when there were more files than are looked at. */
  readonly complete: boolean;
  has(file: string): boolean;
  /** The text of a file, or null when there is none. */
  read(file: string): Source | null;
}

/** Which files are code that runs: by the ends of their names and the directories that hold none. */
export interface CodeKind {
  readonly files: RegExp;
  /** Directories that are left out besides those that never hold running code. */
  readonly without: RegExp;
  /** A file beside which another application begins, whose code is not this one's; null when there are none. */
  readonly apart: string | null;
}

/** Ruby and the templates around it. `db` holds migrations, dumps and seeds. */
export const rubyCode: CodeKind = { files: /\.(?:rb|rake|erb|haml|slim|jbuilder|builder|rabl|arb|axlsx|prawn|thor|ru)$/, without: /^(?:db|locales)$/, apart: 'Gemfile.lock' };

/** JavaScript, TypeScript and the schema files of Prisma. */
export const scriptCode: CodeKind = { files: /\.(?:[cm]?[jt]sx?|vue|svelte|prisma)$/, without: /^$/, apart: null };

/** Directories without code that runs: tests, what was installed or generated. */
const neverRuns = /^(?:node_modules|vendor|third[-_]party|coverage|dist|generated|__generated__|specs?|tests?|__tests__|__mocks__|cypress|e2e|playwright|fixtures|sorbet|.*_?migrate|migrations?)$/i;
/** Names that mean something else inside of an application's own source. */
const besideTheSource = /^(?:tmp|log|build|out|public|storage|features|factories|stubs|rbi|docs?|examples?|storybook)$/i;
const source = /^(?:app|src|lib)$/;
const notRunning = /(?:^\d{3,}_\w+\.rb|_(?:spec|test)\.rb|[.-](?:spec|test|stories|story|mock|generated|gen|min|bundle|d)\.[cm]?[jt]sx?)$/;

const deepest = 14;
const mostFiles = 20_000;

/** True for a file (absolute) below `root` that holds code of the kind which runs in production. */
export function isCode(file: string, root: string, kind: CodeKind): boolean {
  const name = basename(file);
  if (!kind.files.test(name) || notRunning.test(name)) return false;
  const parts = relative(root, file).split(sep).slice(0, -1);
  return parts.every((part, at) => part !== '..' && !isLeftOut(part, parts.slice(0, at).some((above) => source.test(above)), kind));
}

function isLeftOut(directory: string, inSource: boolean, kind: CodeKind): boolean {
  return directory.startsWith('.') || neverRuns.test(directory) || kind.without.test(directory) || (!inSource && besideTheSource.test(directory));
}

/** The code below `root` (absolute) as it lies here. It is listed when it is first asked for, and a text is read whenever it is; texts go by their workspace-relative paths. */
export function codeHere(root: string, workspace: string, kind: CodeKind): CodeTree {
  let listed: { readonly files: readonly string[]; readonly names: ReadonlySet<string> } | null = null;
  const list = () => {
    if (listed) return listed;
    const files = filesBelow(root, kind);
    return (listed = { files, names: new Set(files) });
  };
  return {
    get files() {
      return list().files;
    },
    get complete() {
      return list().files.length < mostFiles;
    },
    has: (file) => list().names.has(file),
    read(file) {
      const text = list().names.has(file) ? readText(file, workspacePath(workspace, file), root) : null;
      return text && 'source' in text ? text.source : null;
    },
  };
}

function filesBelow(root: string, kind: CodeKind): readonly string[] {
  const files: string[] = [];
  const visit = (directory: string, depth: number, inSource: boolean) => {
    const entries = entriesOf(directory);
    if (directory !== root && entries.some(({ name }) => name === kind.apart)) return;
    for (const entry of entries) {
      if (files.length >= mostFiles) return;
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        if (depth < deepest && !isLeftOut(entry.name, inSource, kind)) visit(path, depth + 1, inSource || source.test(entry.name));
      } else if (entry.isFile() && kind.files.test(entry.name) && !notRunning.test(entry.name)) files.push(path);
    }
  };
  visit(root, 0, false);
  return files.sort();
}
