import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Fails when dist/ is not what `npm run build:action` makes of the sources.
const root = fileURLToPath(new URL('..', import.meta.url));
const fresh = mkdtempSync(join(tmpdir(), 'anzen-action-'));
try {
  execFileSync(process.execPath, ['scripts/build.mjs', 'action', fresh], { cwd: root, stdio: 'inherit' });
  const dist = join(root, 'dist');
  const names = (folder: string) => readdirSync(folder).sort();
  const different = names(fresh).join() !== names(dist).join() || names(fresh).some((name) => !readFileSync(join(fresh, name)).equals(readFileSync(join(dist, name))));
  if (different) {
    console.error('dist/ is stale: run "npm run build:action".');
    process.exitCode = 1;
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
