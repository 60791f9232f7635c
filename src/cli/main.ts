#!/usr/bin/env node
import { mkdirSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname } from 'node:path';
import type { World } from './run.ts';
import { limitWasmTiering } from '../parsers/wasm-budget.ts';
import { delayOptimising } from './tiering.ts';

declare const ANZEN_VERSION: string;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`anzen: Node ${process.versions.node} is too old; anzen needs 20.19 or newer.\n`);
  process.exit(2);
}

// A reader that closes the pipe early (head, a pager) is no error.
for (const stream of [process.stdout, process.stderr]) stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? (process.exitCode ?? 0) : 2));
process.on('SIGINT', () => process.exit(130));

const world: World = {
  cwd: process.cwd(),
  env: process.env,
  version: ANZEN_VERSION,
  outIsTerminal: process.stdout.isTTY === true,
  errorIsTerminal: process.stderr.isTTY === true,
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  async readStdin() {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  writeFile(file, text) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  },
};

// Before anything else is compiled: V8 takes compiled code back only under the flags that it was made with.
delayOptimising();
limitWasmTiering();
// From Node 22.8 on; Node keeps it where NODE_COMPILE_CACHE says, else in the temporary directory, and NODE_DISABLE_COMPILE_CACHE turns it off.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();
const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2), world);
