import type { EngineName } from '../../operations/index.ts';
import { loadPostgresLibrary } from './postgres/library.ts';
import { createPostgresReader } from './postgres/reader.ts';
import type { SqlParser } from './statement.ts';
import { lexiconOf } from './text/lexicon.ts';
import { createMemory } from './text/memory.ts';
import { readText } from './text/read.ts';
import { readTolerantly } from './tolerant/reader.ts';

/** Loads the SQL parser of an engine; Postgres's grammar is loaded once per process. Rejects only when its WebAssembly file is missing. */
export async function loadSqlParser(engine: EngineName): Promise<SqlParser> {
  const lexicon = lexiconOf(engine);
  const read = engine === 'postgres' ? createPostgresReader(await loadPostgresLibrary(), readTolerantly) : readTolerantly;
  return { parse: (text, holes = [], memory = createMemory()) => readText(text, holes, lexicon, read, memory) };
}
