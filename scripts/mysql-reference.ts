import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Deed } from '../src/operations/index.ts';

/** A node of the reference parser's tree, as far as it is used. */
interface Node {
  readonly children?: readonly Node[] | null;
  getText(): string;
}

interface Reference {
  readonly MySqlLexer: new (input: unknown) => Recognizer;
  readonly MySqlParser: new (tokens: unknown) => Recognizer & { program(): Node };
  readonly CharStreams: { fromString(text: string): unknown };
  readonly CommonTokenStream: new (lexer: unknown) => unknown;
}

interface Recognizer {
  removeErrorListeners(): void;
  addErrorListener(listener: object): void;
}

/** What an independent parser of MySQL makes of one statement. */
export interface MysqlFacts {
  /** Its first complaint, or null when it accepts the statement. */
  readonly error: string | null;
  /** What the statement does, as kinds of operations, in order; null for a statement whose kind is not compared. */
  readonly kinds: readonly string[] | null;
}

/** What an action of ALTER TABLE does, by the rule of the reference's grammar. */
const actions: Readonly<Record<string, Deed['kind']>> = {
  AddColumn: 'add-column', AddColumns: 'add-column', AddIndex: 'create-index', AddSpecialIndex: 'create-index', AddUniqueKey: 'create-index', AddPrimaryKey: 'add-primary-key',
  AddForeignKey: 'add-foreign-key', AddCheckTableConstraint: 'add-check', AlterCheckTableConstraint: 'alter-constraint', AlterColumnDefault: 'set-default', AlterIndexVisibility: 'set-table-option',
  ChangeColumn: 'alter-column-type', ModifyColumn: 'alter-column-type', RenameColumn: 'rename-column', RenameIndex: 'rename-index', Rename: 'rename-table', DropColumn: 'drop-column',
  DropIndex: 'drop-index', DropPrimaryKey: 'drop-constraint', DropForeignKey: 'drop-constraint', DropConstraintCheck: 'drop-constraint', ConvertCharset: 'set-table-option',
  DefaultCharset: 'set-table-option', TableOption: 'set-table-option', Force: 'set-table-option', Order: 'set-table-option', Lock: 'set-table-option', SetAlgorithm: 'set-table-option',
  Validate: 'set-table-option', AddPartition: 'alter-partitions', DropPartition: 'alter-partitions', ReorganizePartition: 'alter-partitions', ExchangePartition: 'alter-partitions',
  TruncatePartition: 'alter-partitions', CoalescePartition: 'alter-partitions', AnalyzePartition: 'alter-partitions', CheckPartition: 'alter-partitions', OptimizePartition: 'alter-partitions',
  RebuildPartition: 'alter-partitions', RepairPartition: 'alter-partitions', RemovePartitioning: 'alter-partitions', UpgradePartitioning: 'alter-partitions', ImportPartition: 'alter-partitions',
  DiscardPartition: 'alter-partitions', AlterPartition: 'alter-partitions',
};

/** What other statements do, once each unless a list of names says how often. */
const statements: Readonly<Record<string, Deed['kind']>> = {
  CreateDatabase: 'create-schema', DropDatabase: 'drop-schema', CreateIndex: 'create-index', DropIndex: 'drop-index', ColumnCreateTable: 'create-table', CopyCreateTable: 'create-table',
  QueryCreateTable: 'create-table', CreateTable: 'create-table', CreateTrigger: 'create-trigger', DropTrigger: 'drop-trigger', CreateView: 'create-view', AlterView: 'create-view', CreateProcedure: 'create-function', CreateFunction: 'create-function',
  DropProcedure: 'drop-function', DropFunction: 'drop-function', TruncateTable: 'truncate', InsertStatement: 'insert-rows', ReplaceStatement: 'insert-rows', UpdateStatement: 'update-rows',
  LoadDataStatement: 'load-rows', StartTransaction: 'begin', BeginWork: 'begin', CommitWork: 'commit', RollbackWork: 'rollback', SavePointStatement: 'savepoint', LockTables: 'lock-table',
  GrantStatement: 'grant', RevokeStatement: 'revoke',
};
const lists: Readonly<Record<string, readonly [kind: Deed['kind'], part: string]>> = {
  DropTable: ['drop-table', 'TableName'], DropView: ['drop-view', 'ViewName'], RenameTable: ['rename-table', 'RenameTableClause'], AnalyzeTable: ['analyze', 'TableName'], OptimizeTable: ['set-table-option', 'TableName'],
};

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Loads dt-sql-parser's MySQL grammar (ANTLR). Node cannot import the package as it is published, so its two files are bundled once into
 * `node_modules/.cache`, by the package's version.
 */
export async function loadMysqlReference(): Promise<(sql: string) => MysqlFacts> {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/dt-sql-parser/package.json'), 'utf8')) as { version: string };
  const cache = join(root, 'node_modules/.cache/anzen');
  const bundle = join(cache, `mysql-reference-${version}.mjs`);
  if (!existsSync(bundle)) {
    mkdirSync(cache, { recursive: true });
    const from = 'dt-sql-parser/dist/lib/mysql';
    const contents = `export { MySqlLexer } from '${from}/MySqlLexer.js'; export { MySqlParser } from '${from}/MySqlParser.js'; export { CharStreams, CommonTokenStream } from 'antlr4ng';`;
    await build({ stdin: { contents, resolveDir: root }, bundle: true, format: 'esm', platform: 'node', keepNames: true, outfile: bundle, logLevel: 'warning' });
  }
  const reference = (await import(pathToFileURL(bundle).href)) as Reference;
  return (sql) => factsOf(reference, sql);
}

function factsOf({ MySqlLexer, MySqlParser, CharStreams, CommonTokenStream }: Reference, sql: string): MysqlFacts {
  const errors: string[] = [];
  const nothing = (): void => undefined;
  const listener = {
    syntaxError: (_recognizer: unknown, _symbol: unknown, _line: number, _column: number, message: string) => void errors.push(message),
    reportAmbiguity: nothing, reportAttemptingFullContext: nothing, reportContextSensitivity: nothing,
  };
  const heard = <T extends Recognizer>(recognizer: T): T => {
    recognizer.removeErrorListeners();
    recognizer.addErrorListener(listener);
    return recognizer;
  };
  const tree = heard(new MySqlParser(new CommonTokenStream(heard(new MySqlLexer(CharStreams.fromString(sql)))))).program();
  const statement = inside(tree, (name) => /^(?:Ddl|Dml|Transaction|Prepared|Administration|Utility)Statement$/.test(name))?.children?.[0];
  return { error: errors[0] ?? null, kinds: statement ? kindsOf(statement) : null };
}

function ruleOf(node: Node): string {
  return node.constructor.name.replace(/Context$/, '');
}

/** The first node below, in depth, of a rule. */
function inside(node: Node, wanted: (rule: string) => boolean): Node | null {
  if (wanted(ruleOf(node))) return node;
  for (const child of node.children ?? []) {
    const found = inside(child, wanted);
    if (found) return found;
  }
  return null;
}

function count(node: Node, rule: string): number {
  return (ruleOf(node) === rule ? 1 : 0) + (node.children ?? []).reduce((sum, child) => sum + count(child, rule), 0);
}

function kindsOf(statement: Node): string[] | null {
  const rule = ruleOf(statement);
  const list = lists[rule];
  if (list) return Array.from({ length: count(statement, list[1]) }, () => list[0]);
  if (rule === 'DeleteStatement') return inside(statement, (inner) => inner === 'SingleDeleteStatement') ? ['delete-rows'] : null;
  if (rule === 'AlterTable') return (statement.children ?? []).flatMap((child) => actionsOf(child));
  const kind = statements[rule];
  return kind ? [kind] : null;
}

function actionsOf(node: Node): string[] {
  const name = /^AlterBy(\w+)$|^(AlterPartition)$/.exec(ruleOf(node));
  const rule = name?.[1] ?? name?.[2];
  const kind = rule === undefined ? undefined : actions[rule];
  if (rule === undefined || kind === undefined) {
    const partition = inside(node, (inner) => /^AlterBy\w+Partition(?:ing)?$/.test(inner));
    return partition ? ['alter-partitions'] : rule === undefined ? [] : [rule];
  }
  if (rule === 'AddColumns') return Array.from({ length: count(node, 'ColumnDefinition') }, () => kind);
  if (rule === 'TableOption') return Array.from({ length: (node.children ?? []).filter((child) => ruleOf(child).startsWith('TableOption')).length || 1 }, () => kind);
  if (rule === 'ChangeColumn') {
    const [before, after] = (node.children ?? []).filter((child) => /^ColumnName/.test(ruleOf(child))).map((child) => child.getText().replaceAll('`', ''));
    return before === after ? [kind] : ['rename-column', kind];
  }
  return [kind];
}
