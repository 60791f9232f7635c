/** Prints what the Rails parser understood of migrations: `npx tsx scripts/operations.ts [--engine mysql] [--brief] FILE...`. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { EngineName, Migration, Operation } from '../src/operations/index.ts';
import { parseRailsMigration } from '../src/parsers/rails/migration.ts';
import { createSource, positionAt } from '../src/source/source.ts';
import { railsEnvironment } from './rails-environment.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { engine: { type: 'string', default: 'postgres' }, brief: { type: 'boolean', default: false } } });

for (const path of positionals) {
  const environment = await railsEnvironment(path, values.engine as EngineName);
  const migration = parseRailsMigration(createSource(path, readFileSync(path, 'utf8')), environment);
  if (values.brief) printBrief(migration);
  else console.log(JSON.stringify({ ...migration, source: path }, null, 2));
}

function printBrief(migration: Migration): void {
  const place = (operation: Operation): string => {
    const { line, column } = positionAt(migration.source, operation.at.start);
    return `${line}:${column}`;
  };
  const show = (operation: Operation): string => {
    const { kind, at, statement, via, transaction, guards, certain, assured, direction, language, verb, ...rest } = operation;
    void at; void statement; void direction; void language;
    const marks = [certain ? '' : 'maybe', transaction === null ? 'own transaction' : `t${transaction}`, ...guards.map((guard) => `${guard.kind}: ${guard.text}`), assured ? 'assured' : '', via.length > 0 ? `via ${via.length}` : ''];
    return `  ${place(operation)} ${kind} [${marks.filter(Boolean).join('; ')}] ${verb} ${JSON.stringify(rest)}`;
  };
  console.log(`${migration.source.path} ${migration.name} ${migration.frameworkVersion} ${migration.transaction}`);
  for (const operation of migration.operations) console.log(show(operation));
  console.log(`  down: ${migration.down.kind}`);
  if (migration.down.kind === 'written') for (const operation of migration.down.operations) console.log(`  ${show(operation)}`);
  for (const problem of migration.problems) console.log(`  ! ${positionAt(migration.source, problem.at.start).line} ${JSON.stringify({ ...problem, at: undefined, statement: undefined })}`);
}
