import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { entriesOf, workspacePath } from './discover.ts';
import { readText } from './read.ts';

/** A place where Ridgepole is called. */
export interface RidgepoleCommand {
  /** Workspace-relative path of the file. */
  readonly path: string;
  /** The words that are written there literally: the lines of the call, or the whole of a task or script that makes one. */
  readonly text: string;
}

const files: readonly string[] = ['Rakefile', 'Makefile', 'package.json', 'Taskfile.yml', 'Procfile', 'Dockerfile', 'docker-compose.yml', 'compose.yml', 'config/deploy.rb', '.circleci/config.yml', '.gitlab-ci.yml', 'Capfile', 'wercker.yml', '.travis.yml', 'buildspec.yml', 'docker_entrypoint.sh', 'entrypoint.sh', 'README.md'];
const folders: readonly string[] = ['lib/tasks', 'bin', 'script', 'scripts', '.github/workflows', 'lib/capistrano/tasks', 'config/deploy', 'db', 'tasks', 'deploy', 'docker', 'lib/scripts', '.github/actions'];

/** The calls of Ridgepole in rake tasks, scripts, workflows and the like below an application's root (absolute). A README only counts when nothing else calls it. */
export function ridgepoleCommands(root: string, workspace: string): readonly RidgepoleCommand[] {
  const all = [...files, ...folders.flatMap((folder) => namesIn(join(root, folder)).map((name) => `${folder}/${name}`))].flatMap((path): RidgepoleCommand[] => {
    if (!existsSync(join(root, path))) return [];
    const text = readText(join(root, path), workspacePath(workspace, join(root, path)), root);
    if (!('source' in text) || !/ridgepole/i.test(text.source.text)) return [];
    return commandsIn(text.source.path, text.source.text);
  });
  const code = all.filter(({ path }) => !path.endsWith('README.md'));
  return code.length > 0 ? code : all;
}

function namesIn(folder: string): string[] {
  return entriesOf(folder).filter((entry) => entry.isFile() && !/\.(?:schema|sqlite3?|lock|log)$/.test(entry.name)).map(({ name }) => name).sort();
}

/** Ruby and shell put a call together from parts, so that a whole file counts; elsewhere the lines of the call do. */
function commandsIn(path: string, text: string): RidgepoleCommand[] {
  const bare = text.replace(/^\s*#(?!!).*$/gm, '');
  if (!/ridgepole/i.test(bare)) return [];
  const isProgram = /\.(?:rb|rake)$|(?:^|\/)(?:Rakefile|Capfile)$|(?:^|\/)bin\/[\w-]+$/.test(path);
  const lines = bare.replace(/\\\r?\n\s*/g, ' ').split(/\r?\n/).filter((line) => /\bridgepole\b/.test(line));
  const calls = isProgram ? [bare] : lines;
  return calls.filter((call) => /(?:^|[\s"'`,[(])(?:--apply|-a|--merge|-m|-am?c?)(?=$|[\s"'`,\])])/.test(call)).map((call) => ({ path, text: call }));
}
