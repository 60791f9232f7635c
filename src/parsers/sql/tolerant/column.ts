import type { Check, ColumnDefinition, Default, ForeignKey, Generated } from '../../../operations/index.ts';
import { expressionText } from '../text/range.ts';
import { accept, acceptAny, atEnd, bracketed, identifier, isMysql, peek, skip, stringValue, type Cursor } from './cursor.ts';
import { readDefault } from './default.ts';
import { readReferences } from './foreign-key.ts';
import { readType } from './type.ts';

/** What of a column is set while its attributes are read. */
interface Draft {
  nullable: boolean;
  writtenNull?: true;
  default: Default;
  generated?: Generated;
  identity?: 'always' | 'by default';
  autoIncrement?: boolean;
  primaryKey?: boolean;
  unique?: boolean;
  references?: ForeignKey;
  check?: Check;
  collation?: string;
  charset?: string;
  comment?: string;
  position?: ColumnDefinition['position'] & {};
}

/** Reads a column's name and definition up to the end of the cursor's range; null when no name stands here. Unknown attributes are passed over. */
export function readColumn(cursor: Cursor): ColumnDefinition | null {
  const name = identifier(cursor);
  return name === null ? null : readDefinition(cursor, name);
}

/** Reads what follows a column's name. */
export function readDefinition(cursor: Cursor, name: string): ColumnDefinition {
  const type = readType(cursor);
  const draft: Draft = { nullable: true, default: { kind: 'none' } };
  if (isMysql(cursor.piece) && type.name === 'serial') {
    Object.assign(draft, { nullable: false, autoIncrement: true, unique: true });
    readAttributes(cursor, name, draft);
    return { name, type: { name: 'bigint', args: [], unsigned: true }, ...draft };
  }
  if (cursor.piece.lexicon.engine === 'postgres' && /^(small|big)?serial$/.test(type.name)) draft.nullable = false;
  readAttributes(cursor, name, draft);
  return { name, type, ...draft };
}

function readAttributes(cursor: Cursor, column: string, draft: Draft): void {
  let constraint: string | null = null;
  while (!atEnd(cursor) && peek(cursor) !== ',' && peek(cursor) !== ')') {
    if (accept(cursor, 'CONSTRAINT')) constraint = identifier(cursor);
    else if (accept(cursor, 'NOT', 'NULL')) draft.nullable = false;
    else if (accept(cursor, 'NULL')) Object.assign(draft, isMysql(cursor.piece) ? { nullable: true, writtenNull: true } : { nullable: true });
    else if (accept(cursor, 'DEFAULT')) draft.default = readDefault(cursor);
    else if (acceptAny(cursor, 'AUTO_INCREMENT', 'AUTOINCREMENT')) Object.assign(draft, { autoIncrement: true });
    else if (accept(cursor, 'PRIMARY', 'KEY') || (isMysql(cursor.piece) && accept(cursor, 'KEY'))) Object.assign(draft, { primaryKey: true, nullable: false });
    else if (accept(cursor, 'UNIQUE')) {
      acceptAny(cursor, 'KEY', 'INDEX');
      draft.unique = true;
    } else if (accept(cursor, 'COMMENT')) {
      acceptAny(cursor, '=');
      draft.comment = stringValue(cursor) ?? '';
    } else if (accept(cursor, 'COLLATE')) draft.collation = nameOrString(cursor);
    else if (accept(cursor, 'CHARACTER', 'SET') || accept(cursor, 'CHARSET')) draft.charset = nameOrString(cursor);
    else if (accept(cursor, 'ON', 'UPDATE')) readDefault(cursor);
    else if (accept(cursor, 'ON', 'CONFLICT')) cursor.at += 1;
    else if (accept(cursor, 'GENERATED')) readGenerated(cursor, draft);
    else if (accept(cursor, 'AS')) readExpression(cursor, draft);
    else if (accept(cursor, 'REFERENCES')) draft.references = { ...readReferences(cursor, constraint, [column]) };
    else if (accept(cursor, 'CHECK')) draft.check = readCheck(cursor, constraint);
    else if (accept(cursor, 'FIRST')) draft.position = 'first';
    else if (accept(cursor, 'AFTER')) draft.position = { after: identifier(cursor) ?? '' };
    else skip(cursor);
  }
}

function nameOrString(cursor: Cursor): string {
  acceptAny(cursor, '=');
  return stringValue(cursor) ?? identifier(cursor) ?? '';
}

function readGenerated(cursor: Cursor, draft: Draft): void {
  const always = accept(cursor, 'ALWAYS');
  if (!always) accept(cursor, 'BY', 'DEFAULT');
  if (!accept(cursor, 'AS')) return;
  if (accept(cursor, 'IDENTITY')) {
    Object.assign(draft, { identity: always ? 'always' : 'by default', nullable: false });
    bracketed(cursor);
  } else readExpression(cursor, draft);
}

function readExpression(cursor: Cursor, draft: Draft): void {
  const inside = bracketed(cursor);
  const kept = acceptAny(cursor, 'STORED', 'PERSISTENT', 'VIRTUAL');
  if (inside) draft.generated = { expression: expressionText(cursor.piece, inside), stored: kept === 'STORED' || kept === 'PERSISTENT' };
}

/** Reads what follows CHECK. */
export function readCheck(cursor: Cursor, name: string | null): Check {
  const inside = bracketed(cursor);
  const expression = inside ? expressionText(cursor.piece, inside) : '';
  const unchecked = accept(cursor, 'NOT', 'VALID') || accept(cursor, 'NOT', 'ENFORCED');
  return { name, expression, validated: !unchecked };
}
