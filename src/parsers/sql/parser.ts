import type { EngineName } from '../../operations/index.ts';
import { loadPostgresLibrary } from './postgres/library.ts';
import { createPostgresReader } from './postgres/reader.ts';
import type { SqlParser } from './statement.ts';
import { lexiconOf } from './text/lexicon.ts';
import { createMemory } from './text/memory.ts';
import { readText, type ReadPiece } from './text/read.ts';
import { readTolerantly } from './tolerant/reader.ts';

const withoutGrammar = 'WebAssembly is not available in this process, so SQL for Postgres is read without the grammar of the server: some statements are not understood, and few syntax errors are found.';

/**
 * Loads the SQL parser of an engine; Postgres's grammar is loaded once per process. Where there is no WebAssembly (`node --jitless`) Postgres is read in plain
 * JavaScript, and the parser says that it is degraded. Rejects only when the grammar's WebAssembly file is missing.
 */
export async function loadSqlParser(engine: EngineName): Promise<SqlParser> {
  const degraded = engine === 'postgres' && typeof WebAssembly === 'undefined' ? withoutGrammar : null;
  const read = engine !== 'postgres' ? readTolerantly : degraded === null ? createPostgresReader(await loadPostgresLibrary(), readTolerantly) : await loadPlainReader();
  const lexicon = lexiconOf(engine);
  return { degraded, parse: (text, holes = [], memory = createMemory()) => readText(text, holes, lexicon, read, memory) };
}

async function loadPlainReader(): Promise<ReadPiece> {
  const { createPlainReader } = await import('./postgres/plain/reader.ts');
  return createPlainReader(readTolerantly);
}
