import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * The path of a package's WebAssembly file: beside this module when everything is bundled into one directory, else inside the package.
 * `file` is its path below the package (`src/prism.wasm`). Throws when it is in neither place.
 */
export function wasmPath(packageName: string, file: string): string {
  const beside = fileURLToPath(new URL(`./${file.slice(file.lastIndexOf('/') + 1)}`, import.meta.url));
  if (existsSync(beside)) return beside;
  return createRequire(import.meta.url).resolve(`${packageName}/${file}`);
}

/** The bytes of a package's WebAssembly file; see `wasmPath`. */
export function readWasm(packageName: string, file: string): Uint8Array<ArrayBuffer> {
  const bytes = readFileSync(wasmPath(packageName, file));
  return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}
