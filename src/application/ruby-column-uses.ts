import type { Source } from '../source/source.ts';
import type { Span } from '../source/span.ts';
import type { Use } from './application.ts';
import { isComment, statementBefore } from './ruby-lines.ts';
import { escapeRegExp } from '../source/regexp.ts';

/** What is known of a column's table when its uses are looked for. */
export interface RubyOwner {
  readonly table: string;
  /** Class names of its models, in full. */
  readonly classes: readonly string[];
  /** What an instance and a relation are called: `user`, `users`. */
  readonly singular: string;
  readonly plural: string;
  /** What an association to it is called, where nothing else is said. */
  readonly associations: readonly string[];
  /** True when the table has no model here and its class is a guess from its name. */
  readonly isGuessed: boolean;
  /** Directories in which another class of the model's name lives, so that the bare name means that one. */
  readonly elsewhere: ReadonlySet<string>;
  /** Paths of the files (as in `Source.path`) that hold its models. */
  readonly modelPaths: ReadonlySet<string>;
  /** True when a model has something else of the column's name: an attribute of its own, a method, an association. */
  readonly definesItself: boolean;
}

/** A place in one text, with how sure it is. */
export interface Found extends Span { readonly certainty: Use['certainty'] }

const before = '(?:find_by_|find_or_create_by_|saved_change_to_|will_save_change_to_)?';
const after = '(?:_was|_changed|_change|_before_type_cast|_before_last_save|_in_database|_previously_was|_previously_changed|_previous_change|_will_change)?';

/** The words under which Active Record's own methods name a column: `email`, `email_was`, `find_by_email`. */
export function columnWords(column: string): readonly string[] {
  const heads = ['', 'find_by_', 'find_or_create_by_', 'saved_change_to_', 'will_save_change_to_'].map((head) => head + column);
  return [...heads, ...['_was', '_changed', '_change', '_before_type_cast', '_before_last_save', '_in_database', '_previously_was', '_previously_changed', '_previous_change', '_will_change'].map((tail) => column + tail)];
}

/** Calls behind which a symbol is a column, in files that are about one model. */
const speaking = /\b(?:permit|fields?|attributes?|expose|columns?|filters?|label|input|select|order|where|find_by|exists\?|pluck|pick|group|sum|minimum|maximum|average|json|row|sort|update_columns?|update|create|new|assign_attributes|upsert|insert|\w*_field|\w*_area|\w*_select|check_box|radio_button|argument)\b/;
const macros = /\b(?:validates?\w*|enum|scope|attribute|serialize|store|store_accessor|encrypts|normalizes|alias_attribute|has_secure_\w+|before_\w+|after_\w+|where|find_by|order|pluck|pick|group|update_columns?|update|self|counter_cache|mount_uploader|monetize|acts_as_\w+|friendly_id|rails_admin|searchable|pg_search_scope|default_scope|read_attribute|write_attribute|\w+_attributes?)\b/;

/** The places in one Ruby file or template that name a column of the owner's table. `isShared`: other tables have a column of that name. */
export function rubyColumnUses({ text, path }: Source, column: string, owner: RubyOwner, isShared: boolean): Found[] {
  const found: Found[] = [];
  const isDistinctive = !isShared && (column.includes('_') || column.length >= 9);
  const inModel = owner.modelPaths.has(path);
  const aboutIt = !inModel && isAbout(path, owner);
  const chain = owner.classes.length === 0 ? null : new RegExp(`(?<![\\w:])(?:${owner.classes.map(escapeRegExp).join('|')})\\s*(?:\\.|\\n\\s*\\.)`);
  const relation = new RegExp(`(?:^|\\W)(?:\\w+_)?${escapeRegExp(owner.plural)}\\b(?:\\([^()]*\\))?\\s*&?\\.`);
  const nested = new RegExp(`(?<!\\w)(?:${escapeRegExp(owner.table)}|${escapeRegExp(owner.plural)}|${escapeRegExp(owner.singular)}):\\s*\\{[^{}]*$`);
  for (const match of text.matchAll(new RegExp(`(?<![\\w@$])${before}${escapeRegExp(column)}${after}(?!\\w)`, 'g'))) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (isComment(text, span.start, path)) continue;
    const form = formOf(text, span);
    const receiver = /([A-Za-z_]\w*)(?:\([^()]*\))?[!?]?["`]?\s*&?\.\s*["`]?$/.exec(text.slice(Math.max(0, span.start - 100), span.start))?.[1] ?? null;
    if (form === 'other' && receiver === owner.table && isSql(text, span.start)) {
      found.push({ ...span, certainty: 'certain' });
      continue;
    }
    const statement = statementBefore(text, span.start);
    if (/\bignored?_columns?\b/.test(statement) || owner.definesItself) continue;
    const named = form !== 'other' || match[0] !== column;
    const certainty = certaintyOf();
    if (certainty) found.push({ ...span, certainty });

    function certaintyOf(): Use['certainty'] | null {
      // `params[:email]` and `row["email"]` are keys of something else.
      if (form !== 'other' && /\w\[\s*[:"']?$/.test(statement) && !isElement(statement, owner)) return isDistinctive ? 'possible' : null;
      if (named && (chain?.test(statement) || nested.test(statement))) return 'certain';
      if (chain && receiver === null && /[)\]}]\s*&?\.$/.test(statement) && chain.test(statement)) return 'certain';
      if (inModel && receiver === 'self') return 'certain';
      if (receiver !== null && isInstance(receiver, owner)) return 'likely';
      if (isElement(statement, owner)) return 'likely';
      if (inModel) {
        if (isOfAnother(statement, owner)) return null;
        if (named && (!isShared || macros.test(statement))) return 'certain';
        return isDistinctive && receiver === null ? 'likely' : null;
      }
      if (named && relation.test(statement)) return 'likely';
      if (aboutIt && !isOfAnother(statement, owner) && ((named && (isDistinctive || speaking.test(statement))) || receiver === 'json')) return 'likely';
      return isDistinctive && (named || receiver !== null) ? 'possible' : null;
    }
  }
  return found;
}

/** `:email`, `email:`, `"email"` and members of `%w[]` name something; what remains is a call or a variable. */
function formOf(text: string, { start, end }: Span): 'symbol' | 'key' | 'string' | 'list' | 'other' {
  const [second, first, next] = [text[start - 2], text[start - 1], text[end]];
  if (first === ':' && second !== ':') return 'symbol';
  if (next === ':' && text[end + 1] !== ':' && first !== '.') return 'key';
  if ((first === '"' || first === '\'') && next === first && second !== '.') return 'string';
  return /%[wiWI][[({<|][^\])}>|]*$/.test(text.slice(Math.max(0, start - 400), start)) ? 'list' : 'other';
}

function isInstance(receiver: string, { singular }: RubyOwner): boolean {
  return receiver === singular || receiver.endsWith(`_${singular}`);
}

/** True when the statement calls another class last: `Account.where(email: x)` in a file about users. */
function isOfAnother(statement: string, { classes }: RubyOwner): boolean {
  const last = [...statement.matchAll(/(?<![\w:.])((?:::)?[A-Z]\w*(?:::[A-Z]\w*)*)\s*\.\s*[a-z]/g)].at(-1)?.[1]?.replace(/^::/, '');
  return last !== undefined && !classes.includes(last) && last !== 'I18n' && last !== 'Rails';
}

/** `user[:email]`. */
function isElement(statement: string, owner: RubyOwner): boolean {
  const name = /([A-Za-z_]\w*)\[\s*(?::|["'])$/.exec(statement)?.[1];
  return name !== undefined && name !== 'params' && isInstance(name, owner);
}

/** True inside of a text that reads like SQL: a string or heredoc with a keyword of it near by. */
function isSql(text: string, at: number): boolean {
  return /["'`]|\b(?:SELECT|FROM|WHERE|JOIN|UPDATE|ORDER|GROUP|AND|ON|SET)\b/.test(text.slice(Math.max(0, at - 300), at));
}

/** True for a file whose name or directory is the model's: `users_controller.rb`, `views/users/`, `user_serializer.rb`. */
function isAbout(path: string, { singular, plural }: RubyOwner): boolean {
  return new RegExp(`(?:/|^)(?:views/(?:[\\w-]+/)*${escapeRegExp(plural)}/|(?:[\\w/]*/)?_?(?:${escapeRegExp(singular)}|${escapeRegExp(plural)})(?:_(?:controller|serializer|policy|decorator|presenter|form|type|blueprint|resource|dashboard|component|helper|query|search|filter|params|representer|mailer|view|export|importer|job|service))?\\.[\\w.]+$)`).test(path);
}
