import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

// Bundles the command line into build/ (`node scripts/build.mjs`) or the action into dist/ (`node scripts/build.mjs action`).
const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const target = process.argv[2] === 'action' ? 'action' : 'cli';
const out = process.argv[3] ?? join(root, target === 'action' ? 'dist' : 'build');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const result = await build({
  absWorkingDir: root,
  entryPoints: [target === 'action' ? { in: 'src/action/main.ts', out: 'index' } : { in: 'src/cli/main.ts', out: 'cli' }],
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  minifyIdentifiers: true,
  legalComments: 'none',
  metafile: true,
  chunkNames: '[name]-[hash]',
  // Some packages are CommonJS inside and look for these.
  banner: { js: "import{createRequire as __anzenRequire}from'node:module';import{fileURLToPath as __anzenPath}from'node:url';const require=__anzenRequire(import.meta.url),__filename=__anzenPath(import.meta.url),__dirname=__anzenPath(new URL('.',import.meta.url));" },
  define: { ANZEN_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
});

const wasm = ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-ruby/tree-sitter-ruby.wasm', '@ruby/prism/src/prism.wasm', 'libpg-query/wasm/libpg-query.wasm'];
for (const path of wasm) {
  const [scope, name] = path.split('/');
  const folder = scope.startsWith('@') ? `${scope}/${name}` : scope;
  const from = join(packageFolder(folder), path.slice(folder.length + 1));
  copyFileSync(from, join(out, path.split('/').at(-1)));
  chmodSync(join(out, path.split('/').at(-1)), 0o644);
}
writeFileSync(join(out, 'THIRD-PARTY-NOTICES.txt'), notices(result.metafile));
if (target === 'action') writeFileSync(join(out, 'package.json'), '{ "type": "module" }\n');
else chmodSync(join(out, 'cli.js'), 0o755);
if (process.env.ANZEN_BUILD_SIZES) for (const name of readdirSync(out)) console.log(String(statSync(join(out, name)).size).padStart(9), name);

function packageFolder(name) {
  for (const base of require.resolve.paths(name) ?? []) {
    try {
      statSync(join(base, name, 'package.json'));
      return join(base, name);
    } catch {
      // looked for in the next place
    }
  }
  throw new Error(`The package ${name} is not installed.`);
}

/** The licences of everything that is in the bundle. */
function notices(metafile) {
  const names = new Set(['tree-sitter-ruby']);
  for (const input of Object.keys(metafile.inputs)) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) names.add(match[1]);
  }
  return [...names].sort().map((name) => {
    const folder = packageFolder(name);
    const { version: release, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${release} (${license})\n\n${file ? readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() : ''}\n`;
  }).join(`\n${'-'.repeat(80)}\n\n`);
}
