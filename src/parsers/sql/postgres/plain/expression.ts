import type { DataTypeDef, Expr, Name, PGNode, QName } from 'pgsql-ast-parser';
import type { ColumnType, Default, QualifiedName } from '../../../../operations/index.ts';
import { keyword, objectName, plainName, type Piece } from '../../text/piece.ts';
import { expressionText, tokenFrom, type TokenRange } from '../../text/range.ts';

/** A name of the tree, schema and all. */
export function nameOf(piece: Piece, name: QName): QualifiedName {
  return objectName(piece, name.name, name.schema);
}

/** A single name of the tree. */
export function wordOf(piece: Piece, name: Name): string {
  return plainName(piece, name.name);
}

/** What the author wrote for a node, without enclosing brackets. Locations may leave out the brackets at either end of a node. */
export function textOf(piece: Piece, node: PGNode): string {
  const { start, end } = node._location ?? { start: 0, end: 0 };
  return expressionText(piece, balanced(piece, { from: tokenFrom(piece, piece.start + start), to: tokenFrom(piece, piece.start + end) }));
}

function balanced(piece: Piece, range: TokenRange): TokenRange {
  const tokens = piece.tokens();
  const isOpen = (at: number) => /^[([]$/.test(keyword(piece, tokens[at]));
  const isClose = (at: number) => /^[)\]]$/.test(keyword(piece, tokens[at]));
  let { from, to } = range;
  let depth = 0;
  for (let at = from; at < to; at++) {
    depth += isOpen(at) ? 1 : isClose(at) ? -1 : 0;
    if (depth < 0 && isOpen(from - 1)) {
      from -= 1;
      depth += 1;
    }
  }
  for (; depth > 0 && isClose(to); to++) depth -= 1;
  return { from, to };
}

/** The tree's names of types to the canonical ones of `operations/type.ts`. */
const canonical: Readonly<Record<string, string>> = {
  int: 'integer', int2: 'smallint', int4: 'integer', int8: 'bigint', 'character varying': 'varchar', character: 'char', 'double precision': 'double', float: 'double', float4: 'real', float8: 'double',
  bool: 'boolean', bpchar: 'char', decimal: 'numeric', dec: 'numeric', 'timestamp with time zone': 'timestamptz', 'timestamp without time zone': 'timestamp', 'time with time zone': 'timetz',
  'time without time zone': 'time', 'bit varying': 'varbit', serial2: 'smallserial', serial4: 'serial', serial8: 'bigserial',
};

/** The canonical type of a type in the tree. */
export function typeOf(piece: Piece, type: DataTypeDef): ColumnType {
  if (type.kind === 'array') return { ...typeOf(piece, type.arrayOf), array: true };
  const { schema, name } = nameOf(piece, type);
  const spelled = type.doubleQuoted ? name : (canonical[name] ?? name);
  const fixed = !type.doubleQuoted && spelled === 'char' && !type.config?.length ? [1] : [];
  return { name: schema === null || schema === 'public' || schema === 'pg_catalog' ? spelled : `${schema}.${name}`, args: type.config ?? fixed };
}

/** The default that an expression gives. */
export function defaultOf(piece: Piece, expression: Expr): Default {
  const value = constantOf(piece, expression);
  return value === undefined ? { kind: 'expression', sql: textOf(piece, expression), functions: functionsIn(expression) } : { kind: 'constant', value };
}

/** The value of a literal, through casts and signs; undefined for anything else. */
export function constantOf(piece: Piece, expression: Expr): string | number | boolean | null | undefined {
  switch (expression.type) {
    case 'null':
      return null;
    case 'integer':
    case 'numeric':
    case 'boolean':
      return expression.value;
    case 'string':
      return plainName(piece, expression.value);
    case 'constant':
      return typeof expression.value === 'string' ? plainName(piece, expression.value) : undefined;
    case 'cast':
      return constantOf(piece, expression.operand);
    case 'unary': {
      const inner = expression.op === '-' ? constantOf(piece, expression.operand) : undefined;
      return typeof inner === 'number' ? -inner : undefined;
    }
    default:
      return undefined;
  }
}

/** The functions a part of the tree calls, lower case, each once. */
export function functionsIn(root: unknown): string[] {
  const found = new Set<string>();
  visit(root, (node) => {
    if (node.type === 'call' && (node.function as QName).name !== 'row') found.add((node.function as QName).name.toLowerCase());
    if (node.type === 'keyword' && node.keyword !== 'distinct') found.add(String(node.keyword));
  });
  return [...found];
}

/** The tables a query names, each once; names of WITH queries are left out. */
export function tablesIn(piece: Piece, root: unknown): QualifiedName[] {
  const own = new Set<string>();
  const found = new Map<string, QualifiedName>();
  visit(root, (node) => {
    if (node.type === 'with') for (const { alias } of node.bind as { alias: Name }[]) own.add(alias.name);
    if (node.type === 'with recursive') own.add((node.alias as Name).name);
  });
  visit(root, (node) => {
    if (node.type !== 'table' || typeof node.name !== 'object') return;
    const name = nameOf(piece, node.name as QName);
    if (!(name.schema === null && own.has(name.name))) found.set(`${name.schema}.${name.name}`, name);
  });
  return [...found.values()];
}

/** Visits every node with a type; without recursion. */
export function visit(root: unknown, each: (node: Record<string, unknown>) => void): void {
  const open: unknown[] = [root];
  while (open.length) {
    const value = open.pop();
    if (Array.isArray(value)) for (let at = value.length - 1; at >= 0; at--) open.push(value[at]);
    else if (value !== null && typeof value === 'object') {
      if ('type' in value) each(value as Record<string, unknown>);
      open.push(...Object.values(value).reverse());
    }
  }
}
