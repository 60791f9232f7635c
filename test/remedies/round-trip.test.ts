import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Operation } from '../../src/operations/index.ts';
import { printName } from '../../src/operations/index.ts';
import { defaultInflections } from '../../src/parsers/rails/environment.ts';
import { parseRailsMigration } from '../../src/parsers/rails/migration.ts';
import { loadRubyParser } from '../../src/parsers/ruby/parser.ts';
import type { RubyParser } from '../../src/parsers/ruby/tree.ts';
import { loadSqlParser } from '../../src/parsers/sql/parser.ts';
import { renderRemedy } from '../../src/remedies/index.ts';
import type { RemedyContext, RemedyStatement } from '../../src/remedies/index.ts';
import { printSql } from '../../src/remedies/sql/print.ts';
import { createSource } from '../../src/source/source.ts';
import { gallery } from './gallery.ts';
import { engine } from './scene.ts';

/** What a statement does, as SQL; made-up names of foreign keys, the usual `id` and the schema of a renamed index do not count. */
function meaning(deed: Parameters<typeof printSql>[0], c: RemedyContext): string {
  if ((deed.kind === 'validate-constraint' || deed.kind === 'drop-constraint') && deed.constraint === 'foreign-key') return `${deed.kind} ${printName(deed.table)}`;
  const sql = printSql(deed, c.engine, c.schema);
  return (sql ?? [deed.kind]).join('; ').replace(/CONSTRAINT [`"]?fk_rails_\w+[`"]? /, '').replace(/(REFERENCES \S+) \([`]?id[`]?\)/, '$1').replace(/^(ALTER INDEX )\w+\./, '$1');
}

/** The statements of a step that Rails' own verbs say, in order. */
function wanted(statements: readonly RemedyStatement[], c: RemedyContext): string[] {
  return statements.flatMap((statement) => (statement.kind === 'operation' ? [meaning(statement.deed, c)] : []));
}

const quiet = new Set(['use-model', 'other', 'read-rows']);

describe.each<Engine>([engine('postgres', 15), engine('mysql', 8, 0)])('what Rails would run on $name', (chosen) => {
  let ruby: RubyParser;
  let parse: (text: string, fileName: string) => ReturnType<typeof parseRailsMigration>;
  beforeAll(async () => {
    ruby = await loadRubyParser();
    const sql = await loadSqlParser(chosen.name);
    const environment = { engine: chosen, railsVersion: [7, 1], libraries: new Set<string>(), inflections: defaultInflections, primaryKeyType: null, resolveConstant: () => null, ruby, sql };
    parse = (text, fileName) => parseRailsMigration(createSource(fileName, text), environment);
  });

  it.each([['users', 'name'], ['auth.users', 'order'], ['Übersichten', 'größe'], ['two words', 'a"b']])('is what the remedy for "%s"."%s" means', (table, title) => {
    if (chosen.name === 'mysql' && table.includes(' ')) return;
    for (const { label, remedy, c } of gallery(chosen, table, title)) {
      if (/^(validateLater|withoutTransaction)$/.test(label) && chosen.name === 'mysql') continue;
      const rendered = renderRemedy(remedy, c).steps;
      remedy.steps.forEach((step, place) => {
        const shown = rendered[place];
        if (step.kind !== 'migration' || !shown?.code) return;
        const migration = parse(shown.code, (shown.fileName ?? '').replace('YYYYMMDDHHMMSS', '20240101000000'));
        expect(migration.problems, `${label}\n${shown.code}`).toEqual([]);
        const found = migration.operations.filter((operation: Operation) => operation.direction === 'up' && !quiet.has(operation.kind));
        expect(found.filter((operation) => operation.kind === 'opaque').map((operation) => operation), `${label}\n${shown.code}`).toEqual([]);
        const meanings = new Set(found.map((operation) => meaning(operation, c)));
        const missing = wanted(step.up, c).filter((one) => !meanings.has(one));
        expect(missing, `${label}\n${shown.code}\nfound: ${[...meanings].join('\n       ')}`).toEqual([]);
        expect(migration.transaction).toBe(step.transaction && chosen.name === 'postgres' ? 'wrapped' : 'none');
      });
    }
  });
});
