import type { Language, Tree } from 'web-tree-sitter';

/** A node of tree-sitter's tree as a plain object, tokens included. Offsets are UTF-16 units. */
export interface RawNode {
  readonly type: string;
  /** False for a token such as `(` or `if`. */
  readonly named: boolean;
  readonly field: string | null;
  start: number;
  end: number;
  /** The parser made it up to go on. */
  readonly missing: boolean;
  readonly children: RawNode[];
}

const errorType = 'ERROR';

/** Copies the tree into plain objects with one cursor walk; the caller still has to delete the tree. */
export function readRawTree(tree: Tree, language: Language): RawNode {
  const cursor = tree.walk();
  try {
    const read = (): RawNode => {
      const id = cursor.nodeTypeId;
      const field = cursor.currentFieldId;
      const start = cursor.startIndex;
      const end = cursor.endIndex;
      return {
        type: language.types[id] ?? errorType,
        named: id === 65535 || isNamed(language, id),
        field: field === 0 ? null : (language.fields[field] ?? null),
        start,
        end,
        missing: start === end && cursor.nodeIsMissing,
        children: [],
      };
    };
    const root = read();
    const open = [root];
    let descend = true;
    for (;;) {
      const parent = open[open.length - 1];
      if (!parent) return root;
      if (descend ? cursor.gotoFirstChild() : cursor.gotoNextSibling()) {
        const node = read();
        parent.children.push(node);
        open.push(node);
        descend = true;
        continue;
      }
      if (descend) {
        // A leaf: it stays the cursor's node, its parent takes the next sibling.
        open.pop();
        descend = false;
        if (open.length === 0) return root;
        continue;
      }
      open.pop();
      if (open.length === 0 || !cursor.gotoParent()) return root;
    }
  } finally {
    cursor.delete();
  }
}

/** Moves every offset of a tree in place. */
export function moveOffsets(root: RawNode, move: (offset: number) => number): void {
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    node.start = move(node.start);
    node.end = Math.max(node.start, move(node.end));
    for (const child of node.children) waiting.push(child);
  }
}

const namedTypes = new WeakMap<Language, boolean[]>();

function isNamed(language: Language, id: number): boolean {
  let known = namedTypes.get(language);
  if (!known) {
    known = language.types.map((_, type) => language.nodeTypeIsNamed(type));
    namedTypes.set(language, known);
  }
  return known[id] ?? true;
}
