import { setFlagsFromString } from 'node:v8';

/** Node releases on which the flags were seen to work; V8 prints an error for a flag it does not know. */
const knownMajors = new Set([20, 22, 24]);

let done = false;

/**
 * Keeps V8 from optimising WebAssembly in the background, for which a process that ends soon would wait, and from validating functions that are never
 * called (9 ms of Postgres' grammar): the modules are our own.
 * Call it before the first module is compiled; later calls do nothing.
 */
export function limitWasmTiering(): void {
  if (done) return;
  done = true;
  const major = Number(process.versions.node.split('.')[0]);
  if (!knownMajors.has(major)) return;
  setFlagsFromString('--wasm-tiering-budget=1000000000');
  setFlagsFromString('--wasm-lazy-validation');
}
