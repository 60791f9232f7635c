import type { Span } from '../../source/span.ts';

/** A field of a Prisma model that is a column. */
export interface PrismaField extends Span {
  readonly name: string;
  /** `@map`, else the name. */
  readonly column: string;
  readonly type: string;
  /** `@ignore`: the client does not know it. */
  readonly ignored: boolean;
}

/** A model or view of a Prisma schema. */
export interface PrismaModel extends Span {
  readonly name: string;
  /** `@@map`, else the name. */
  readonly table: string;
  /** `@@schema`, or null. */
  readonly schema: string | null;
  /** `@@ignore`: the client does not know it. */
  readonly ignored: boolean;
  /** With relations, which are no columns: their type is another model. */
  readonly fields: readonly PrismaField[];
}

/** The models of a `.prisma` file. The format has one field a line; what cannot be read is left out. Never throws. */
export function parsePrismaSchema(text: string): PrismaModel[] {
  // Comments and the contents of strings can hold braces; blanked, nothing moves.
  const plain = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*/g, (match) => (match.startsWith('/') ? ' '.repeat(match.length) : match.replace(/[{}]/g, '_')));
  return [...plain.matchAll(/^[ \t]*(?:model|view)[ \t]+(\w+)[ \t]*\{([^}]*)\}/gm)].map((match): PrismaModel => {
    const [whole, name = '', body = ''] = match;
    const offset = match.index + whole.indexOf('{') + 1;
    const block = (attribute: string) => new RegExp(`^\\s*@@${attribute}\\(\\s*(?:name:\\s*)?"([^"]*)"`, 'm').exec(body)?.[1] ?? null;
    const fields = [...body.matchAll(/^[ \t]*(\w+)[ \t]+(\w+)[^\n]*/gm)].map((field): PrismaField => {
      const start = offset + field.index + field[0].search(/\S/);
      return { start, end: offset + field.index + field[0].trimEnd().length, name: field[1] ?? '', type: field[2] ?? '', column: /[^@]@map\(\s*(?:name:\s*)?"([^"]*)"/.exec(field[0])?.[1] ?? field[1] ?? '', ignored: /[^@]@ignore\b/.test(field[0]) };
    });
    return { start: match.index + whole.search(/\S/), end: match.index + whole.length, name, table: block('map') ?? name, schema: block('schema'), ignored: /^\s*@@ignore\b/m.test(body), fields };
  });
}
