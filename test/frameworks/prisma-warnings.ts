import type { Diagnostic } from '../../src/lint/diagnostic.ts';

/** What Prisma's header says about a migration. */
export interface Warning {
  readonly kind: 'dropped-column' | 'dropped-table' | 'required-column' | 'made-required' | 'unique' | 'enum-values-removed' | 'recreated-column' | 'recreated-required-column' | 'primary-key' | 'cast';
  /** The table, or the enum. */
  readonly table: string;
  readonly columns: readonly string[];
  /** The sentence, for messages. */
  readonly text: string;
}

/** The forms of Prisma's schema engine; where a development database holds rows it goes on about their number. */
const forms: readonly (readonly [kind: Warning['kind'], form: RegExp, table: number, columns: number])[] = [
  ['dropped-column', /^You are about to drop the column `([^`]+)` on the `([^`]+)` table/, 2, 1],
  ['dropped-table', /^You are about to drop the `([^`]+)` table/, 1, 0],
  ['required-column', /^Added the required column `([^`]+)` to the `([^`]+)` table without a default value/, 2, 1],
  ['required-column', /^The required column `([^`]+)` was added to the `([^`]+)` table with a prisma-level default value/, 2, 1],
  ['made-required', /^Made the column `([^`]+)` on table `([^`]+)` required/, 2, 1],
  ['unique', /^A unique constraint covering the columns `\[([^\]]+)\]` on the table `([^`]+)` will be added/, 2, 1],
  ['enum-values-removed', /^The values \[([^\]]+)\] on the enum `([^`]+)` will be removed/, 2, 1],
  ['recreated-required-column', /^Changed the type of `([^`]+)` on the `([^`]+)` table\. No cast exists/, 2, 1],
  ['recreated-column', /^The `([^`]+)` column on the `([^`]+)` table would be dropped and recreated/, 2, 1],
  ['primary-key', /^The primary key for the `([^`]+)` table will be changed/, 1, 0],
  ['cast', /^You are about to alter the column `([^`]+)` on the `([^`]+)` table/, 2, 1],
];

/** Reads the `Warnings` header. `other` are lines in it that have none of the known forms. */
export function readWarnings(text: string): { readonly warnings: readonly Warning[]; readonly other: readonly string[] } {
  const header = /\/\*\s*\n\s*Warnings:\s*\n([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  const warnings: Warning[] = [];
  const other: string[] = [];
  for (const [, line = ''] of header.matchAll(/^\s*- (.+)$/gm)) {
    const found = forms.flatMap(([kind, form, table, columns]): Warning[] => {
      const match = form.exec(line);
      return match ? [{ kind, table: match[table] ?? '', columns: columns ? (match[columns] ?? '').split(',') : [], text: line }] : [];
    });
    warnings.push(...found);
    if (found.length === 0) other.push(line);
  }
  return { warnings, other };
}

/** The rules that say what a warning says. */
const answers: Readonly<Record<Warning['kind'], readonly string[]>> = {
  'dropped-column': ['drop-column', 'drop-and-add-rename'],
  'dropped-table': ['drop-table'],
  'required-column': ['not-null-without-backfill'],
  'made-required': ['not-null-without-backfill', 'set-not-null-scan'],
  'unique': ['unique-index-on-existing-rows', 'mixed-column-and-unique-index', 'blocking-unique-constraint'],
  'enum-values-removed': ['narrowing-type-change'],
  'recreated-column': ['drop-column', 'drop-and-add-rename'],
  'recreated-required-column': ['not-null-without-backfill'],
  'primary-key': ['blocking-primary-key'],
  'cast': ['narrowing-type-change', 'rewriting-type-change'],
};

/** Why a warning does not hold for the SQL below it: people edit that and leave the header; Prisma warns of duplicates where there can be none, and of keys that are only dropped. Null when it holds. */
export function refuted({ kind, table, columns: [column = '', ...more] }: Warning, text: string): 'edited' | 'emptied' | 'repaired' | 'no duplicates' | 'no new key' | null {
  const code = text.replace(/\/\*[\s\S]*?\*\/|--[^\n]*/g, ' ');
  const changes = code.split(';').filter((statement) => new RegExp(`\\bALTER\\s+TABLE\\s+(?:ONLY\\s+)?(?:"public"\\.)?"${table}"`, 'i').test(statement)).flatMap((statement) => statement.split(/,(?=\s*(?:ADD|DROP|ALTER)\b)/i));
  const added = (name: string) => changes.find((change) => new RegExp(`\\bADD\\s+(?:COLUMN\\s+)?(?:IF NOT EXISTS\\s+)?"${name}"`, 'i').test(change)) ?? null;
  if (new RegExp(`\\b(?:DELETE\\s+FROM|TRUNCATE(?:\\s+TABLE)?)\\s+"${table}"\\s*(?:;|CASCADE)`, 'i').test(code)) return 'emptied';
  const drops = changes.some((change) => new RegExp(`\\bDROP\\s+(?:COLUMN\\s+)?(?:IF EXISTS\\s+)?"${column}"`, 'i').test(change));
  switch (kind) {
    case 'required-column': {
      const addition = added(column);
      return addition && /\bNOT\s+NULL\b/i.test(addition) && !/\bDEFAULT\b/i.test(addition) ? null : 'edited';
    }
    case 'dropped-column':
    case 'recreated-column':
    case 'recreated-required-column':
      return drops ? null : 'edited';
    case 'enum-values-removed':
      return [column, ...more].every((label) => new RegExp(`\\bUPDATE\\b[^;]*'${label}'`, 'i').test(code)) ? 'repaired' : null;
    case 'primary-key':
      return changes.some((change) => /\bPRIMARY\s+KEY\s*\(/i.test(change)) ? null : 'no new key';
    case 'unique':
      // A column that is NULL in every row, or the key alone or with others.
      return [column, ...more].some((name) => name === 'id' || !/\bNOT\s+NULL\b|\bDEFAULT\b/i.test(added(name) ?? 'NOT NULL')) ? 'no duplicates' : null;
    default:
      return null;
  }
}

/** The warnings that no finding answers: one of its rules, with the names of the warning in the message or beside it. */
export function unanswered(warnings: readonly Warning[], diagnostics: readonly Diagnostic[]): Warning[] {
  return warnings.filter(({ kind, table, columns }) => {
    const names = kind === 'enum-values-removed' ? [] : [table, ...columns];
    return !diagnostics.some((diagnostic) => {
      const said = [diagnostic.message, diagnostic.why, ...diagnostic.related.map(({ text }) => text)].join(' ');
      return answers[kind].includes(diagnostic.ruleId) && names.every((name) => said.includes(name));
    });
  });
}
