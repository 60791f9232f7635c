import type { RemedyStatement, RemedyStep } from '../remedy.ts';
import { inverseOf } from '../inverse.ts';
import { lastPart, modelClass } from '../model.ts';
import { batchByPlace, hasNoKey } from '../sql/batches.ts';
import { parseTableName, quoteName, quoteQualified } from '../sql/name.ts';
import { railsTableName, rubyTable } from './column.ts';
import { executeSql } from './execute.ts';
import { rubyString, rubySymbol } from './literal.ts';
import { declareModel } from './model.ts';
import { rubyStatement } from './statement.ts';
import type { RubyTarget } from './target.ts';
import { since } from './target.ts';

type MigrationStep = Extract<RemedyStep, { kind: 'migration' }>;

/** The text of a complete Rails migration. */
export function rubyMigration(step: MigrationStep, target: RubyTarget): string {
  const models = new Map<string, string>();
  const body = methods(step, target, models);
  const declared = [...models].flatMap(([name, table]) => [...declareModel(name, parseTableName(table), target.c), '']);
  const lines = [
    `class ${step.name} < ActiveRecord::Migration${target.bracket}`,
    ...indent([...(step.transaction ? [] : ['disable_ddl_transaction!', '']), ...declared, ...body]),
    'end',
  ];
  return `${lines.join('\n')}\n`;
}

function methods(step: MigrationStep, target: RubyTarget, models: Map<string, string>): string[] {
  const { up, down } = step;
  if (down === null && up.every((statement) => isReversible(statement, target))) return method('change', up, target, models);
  const back = down ?? inverseOf(up, target.c);
  const undo = back === null ? ['def down', '  raise ActiveRecord::IrreversibleMigration', 'end'] : method('down', back, { ...target, oneWay: true }, models);
  return [...method('up', up, { ...target, oneWay: true }, models), '', ...undo];
}

function method(name: string, statements: readonly RemedyStatement[], target: RubyTarget, models: Map<string, string>): string[] {
  const lines: string[] = [];
  statements.forEach((statement, at) => {
    const own = statementLines(statement, target, models);
    const previous = statements[at - 1];
    const apart = previous !== undefined && previous.kind !== 'comment' && (own.length > 1 || statementLines(previous, target, models).length > 1);
    lines.push(...(apart ? [''] : []), ...own);
  });
  return [`def ${name}`, ...indent(lines), 'end'];
}

/** One statement in Ruby. `models` collects the models that it needs, with their tables. */
export function statementLines(statement: RemedyStatement, target: RubyTarget, models: Map<string, string>): readonly string[] {
  const model = (table: string): string => {
    const name = lastPart(modelClass(parseTableName(table), target.c));
    models.set(name, table);
    return name;
  };
  switch (statement.kind) {
    case 'operation':
      return rubyStatement(statement.deed, target).lines;
    case 'sql':
      return executeSql(statement.sql, target);
    case 'comment':
      return statement.text.split('\n').map((line) => `# ${line}`);
    case 'source':
      for (const [name, table] of Object.entries(statement.models)) models.set(name, table);
      return statement.text.split('\n').map((line, at) => (at === 0 ? line : line.replace(/^ {4}/, '')));
    case 'column-like': {
      const table = parseTableName(statement.table);
      const type = `connection.columns(${rubyString(railsTableName(table, target.c))}).find { |column| column.name == ${rubyString(statement.like)} }.sql_type`;
      return [`add_column ${rubyTable(table, target.c)}, ${rubySymbol(statement.column)}, ${type}`];
    }
    case 'backfill': {
      const set = Object.entries(statement.set).map(([column, expression]) => `${quoteName(column, target.c.engine)} = ${expression}`).join(', ');
      const table = parseTableName(statement.table);
      if (statement.where !== '' && hasNoKey(table, target.c)) {
        const update = batchByPlace(table, `UPDATE ${quoteQualified(table, target.c.engine)} SET ${set}`, statement.where, target.c);
        return ['loop do', ...indent(['rows = exec_update(<<~SQL)', `  ${update}`, 'SQL', 'break if rows.zero?', '', 'sleep(0.01)']), 'end'];
      }
      return batches(model(statement.table), statement.where === '' ? null : statement.where, `update_all(${rubyString(set)})`, target);
    }
    case 'batched-delete':
      return batches(model(statement.table), statement.where, 'delete_all', target);
  }
}

/** A loop over batches; `in_batches` is there since Rails 5.0, and a migration without a version may run on an older one. */
function batches(model: string, where: string | null, change: string, target: RubyTarget): string[] {
  const scope = where === null ? model : `${model}.where(${rubyString(where)})`;
  if (target.bracket !== '') return [`${scope}.in_batches(of: 1_000) do |batch|`, `  batch.${change}`, '  sleep(0.01)', 'end'];
  return [`${scope}.find_in_batches do |rows|`, `  ${scope}.where(id: rows.map(&:id)).${change}`, '  sleep(0.01)', 'end'];
}

function isReversible(statement: RemedyStatement, target: RubyTarget): boolean {
  return statement.kind === 'comment' || (statement.kind === 'operation' && since(target, 3, 1) && rubyStatement(statement.deed, target).reversible);
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? line : `  ${line}`));
}
