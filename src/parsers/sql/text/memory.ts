import type { Guard } from '../../../operations/index.ts';
import type { Piece } from './piece.ts';

/** One of the texts an expression may give. All that have no guards are given, one after the other (by a loop over them). */
export interface Alternative {
  readonly text: string;
  /** The conditions under which it is this one. */
  readonly guards: readonly Guard[];
}

/** The texts that names stand for: variables that hold constants, by name in lower case. */
export type Texts = ReadonlyMap<string, readonly Alternative[]>;

/** A function or procedure whose body can be read where it is called. */
export interface Routine {
  readonly body: Piece;
  /** `plpgsql`, `sql`, or `psm` for a body of MySQL. */
  readonly language: 'plpgsql' | 'sql' | 'psm';
  /** Names of the parameters in order, lower case; empty for one that has none. */
  readonly parameters: readonly string[];
}

/** What earlier statements defined and later ones run by name. Lives as long as one migration is read. */
export interface SqlMemory {
  /** By name in lower case, without schema. */
  readonly routines: Map<string, Routine>;
  /** MySQL's user variables that hold known texts, by name in lower case with the sign (`@x`). */
  readonly variables: Map<string, readonly Alternative[]>;
  /** MySQL's prepared statements; null for one whose text is not known. */
  readonly prepared: Map<string, readonly Alternative[] | null>;
  /** The routines whose bodies are being read now, outermost first. */
  readonly active: string[];
  /** How many characters of bodies may still be read for calls. */
  budget: number;
}

const budget = 200_000;
const deepest = 5;

/** A memory with nothing in it. */
export function createMemory(): SqlMemory {
  return { routines: new Map(), variables: new Map(), prepared: new Map(), active: [], budget };
}

/** Reads a routine's body on behalf of a call; null when it is being read already, calls are nested too deeply or too much was read. */
export function insideCall<T>(memory: SqlMemory, name: string, characters: number, read: () => T): T | null {
  if (memory.active.includes(name) || memory.active.length >= deepest || memory.budget < characters) return null;
  memory.active.push(name);
  memory.budget -= characters;
  try {
    return read();
  } finally {
    memory.active.pop();
  }
}
