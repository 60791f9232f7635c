import type { Source } from '../source/source.ts';
import type { Use } from './application.ts';
import type { Found, RubyOwner } from './ruby-column-uses.ts';
import { isComment, statementBefore } from './ruby-lines.ts';
import { escapeRegExp } from '../source/regexp.ts';

const associations = /\b(?:has_many|has_one|belongs_to|has_and_belongs_to_many|accepts_nested_attributes_for)\s*\(?\s*:$|\bthrough:\s*:$/;
const joins = /\b(?:joins|left_joins|left_outer_joins|includes|preload|eager_load|references)\b[^\n]*[:(]$/;
const tableNames = /\b(?:table_name\w*|join_table|from|quote_table_name|Table\.new|truncate_tables?|in_table)\b\W*$/;
const keywords = /\b(?:from|join|into|update|table|truncate)\s+(?:only\s+)?["`]?(?:\w+["`]?\.["`]?)?$/i;

/** The words under which a table can be named. */
export function tableWords({ table, associations, classes }: Pick<RubyOwner, 'table' | 'associations' | 'classes'>): readonly string[] {
  return [table, ...associations, ...classes.map((name) => name.split('::').at(-1) ?? name)];
}

/** The places in one Ruby file or template that use a table: its model's class, associations to it, SQL. The model's own definition is none. */
export function rubyTableUses({ text, path }: Source, owner: RubyOwner): Found[] {
  const found: Found[] = [];
  const add = (start: number, length: number, certainty: Use['certainty']) => {
    if (!isComment(text, start, path)) found.push({ start, end: start + length, certainty });
  };
  const parts = path.split('/').slice(0, -1);
  const isElsewhere = parts.some((part) => owner.elsewhere.has(part));
  for (const name of owner.classes) {
    for (const match of text.matchAll(new RegExp(`(?<![\\w:"'-])(?:::)?${escapeRegExp(name)}(?![\\w-]|::)`, 'g'))) {
      const line = statementBefore(text, match.index);
      const isSaid = !/^\s*(?:class|module)\s+$/.test(line) && isCode(path, line) && !isInString(line) && (!isElsewhere || match[0].startsWith('::'));
      if (isSaid && (!owner.isGuessed || /^\s*\.\s*[a-z]/.test(text.slice(match.index + match[0].length, match.index + match[0].length + 20)))) add(match.index, match[0].length, 'certain');
    }
    for (const match of text.matchAll(new RegExp(`class_name:?\\s*(?:=>\\s*)?["'](?:::)?${escapeRegExp(name)}["']`, 'g'))) add(match.index, match[0].length, 'certain');
  }
  for (const match of text.matchAll(new RegExp(`(?<!\\w)(?:${[...new Set([owner.table, ...owner.associations])].map(escapeRegExp).join('|')})(?!\\w)`, 'g'))) {
    const line = text.slice(text.lastIndexOf('\n', match.index - 1) + 1, match.index);
    const rest = text.slice(match.index + match[0].length, text.indexOf('\n', match.index) + 1 || undefined);
    if (associations.test(line)) {
      if (owner.associations.includes(match[0]) && !/class_name/.test(rest)) add(match.index, match[0].length, 'certain');
    } else if (joins.test(line) && owner.associations.includes(match[0])) add(match.index, match[0].length, 'likely');
    else if (match[0] !== owner.table) continue;
    else if (tableNames.test(line) && !owner.modelPaths.has(path)) add(match.index, match[0].length, 'certain');
    else if (keywords.test(text.slice(Math.max(0, match.index - 60), match.index)) && /["'`~]|^\s*[A-Z]/.test(line)) add(match.index, match[0].length, 'certain');
  }
  return found;
}

/** True when a quotation is open at the end of a line; what is interpolated stands outside of it. */
function isInString(line: string): boolean {
  const open = line.slice(Math.max(0, line.lastIndexOf('#{')));
  if (open.startsWith('#{')) return false;
  const quotes = open.replace(/\\./g, '');
  return (quotes.split('"').length % 2 === 0) || (quotes.replace(/"[^"]*"/g, '').split('\'').length % 2 === 0 && !/\w'\w/.test(quotes));
}

/** In templates, a class name counts inside of code only. */
function isCode(path: string, line: string): boolean {
  if (/\.erb$/.test(path)) return line.lastIndexOf('<%') > line.lastIndexOf('%>');
  return !/\.(?:haml|slim)$/.test(path) || /[=\-(#{]/.test(line);
}
