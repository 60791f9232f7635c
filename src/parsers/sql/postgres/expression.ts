import type { A_Const, Node } from 'libpg-query';
import type { Default, QualifiedName } from '../../../operations/index.ts';
import { isDynamic } from '../text/piece.ts';
import { place, textOf, type Site } from './site.ts';
import type { TokenRange } from '../text/range.ts';
import { as, relationName, strings, walk } from './tree.ts';

/** The default that an expression gives. `range` is where the expression stands. */
export function defaultOf(site: Site, node: Node | undefined, range: TokenRange): Default {
  if (!node) return { kind: 'none' };
  const sql = textOf(site, range);
  const constant = constantOf(node);
  const dynamic = range.to > range.from && isDynamic(site.piece, place(site, range));
  if (dynamic && (constant || as(node, 'ColumnRef'))) return { kind: 'unknown', text: sql };
  if (constant) return { kind: 'constant', value: valueOf(constant) };
  return { kind: 'expression', sql, functions: functionsIn(node) };
}

/** The literal an expression is, through casts; undefined when it is anything else. */
function constantOf(node: Node): A_Const | undefined {
  let inner: Node | undefined = node;
  for (let cast = as(inner, 'TypeCast'); cast; cast = as(inner, 'TypeCast')) inner = cast.arg;
  return as(inner, 'A_Const');
}

function valueOf(constant: A_Const): string | number | boolean | null {
  if (constant.isnull) return null;
  if (constant.boolval) return constant.boolval.boolval ?? false;
  if (constant.ival) return constant.ival.ival ?? 0;
  if (constant.fval) return exactNumber(constant.fval.fval ?? '0');
  if (constant.bsval) return (constant.bsval.bsval ?? '').slice(1);
  return constant.sval?.sval ?? '';
}

function exactNumber(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) && (!/^-?\d+$/.test(text) || Number.isSafeInteger(value)) ? value : text;
}

/** The functions an expression calls, lower case, without their schema, each once. */
export function functionsIn(node: unknown): string[] {
  const found = new Set<string>();
  walk({ node }, (tag, body) => {
    if (tag === 'FuncCall') found.add((strings(body.funcname as Node[]).at(-1) ?? '').toLowerCase());
    if (tag === 'SQLValueFunction') found.add(String(body.op ?? '').replace(/^SVFOP_|_N$/g, '').toLowerCase());
  });
  return [...found].filter(Boolean);
}

/** The tables a query reads, each once, in the order they are named; names of WITH queries, its own and those of `outer`, are left out. */
export function tablesIn(site: Site, node: unknown, outer?: unknown): QualifiedName[] {
  const own = new Set<string>();
  const found = new Map<string, QualifiedName>();
  walk({ node, outer }, (tag, body) => {
    if (tag === 'CommonTableExpr') own.add(String(body.ctename));
  });
  walk({ node }, (tag, body) => {
    if (tag !== 'RangeVar' || typeof body.relname !== 'string') return;
    const name = relationName(site, body);
    if (!(name.schema === null && own.has(body.relname))) found.set(`${name.schema}.${name.name}`, name);
  });
  return [...found.values()];
}

