import type { Node } from 'libpg-query';
import { limitWasmTiering } from '../../wasm-budget.ts';
import { readWasm } from '../../wasm.ts';

/** What Postgres's own grammar says of one statement. */
export type Tree =
  | { readonly kind: 'tree'; readonly node: Node | null }
  /** `codePoint`: the place counted in code points from the text's start. */
  | { readonly kind: 'error'; readonly message: string; readonly codePoint: number }
  /** Valid or not, it is nested more deeply than can be read. */
  | { readonly kind: 'too-deep' };

/** Postgres's grammar, ready to use. */
export interface PostgresLibrary {
  /** Parses a text that holds one statement. Never throws. Locations in the tree are UTF-8 bytes. */
  parse(text: string): Tree;
}

type Glue = Awaited<ReturnType<typeof import('libpg-query/wasm/libpg-query.js').default>>;

/** After an overflow the module's own stack is not unwound; it was seen to survive 37 of them. */
const mostOverflows = 12;

let library: Promise<PostgresLibrary> | null = null;

/** Loads the grammar once per process. Rejects when its WebAssembly file is missing. */
export function loadPostgresLibrary(): Promise<PostgresLibrary> {
  return (library ??= createLibrary());
}

async function createLibrary(): Promise<PostgresLibrary> {
  limitWasmTiering();
  const module = new WebAssembly.Module(readWasm('libpg-query', 'wasm/libpg-query.wasm'));
  let glue = await instantiate(module);
  let overflows = 0;
  return {
    parse(text) {
      if (overflows >= mostOverflows) return { kind: 'too-deep' };
      try {
        return parseWith(glue, text);
      } catch {
        overflows += 1;
        if (overflows === 1) void instantiate(module).then((fresh) => {
          glue = fresh;
          overflows = 0;
        });
        return { kind: 'too-deep' };
      }
    },
  };
}

async function instantiate(module: WebAssembly.Module): Promise<Glue> {
  const { default: load } = await import('libpg-query/wasm/libpg-query.js');
  return load({
    instantiateWasm(imports, receive) {
      receive(new WebAssembly.Instance(module, imports));
      return {};
    },
  });
}

function parseWith(glue: Glue, text: string): Tree {
  const size = glue.lengthBytesUTF8(text) + 1;
  const query = glue._malloc(size);
  glue.stringToUTF8(text, query, size);
  const result = glue._wasm_parse_query_raw(query);
  const tree = glue.getValue(result, 'i32');
  const failure = glue.getValue(result + 8, 'i32');
  const read: Tree = failure ? errorAt(glue, failure) : { kind: 'tree', node: firstStatement(glue.UTF8ToString(tree)) };
  glue._free(query);
  glue._wasm_free_parse_result(result);
  return read;
}

function errorAt(glue: Glue, failure: number): Tree {
  const message = glue.UTF8ToString(glue.getValue(failure, 'i32'));
  if (/^memory exhausted|stack depth limit/.test(message)) return { kind: 'too-deep' };
  return { kind: 'error', message, codePoint: Math.max(0, glue.getValue(failure + 16, 'i32') - 1) };
}

function firstStatement(json: string): Node | null {
  const parsed = JSON.parse(json) as { stmts?: { stmt?: Node }[] };
  return parsed.stmts?.[0]?.stmt ?? null;
}
