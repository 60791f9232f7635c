import { keyword, type Piece } from './piece.ts';

const objects = new Set([
  'TABLE', 'INDEX', 'VIEW', 'TYPE', 'DOMAIN', 'SEQUENCE', 'SCHEMA', 'DATABASE', 'EXTENSION', 'FUNCTION', 'PROCEDURE', 'ROUTINE', 'AGGREGATE', 'TRIGGER', 'POLICY',
  'RULE', 'ROLE', 'USER', 'PUBLICATION', 'SUBSCRIPTION', 'STATISTICS', 'COLLATION', 'CAST', 'OPERATOR', 'SERVER', 'LANGUAGE', 'EVENT', 'TABLESPACE', 'SYSTEM', 'PRIVILEGES',
]);
const leads = new Set(['UNIQUE', 'MATERIALIZED', 'FOREIGN', 'VIRTUAL', 'FULLTEXT', 'SPATIAL', 'DEFAULT']);
const seconds: Readonly<Record<string, readonly string[]>> = {
  INSERT: ['INTO'], REPLACE: ['INTO'], DELETE: ['FROM'], MERGE: ['INTO'], LOCK: ['TABLE', 'TABLES'], UNLOCK: ['TABLES'], START: ['TRANSACTION'], COMMENT: ['ON'],
  RENAME: ['TABLE'], TRUNCATE: ['TABLE'], LOAD: ['DATA'], OPTIMIZE: ['TABLE'], ANALYZE: ['TABLE'], SET: ['CONSTRAINTS'], REINDEX: ['INDEX', 'TABLE', 'SCHEMA', 'DATABASE', 'SYSTEM'],
};

/** The statement's first words in upper case, without what only qualifies them: `ALTER TABLE`, `CREATE UNIQUE INDEX`, `INSERT INTO`. */
export function verbOf(piece: Piece): string {
  const tokens = piece.tokens();
  const first = keyword(piece, tokens[0]);
  if (first === 'REFRESH') return 'REFRESH MATERIALIZED VIEW';
  if (first === 'CREATE' || first === 'ALTER' || first === 'DROP') {
    const words = [first];
    for (let at = 1; at < Math.min(tokens.length, 16); at++) {
      const word = keyword(piece, tokens[at]);
      if (leads.has(word)) words.push(word);
      if (objects.has(word)) return [...words, word].join(' ');
    }
    return first;
  }
  const second = keyword(piece, tokens[1]);
  return seconds[first]?.includes(second) ? `${first} ${second}` : first;
}
