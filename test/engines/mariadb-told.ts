import type { Effect } from '../../src/engines/effect.ts';
import { effectOf } from '../../src/engines/effect-of.ts';
import type { Settings } from '../../src/engines/ledger.ts';
import type { Engine, Operation } from '../../src/operations/index.ts';
import { parseSqlMigration } from '../../src/parsers/sql/migration.ts';
import { loadSqlParser } from '../../src/parsers/sql/parser.ts';
import { createSchema } from '../../src/schema/state.ts';
import { createSource } from '../../src/source/source.ts';

/** The release that Debian brings. */
const engine: Engine = { name: 'mariadb', version: [10, 11], from: 'test' };
const sql = await loadSqlParser('mariadb');
const situation = { version: [], inTransaction: null, mixed: false, sending: null };

function operations(text: string): readonly Operation[] {
  return parseSqlMigration(createSource('1_x.sql', text), { engine, sql, tool: 'sql', situation, version: '1', hasDownFile: false }).operations;
}

/** What is told about a statement: the effect of each of its actions, on the tables that the statements before it make. */
export function told(statement: string, setup: readonly string[]): Effect[] {
  const schema = createSchema({ complete: true, engine: 'mariadb' });
  const before = operations(setup.join(';\n'));
  for (const operation of before) schema.apply(operation, { inChangeSet: false });
  const settings: Settings = new Map(before.flatMap((operation) => (operation.kind === 'set-setting' ? [[operation.name, operation] as const] : [])));
  return operations(statement).map((operation) => {
    const effect = effectOf(operation, schema, engine, settings);
    schema.apply(operation, { inChangeSet: false });
    return effect;
  });
}
