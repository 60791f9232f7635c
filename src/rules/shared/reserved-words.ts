import type { Engine } from '../../operations/index.ts';
import { isMysql, olderThan } from '../../operations/index.ts';
import { mariadbWords, mysql80Words, mysql84Words, mysqlWords, postgres16Words, postgresWords } from './reserved-words.data.ts';

const sets = new Map<string, ReadonlySet<string>>();

/** True when the engine takes the name (of a table or column) only in quotes. An unknown release is taken for a current one. */
export function isReserved(name: string, engine: Engine): boolean {
  const key = `${engine.name} ${engine.version.join('.')}`;
  const known = sets.get(key) ?? new Set(wordsOf(engine));
  sets.set(key, known);
  return known.has(name.toLowerCase());
}

function wordsOf(engine: Engine): readonly string[] {
  if (engine.name === 'mariadb') return mariadbWords;
  if (isMysql(engine)) return [...mysqlWords, ...(olderThan(engine, 8) ? [] : mysql80Words), ...(olderThan(engine, 8, 4) ? [] : mysql84Words)];
  return engine.name === 'postgres' ? [...postgresWords, ...(olderThan(engine, 16) ? [] : postgres16Words)] : [];
}
