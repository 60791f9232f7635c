import type { Comment } from '../../operations/index.ts';

/** Comments that are meant for a program. */
const forPrograms = /^\s*(?:frozen_string_literal|encoding|coding|warn_indent|shareable_constant_value|typed|rubocop|standard|anzen|squawk|atlas:|this migration comes from|-\*-|!)/i;

/** What tools for SQL write by themselves: their markers, and the words in a file that nobody has filled in yet. */
const ofTools = /^\s*(?:\+goose|migrate:|no-transaction\s*$|liquibase\s+formatted|changeset\s|rollback\b|precondition|-?\s*(?:up|down)\s+migration\s*$|> statement-breakpoint|(?:deploy|revert|verify)\s+\S+\s+(?:to|from|on)\s+\w+\s*$|XXX\s|add migration script here|your sql goes here|this is an empty migration|custom sql migration file|replace with your sql|enter migration here)/i;

const code = /^\s*([a-z]+(_[a-z]+)+\s*\(?\s*[:'"]|(def|class|end|do|module|execute|t\.)\b|[A-Z]\w*(\.\w+)+[\s(])|;\s*$/;

/** True for a comment in words: three of them, or four characters of a script that writes without spaces. Statements put out of use are no reason. */
export function statesReason({ text }: Comment): boolean {
  if (forPrograms.test(text) || ofTools.test(text) || code.test(text)) return false;
  const words = text.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const dense = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu) ?? [];
  return words.length >= 3 || dense.length >= 4;
}
