import type { Guard } from '../../../operations/index.ts';
import { written, type Piece } from './piece.ts';
import { spanOf, type TokenRange } from './range.ts';

/** The guard of a condition; tests of the catalog for something's existence are told as such. `before` is put before the condition's text. */
export function conditionGuard(body: Piece, range: TokenRange, before = ''): Guard {
  const text = before + written(body, spanOf(body, range)).replace(/\s+/g, ' ');
  const catalog = /\bpg_\w+|information_schema|to_reg\w+/i.test(text);
  const absent = /^\(?\s*not\s+exists\b|\bis\s+null\s*\)?$/i.test(text);
  const present = /^\(?\s*exists\b|\bis\s+not\s+null\s*\)?$/i.test(text);
  return { kind: !catalog ? 'condition' : absent ? 'not-exists' : present ? 'exists' : 'condition', text, inStatement: false };
}
