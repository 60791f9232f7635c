import type { RenderedStep } from '../lint/diagnostic.ts';
import type { Deed } from '../operations/index.ts';
import { printName, tableOf } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import type { RemedyStatement, RemedyStep } from './remedy.ts';
import { columnArguments } from './ruby/column.ts';
import { rubyString } from './ruby/literal.ts';
import { statementLines } from './ruby/migration.ts';
import type { RubyTarget } from './ruby/target.ts';
import { rubyTarget } from './ruby/target.ts';
import { printSql } from './sql/print.ts';

type MigrationStep = Extract<RemedyStep, { kind: 'migration' }>;

/**
 * A step of a remedy for somebody who has a Schemafile and no migrations: what to write in it. Ridgepole changes no rows and has no way to validate, rename around or trigger anything: such statements
 * are done on the database by hand, and told as SQL or Ruby to run.
 */
export function renderSchemafileStep(step: MigrationStep, c: RemedyContext): RenderedStep {
  const target: RubyTarget = { ...rubyTarget(c), oneWay: true };
  const defined = step.up.flatMap((statement) => definitionOf(statement, target) ?? []);
  const byHand = step.up.filter((statement) => statement.kind !== 'comment' && definitionOf(statement, target) === null);
  const title = inDeployments(step.title ?? `${step.words ?? 'The change'}.`);
  if (byHand.length === 0) return { title, fileName: c.migration.source.path, language: 'ruby', code: `${defined.join('\n')}\n` };
  const isSql = byHand.every((statement) => statement.kind === 'sql' || statement.kind === 'operation');
  const hand = isSql ? byHand.flatMap((statement) => sqlOf(statement, c)) : byHand.flatMap((statement) => statementLines(statement, target, new Map()));
  const where = isSql ? 'on the database' : 'in a script ("bin/rails runner")';
  return {
    title: `${title} Ridgepole cannot do ${defined.length > 0 ? 'all of it' : 'it'}: run it by hand ${where}.`, fileName: null, language: isSql && defined.length === 0 ? 'sql' : 'ruby',
    code: `${(defined.length === 0 ? hand : [...hand.map((line) => (isSql ? `# ${line}` : line)), '# And in the Schemafile:', ...defined]).join('\n')}\n`,
  };
}

/** What is written in the Schemafile for it; null when nothing there does it. */
function definitionOf(statement: RemedyStatement, target: RubyTarget): string[] | null {
  if (statement.kind !== 'operation') return null;
  const { deed } = statement;
  const inTable = (line: string): string[] => [`create_table ${rubyString(printName(tableOf(deed as never) ?? { schema: null, name: '' }))} do |t|`, `  ${line}`, 'end'];
  switch (deed.kind) {
    case 'add-column': {
      const column = columnArguments(deed.column, target);
      if (column === null) return null;
      const options = column.options.flatMap((option) => (option === null ? [] : [`${option[0]}: ${option[1]}`]));
      const type = /^:(\w+)$/.exec(column.type)?.[1];
      return inTable([type === undefined ? `t.column ${rubyString(deed.column.name)}, ${column.type}` : `t.${type} ${rubyString(deed.column.name)}`, ...options].join(', '));
    }
    case 'create-index':
    case 'add-foreign-key':
    case 'add-check':
    case 'add-unique':
      return statementLines(statement, target, new Map()).map((line) => withNames(line));
    case 'drop-column':
      return inTable(`# the line of ${rubyString(deed.column)} goes`);
    case 'drop-index':
      return inTable(`# the line of the index${deed.name ? ` ${rubyString(deed.name.name)}` : ''} goes`);
    case 'set-not-null':
      return deed.fill.kind === 'none' ? inTable(`# ${rubyString(deed.column)} gets "null: false"`) : null;
    case 'drop-not-null':
      return inTable(`# ${rubyString(deed.column)} loses "null: false"`);
    case 'set-default':
      return inTable(`# ${rubyString(deed.column)} gets its new "default:"`);
    case 'drop-table':
      return [`# create_table ${rubyString(printName(deed.table))} goes, and this one apply is run with "--drop-table"`];
    case 'validate-constraint':
      return ['# the constraint loses "validate: false" (Ridgepole 3.2.3 and later validates it then; with an older one do it by hand)'];
    default:
      return null;
  }
}

/** Tables and columns are texts in a Schemafile, by custom. */
function withNames(line: string): string {
  return line.replace(/(?<=[ ([]):(\w+)(?=[,\])]|$)/g, (symbol, name: string, at: number) => (/:\s*$/.test(line.slice(0, at)) ? symbol : rubyString(name)));
}

function sqlOf(statement: RemedyStatement, c: RemedyContext): string[] {
  if (statement.kind === 'sql') return [`${statement.sql};`];
  const sql = statement.kind === 'operation' ? printSql(statement.deed as Deed, c.engine, c.schema) : null;
  return (sql ?? []).map((line) => `${line};`);
}

/** Words for migrations, said of deployments: who has a Schemafile writes no migrations. */
export function inDeployments(text: string): string {
  return text.replace(/\b(a|A|the|The|this|This|each|its own|earlier|later|another|next|one|two|three|own|separate) migration(s?)\b/g, '$1 deployment$2').replace(/\bmigrations\b/g, 'deployments').replace(/\bmigration\b/g, 'deployment').replace(/\bMigrations?\b/g, (word) => (word.endsWith('s') ? 'Deployments' : 'Deployment'));
}
