import type { Operation } from '../../operations/index.ts';
import type { Source } from '../../source/source.ts';
import type { SqlParser } from './statement.ts';

/** Reads a dump (`structure.sql`) into operations. */
export function parseStructure(source: Source, parser: SqlParser): readonly Operation[] {
  void source;
  void parser;
  return [];
}

/** The newest migration version that a dump lists, or null. */
export function structureVersion(source: Source): string | null {
  void source;
  return null;
}
