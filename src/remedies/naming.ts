import type { Engine, IndexDefinition, QualifiedName } from '../operations/index.ts';

/** The longest identifier in bytes (Postgres cuts at 63, MySQL and MariaDB refuse above 64 characters). */
export function identifierLimit(engine: Engine): number {
  return engine.name === 'postgres' || engine.name === 'sqlite' ? 63 : 64;
}

/** The name when it fits the limit in UTF-8 bytes, else its beginning and a hash of the whole, so that it stays unique and stable. */
export function shorten(name: string, limit: number): string {
  if (Buffer.byteLength(name) <= limit) return name;
  const mark = `_${fingerprint(name)}`;
  let kept = '';
  let bytes = mark.length;
  for (const letter of name) {
    bytes += Buffer.byteLength(letter);
    if (bytes > limit) break;
    kept += letter;
  }
  return `${kept.replace(/_+$/, '')}${mark}`;
}

/** FNV-1a, eight hexadecimal digits. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/**
 * A class name from words: `add index to users on email` gives `AddIndexToUsersOnEmail`. Only ASCII letters and digits are kept, because
 * Rails derives the class from a file name that may hold no others; accents are dropped from their letters.
 */
export function migrationName(words: string): string {
  const name = nameParts(words).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  return /^[A-Z]/.test(name) ? name : `Change${name}`;
}

/** The same words for a file that no class is named after: `detach readings_2025_11` gives `detach_readings_2025_11`. */
export function fileWords(words: string): string {
  return nameParts(words).join('_') || 'change';
}

function nameParts(words: string): string[] {
  const parts = plainLetters(words.toLowerCase()).split(/[^a-z0-9]+/).filter(Boolean);
  let length = 0;
  return parts.filter((part, at) => {
    length += part.length;
    return length <= 90 || at === 0;
  });
}

function plainLetters(words: string): string {
  if (/^[ -~]*$/.test(words)) return words;
  return words.replace(/[ßæœøłđ]/g, (letter) => spelled[letter] ?? '').normalize('NFKD').replace(/\p{M}/gu, '');
}

const spelled: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd' };

/** The file name part for a class name that `migrationName` made: `AddIndexToUsersOnEmail` gives `add_index_to_users_on_email`. */
export function snakeCase(name: string): string {
  return name.replace(/(?!^)(?=[A-Z])/g, '_').toLowerCase();
}

/** The index's own name, or the one the server would make up (Postgres `users_email_idx`, MySQL the first column). */
export function indexName(index: IndexDefinition, engine: Engine): string {
  if (index.name !== null) return index.name;
  const keys = index.keys.map((key) => key.column ?? 'expr');
  if (engine.name === 'mysql' || engine.name === 'mariadb') return keys[0] ?? 'index';
  return shorten([index.table.name, ...keys, 'idx'].join('_'), 63);
}

/** Rails' own name for an index on plain columns. */
export function railsIndexName(table: QualifiedName, columns: readonly string[]): string {
  return `index_${table.name}_on_${columns.join('_and_')}`;
}

/** A name for a constraint or trigger of a table from words, within the engine's limit. */
export function objectName(engine: Engine, ...words: readonly string[]): string {
  return shorten(words.join('_'), identifierLimit(engine));
}

/** The index with the given name; told as generated when Rails would choose the same. */
export function named(index: IndexDefinition, name: string): IndexDefinition {
  const { generatedName: _, ...rest } = index;
  const plain = index.keys.every((key) => key.column !== null) && index.table.schema === null;
  const columns = index.keys.map((key) => key.column ?? '');
  const generated = plain && name === railsIndexName(index.table, columns) && Buffer.byteLength(name) <= 62;
  return { ...rest, name, ...(generated ? { generatedName: true } : {}) };
}
