import { defaultInflections, type Inflections } from './environment.ts';
import { irregularWords, pluralRules, singularRules, uncountableWords, type InflectionRule } from './inflection-rules.ts';

/** `user_profile` to `UserProfile`, `admin/user` to `Admin::User`, with the application's acronyms. */
export function camelize(text: string, inflections: Inflections = defaultInflections): string {
  const acronyms = acronymsByLowerCase(inflections);
  const word = (part: string): string => acronyms.get(part) ?? capitalize(part);
  return text
    .replace(/^[a-z\d]*/, word)
    .replace(/(?:_|(\/))([a-z\d]*)/gi, (_match, slash: string | undefined, part: string) => `${slash ? '::' : ''}${word(part)}`);
}

/** `UserProfile` to `user_profile`, `Admin::User` to `admin/user`, `HTMLPage` to `html_page`. */
export function underscore(text: string, inflections: Inflections = defaultInflections): string {
  if (!/[A-Z-]|::/.test(text)) return text;
  let word = text.replaceAll('::', '/');
  const acronyms = inflections.acronyms.map(escapePattern).join('|');
  if (acronyms) {
    const pattern = new RegExp(`(?:(?<=([A-Za-z\\d]))|\\b)(${acronyms})(?=\\b|[^a-z])`, 'g');
    word = word.replace(pattern, (_match, before: string | undefined, acronym: string) => `${before ? '_' : ''}${acronym.toLowerCase()}`);
  }
  return word
    .replace(/(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z\d])(?=[A-Z])/g, '_')
    .replaceAll('-', '_')
    .toLowerCase();
}

/** `user` to `users`, `category` to `categories`, `user_address` to `user_addresses`. */
export function pluralize(word: string, inflections: Inflections = defaultInflections): string {
  const { plural, plurals } = rulesOf(inflections);
  return inflectOnce(word, plural, plurals, inflections);
}

/** `users` to `user`, `categories` to `category`, `news` to `news`. */
export function singularize(word: string, inflections: Inflections = defaultInflections): string {
  const { singular, singulars } = rulesOf(inflections);
  return inflectOnce(word, singular, singulars, inflections);
}

/** The table Active Record expects for a class name as `String#tableize` gives it: `UserProfile` to `user_profiles`, `Admin::User` to `admin/users`. */
export function tableize(className: string, inflections: Inflections = defaultInflections): string {
  return pluralize(underscore(className, inflections), inflections);
}

/** `user_profiles` to `UserProfile`; a schema in front (`auth.users`) is dropped. */
export function classify(table: string, inflections: Inflections = defaultInflections): string {
  return camelize(singularize(table.replace(/.*\./, ''), inflections), inflections);
}

/** The last part of a constant path: `Admin::User` to `User`. */
export function demodulize(path: string): string {
  return path.slice(path.lastIndexOf(':') + 1);
}

/** So many words are remembered; a repository says the same ones again and again. */
const mostRemembered = 5000;

function inflectOnce(word: string, rules: readonly InflectionRule[], known: Map<string, string>, inflections: Inflections): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  const inflected = inflect(word, rules, inflections);
  if (known.size < mostRemembered) known.set(word, inflected);
  return inflected;
}

function inflect(word: string, rules: readonly InflectionRule[], inflections: Inflections): string {
  if (word === '' || isUncountable(word, inflections)) return word;
  for (let at = rules.length - 1; at >= 0; at--) {
    const rule = rules[at];
    if (rule?.[0].test(word)) return word.replace(rule[0], rule[1]);
  }
  return word;
}

function isUncountable(word: string, inflections: Inflections): boolean {
  const lower = word.toLowerCase();
  const ends = (uncountable: string): boolean => {
    if (!lower.endsWith(uncountable.toLowerCase())) return false;
    const before = lower.charAt(lower.length - uncountable.length - 1);
    return before === '' || /\W/.test(before);
  };
  return uncountableWords.some(ends) || inflections.uncountable.some(ends);
}

interface Rules {
  readonly plural: readonly InflectionRule[];
  readonly singular: readonly InflectionRule[];
  /** Words that were asked for, with their answers. */
  readonly plurals: Map<string, string>;
  readonly singulars: Map<string, string>;
}

const rulesByInflections = new WeakMap<Inflections, Rules>();

function rulesOf(inflections: Inflections): Rules {
  let rules = rulesByInflections.get(inflections);
  if (!rules) {
    const plural = [...pluralRules];
    const singular = [...singularRules];
    for (const [one, many] of [...irregularWords, ...inflections.irregular]) {
      const [oneStart, oneRest, manyStart, manyRest] = [one.charAt(0), one.slice(1), many.charAt(0), many.slice(1)];
      if (oneStart.toLowerCase() === manyStart.toLowerCase()) {
        plural.push([ending(oneStart, oneRest), `$1${manyRest}`], [ending(manyStart, manyRest), `$1${manyRest}`]);
        singular.push([ending(oneStart, oneRest), `$1${oneRest}`], [ending(manyStart, manyRest), `$1${oneRest}`]);
      } else {
        plural.push([ending('', one), many], [ending('', many), many]);
        singular.push([ending('', one), one], [ending('', many), one]);
      }
    }
    rules = { plural, singular, plurals: new Map(), singulars: new Map() };
    rulesByInflections.set(inflections, rules);
  }
  return rules;
}

function ending(start: string, rest: string): RegExp {
  return new RegExp(`(${escapePattern(start)})${escapePattern(rest)}$`, 'i');
}

function acronymsByLowerCase(inflections: Inflections): ReadonlyMap<string, string> {
  return new Map(inflections.acronyms.map((acronym) => [acronym.toLowerCase(), acronym]));
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
