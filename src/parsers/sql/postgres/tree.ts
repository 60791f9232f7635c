import type { Node, RangeVar } from 'libpg-query';
import type { QualifiedName } from '../../../operations/index.ts';
import { objectName, plainName } from '../text/piece.ts';
import type { Site } from './site.ts';

/** The tag of a node of the grammar's tree. */
export type Tag = Node extends infer N ? (N extends N ? keyof N : never) : never;
/** What stands under a tag. */
export type Body<T extends Tag> = Node extends infer N ? (N extends Record<T, infer B> ? B : never) : never;

/** A node's tag. */
export function tagOf(node: Node): Tag {
  return Object.keys(node)[0] as Tag;
}

/** What stands under the given tag, or undefined when the node is of another kind. */
export function as<T extends Tag>(node: Node | undefined, tag: T): Body<T> | undefined {
  return node && tag in node ? (node as unknown as Record<string, Body<T>>)[tag] : undefined;
}

const none: readonly Node[] = [];

/** The bodies of all nodes of one kind in a list. */
export function all<T extends Tag>(nodes: readonly Node[] | undefined, tag: T): Body<T>[] {
  const bodies: Body<T>[] = [];
  for (const node of nodes ?? none) {
    const body = as(node, tag);
    if (body !== undefined) bodies.push(body);
  }
  return bodies;
}

/** The strings of a list of names, as the grammar gives them. */
export function strings(nodes: readonly Node[] | undefined): string[] {
  return all(nodes, 'String').map((string) => string.sval ?? '');
}

/** Column names of a list, holes as they were written. */
export function names(site: Site, nodes: readonly Node[] | undefined): string[] {
  return strings(nodes).map((name) => plainName(site.piece, name));
}

/** The name of a table, view, index or sequence. */
export function relationName(site: Site, relation: RangeVar | undefined): QualifiedName {
  return objectName(site.piece, relation?.relname ?? '', relation?.schemaname);
}

/** A name from a list of parts: `[schema, name]`; a leading database name is dropped. */
export function partsName(site: Site, parts: readonly string[]): QualifiedName {
  return objectName(site.piece, parts.at(-1) ?? '', parts.at(-2));
}

/** The name of any object a statement can drop, rename or comment on, from the shapes the grammar uses for them. */
export function anyName(site: Site, node: Node | undefined): QualifiedName {
  if (!node) return partsName(site, []);
  const string = as(node, 'String');
  if (string) return partsName(site, [string.sval ?? '']);
  const list = as(node, 'List') ?? undefined;
  if (list) return partsName(site, strings(list.items));
  return partsName(site, strings(as(node, 'TypeName')?.names ?? as(node, 'ObjectWithArgs')?.objname));
}

/** Tags begin with a capital letter, fields never do. */
function isTag(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 65 && first <= 90;
}

/** Visits a node and everything under it, tag by tag; without recursion, for trees may be deep. */
export function walk(root: unknown, visit: (tag: string, body: Record<string, unknown>) => void): void {
  const open: unknown[] = [root];
  while (open.length) {
    const value = open.pop();
    if (Array.isArray(value)) for (let at = value.length - 1; at >= 0; at--) open.push(value[at]);
    else if (value !== null && typeof value === 'object') {
      const keys = Object.keys(value);
      for (let at = keys.length - 1; at >= 0; at--) {
        const key = keys[at] ?? '';
        const body = (value as Record<string, unknown>)[key];
        if (body === null || typeof body !== 'object') continue;
        if (isTag(key)) visit(key, body as Record<string, unknown>);
        else if (key === 'relation' || key === 'rel' || key === 'pktable') visit('RangeVar', body as Record<string, unknown>);
        open.push(body);
      }
    }
  }
}
