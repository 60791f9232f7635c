import type { PrismMessage } from '../prism.ts';

const fixed: Readonly<Record<string, string>> = {
  return_invalid: '"return" cannot stand in a class or module body.',
  invalid_yield: '"yield" can only stand in a method.',
  invalid_retry_without_rescue: '"retry" can only stand in a "rescue" clause.',
  write_target_in_method: 'A constant cannot be assigned inside a method.',
  class_in_method: 'A class cannot be defined inside a method.',
  module_in_method: 'A module cannot be defined inside a method.',
  argument_block_multi: 'A call cannot take both a block argument and a block.',
  expect_argument: 'An argument is missing here.',
  nesting_too_deep: 'The code is nested too deep to be read.',
};

/** One plain sentence for a complaint of Prism's. */
export function sentence(text: string, error: PrismMessage): string {
  const token = text.slice(error.start, error.end);
  const known = fixed[error.type];
  if (known) return known;
  if (error.type === 'parameter_name_duplicated') return `Two parameters are named "${token}".`;
  if (error.type === 'invalid_block_exit') return `"${/^\w+/.exec(token)?.[0] ?? token}" can only stand in a block or a loop.`;
  if (/^(?:invalid_character|expect_eol_after_statement|unexpected_token_(?:ignore|close_context)|argument_term_paren|array_separator)$/.test(error.type)) return unexpected(token);
  if (error.type.startsWith('expect_expression')) return `A value is missing ${token.trim() === '' ? 'here' : `near "${shorten(token)}"`}.`;
  const plain = error.message.replaceAll(/[`']([^`']*)[`']/g, '"$1"').trim();
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}${plain.endsWith('.') ? '' : '.'}`;
}

/** What stands where it cannot. */
export function unexpected(token: string): string {
  return /^\s*$/.test(token) ? 'The code ends too early here.' : `"${shorten(token)}" cannot stand here.`;
}

function shorten(token: string): string {
  const line = [...(token.split('\n')[0] ?? '')].map(visible).join('');
  return line.length > 40 ? `${line.slice(0, 37)}...` : line;
}

function visible(character: string): string {
  return character < ' ' ? characterName(character) : character;
}

/** `U+0000`. */
export function characterName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
