import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const fileNames = ['.anzen.yml', '.anzen.yaml', '.anzen.json'];

/** The configuration file nearest to a directory, looking upwards as far as the workspace; null when there is none. */
export function findConfigFile(from: string, workspace: string): string | null {
  for (let at = from; ; at = dirname(at)) {
    const found = fileNames.map((name) => join(at, name)).find((file) => existsSync(file));
    if (found) return found;
    if (at === workspace || dirname(at) === at) return null;
  }
}
