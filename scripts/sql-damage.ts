import type { Deed } from '../src/operations/index.ts';
import type { SqlParser, SqlStatement } from '../src/parsers/sql/statement.ts';
import type { Lexicon } from '../src/parsers/sql/text/lexicon.ts';
import { tokensIn, type Token } from '../src/parsers/sql/text/token.ts';

/** Numbers from 0 to 1 that a seed decides (Mulberry32). */
export type Random = () => number;

/** A sequence of numbers that the seed alone decides. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A cut out of a text, or a text put in. */
interface Edit { readonly at: number; readonly remove: number; readonly insert: string }

type Harm = (statement: string, lexicon: Lexicon, random: Random) => Edit | null;

const pick = <T>(random: Random, list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];

function cut(matches: (token: Token, text: string) => Edit | null): Harm {
  return (statement, lexicon, random) =>
    pick(random, tokensIn(statement, lexicon).flatMap((token) => matches(token, statement.slice(token.start, token.end)) ?? [])) ?? null;
}

const dropSymbol = (symbol: string): Harm => cut((token, text) => (token.kind === 'symbol' && text === symbol ? { at: token.start, remove: 1, insert: '' } : null));
const dropQuote = (quote: string): Harm => (statement, lexicon, random) => {
  const quoted = tokensIn(statement, lexicon).filter(({ kind, closed }) => closed && (kind === 'string' || kind === 'name'));
  const marks = quoted.flatMap(({ start, end }) => [start, end - 1]).filter((at) => statement[at] === quote);
  const at = pick(random, marks);
  return at === undefined ? null : { at, remove: 1, insert: '' };
};

/** The ways a statement is damaged. Each gives null for a statement that has nothing to damage. */
export const harms: Readonly<Record<string, Harm>> = {
  'random token deleted': cut((token) => ({ at: token.start, remove: token.end - token.start, insert: '' })),
  'first keyword misspelt': (statement) => (/^[a-z]{3}/i.test(statement) ? { at: 0, remove: 2, insert: `${statement.charAt(1)}${statement.charAt(0)}` } : null),
  "' dropped": dropQuote("'"),
  '" dropped': dropQuote('"'),
  '` dropped': dropQuote('`'),
  ') dropped': dropSymbol(')'),
  '( dropped': dropSymbol('('),
  'closing $tag$ dropped': cut((token, text) => (token.kind === 'dollar' ? { at: token.end - (text.indexOf('$', 1) + 1), remove: text.indexOf('$', 1) + 1, insert: '' } : null)),
  '; dropped': (statement) => ({ at: statement.length, remove: 1, insert: '' }),
  '{{ x }} inserted': cut((token) => ({ at: token.start, remove: 0, insert: '{{ x }} ' })),
};

/** The statements of a text that say the same alone as among the others: not those that run what another one defines, nor lines of a client. */
export function readWhole(parser: SqlParser, text: string): readonly SqlStatement[] {
  return parser.parse(text).filter((statement) => {
    if (statement.error || statement.verb.startsWith('\\')) return false;
    const [alone] = parser.parse(text.slice(statement.start, statement.end));
    return alone !== undefined && facts(alone) === facts(statement);
  });
}

/** How many of the other statements are still read at their place, with what they do, after one is damaged; null when there is nothing to damage. `whole` is what `readWhole` gives. */
export function recovered(parser: SqlParser, lexicon: Lexicon, text: string, whole: readonly SqlStatement[], harm: Harm, random: Random): { kept: number; of: number; lost: SqlStatement[]; text: string } | null {
  const victim = pick(random, whole);
  const edit = victim ? harm(text.slice(victim.start, victim.end), lexicon, random) : null;
  if (!victim || !edit || whole.length < 2) return null;
  const at = victim.start + edit.at;
  if (edit.at === victim.end - victim.start && text[at] !== ';') return null;
  const damaged = text.slice(0, at) + edit.insert + text.slice(at + edit.remove);
  const shift = edit.insert.length - edit.remove;
  const found = new Map(parser.parse(damaged).map((statement) => [statement.start, statement]));
  const others = whole.filter((statement) => statement !== victim);
  const lost = others.filter((statement) => {
    const now = found.get(statement.start + (statement.start > at ? shift : 0));
    return !now || now.error !== null || facts(now) !== facts(statement);
  });
  return { kept: others.length - lost.length, of: others.length, lost, text: damaged };
}

function facts(statement: SqlStatement): string {
  return JSON.stringify(statement.deeds.map(({ deed }): Deed => deed));
}
