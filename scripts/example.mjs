import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// Lints the example application. Findings are what it is there for, so exit code 1 is the good outcome.
const root = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(process.execPath, ['build/cli.js', 'fixtures/projects/shop/db/migrate', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
process.exitCode = status === 1 ? 0 : 2;
