import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { unknownApplication } from '../application/application.ts';
import { changedNames, codeMatters } from '../application/names-in-code.ts';
import { scriptApplication } from '../application/script-code.ts';
import type { Config } from '../config/config.ts';
import { engineByWords, engineBySettings, engineFiles } from '../config/sql-engine.ts';
import { noToolSettings } from '../config/tool-settings.ts';
import type { Engine, SqlTool } from '../operations/index.ts';
import { parseSqlMigration } from '../parsers/sql/migration.ts';
import { loadSqlParser } from '../parsers/sql/parser.ts';
import { parseStructure, structureVersion, structureVersions } from '../parsers/sql/structure.ts';
import { directoriesBelow } from '../project/directory.ts';
import type { Directory } from '../project/directory.ts';
import type { MigrationFile, MigrationSet } from '../project/migration-file.ts';
import type { FrontEnd } from './framework.ts';
import { fileSituation, toolSettingsOf } from './sql-situation.ts';
import type { SquawkFile } from './squawk-settings.ts';
import { readSquawkFile, withSquawk, withSquawkVersion } from './squawk-settings.ts';

/** So many migrations are looked into for the words of a dialect, the newest ones. */
const mostVoters = 40;

/** Opens a set of SQL migrations: which tool runs them, on which engine, and what its settings say about transactions. */
export async function openSql(set: MigrationSet, workspace: string, config: Config): Promise<FrontEnd> {
  const open = directoriesBelow(set.top);
  const root = open(resolve(workspace, set.root));
  const tool: SqlTool = set.framework === 'sql' && config.sql.tool !== null ? config.sql.tool : (set.framework as SqlTool);
  const squawk = await readSquawkFile(set, workspace);
  const before = engineOf(set, root, config, tool);
  const engine = withSquawkVersion(before, squawk);
  // Where the tool is known, it is known what it does.
  const assumes = engine.name === 'postgres' && tool === 'sql' && config.sql.transaction === null && squawk?.settings?.assumeInTransaction === true ? squawk : null;
  const settings = toolSettingsOf(tool, root);
  const byPath = new Map<string, MigrationFile>(set.files.map((file) => [file.path, file]));
  const latestVersion = set.files.findLast((file) => file.version !== null)?.version ?? null;
  const parser = await loadSqlParser(engine.name);
  return {
    engine,
    application: unknownApplication,
    async informed(migrations, additions) {
      const around = codeMatters(migrations, additions) ? packageAround(root.path, workspace) : null;
      return around === null ? unknownApplication : scriptApplication({ root: around, migrations: root.path }, workspace, set.merged, changedNames(migrations));
    },
    tools: withSquawk({ ...noToolSettings, notes: [...notesOf(set, config, engine, tool, assumes), ...(parser.degraded === null ? [] : [parser.degraded])] }, squawk, { set, engine, before }),
    async parse(source) {
      const file = byPath.get(source.path);
      const path = file?.file ?? resolve(workspace, source.path);
      const own = fileSituation(tool, open(dirname(path)), path, settings);
      const situation = { ...own, sending: config.sql.transaction ?? own.sending, assumed: assumes !== null && !disclaimed.test(source.text) ? 'wrapped' as const : null };
      return parseSqlMigration(source, { engine, tool, sql: parser, situation, version: file?.version ?? null, latestVersion, hasDownFile: hasDownFile(path, open) });
    },
    parseDump: async (dump) => parseStructure(dump.source, parser),
    dumpsAllTables: () => true,
    dumpVersion: (dump) => structureVersion(dump.source),
    dumpVersions: (dump) => structureVersions(dump.source),
  };
}

/** The comment that takes `assume_in_transaction` back for a file. */
const disclaimed = /^\s*(?:--|\/\*)\s*squawk-disable-assume-in-transaction\s*(?:$|--|\*\/)/m;

function engineOf(set: MigrationSet, root: Directory, config: Config, tool: SqlTool): Engine {
  const { name, version, from } = config.engine;
  if (name) return { name, version, from };
  const found = set.dialect ?? byTool[tool] ?? null;
  if (found) return { name: found, version, from: set.evidence ?? set.root };
  const texts = set.files.slice(-mostVoters).flatMap((file) => {
    const text = file.read();
    return 'source' in text ? [text.source.text] : [];
  });
  const voted = engineByWords(texts);
  if (voted) return { name: voted, version, from: 'the words of the migrations' };
  for (let at: Directory | null = root; at; at = at.parent) {
    for (const file of engineFiles) {
      const engine = at.has(file) ? engineBySettings(at.whole(file)) : null;
      if (engine) return { name: engine, version, from: file };
    }
  }
  return { name: 'postgres', version, from: 'default' };
}

const byTool: Partial<Record<SqlTool, Engine['name']>> = { 'supabase': 'postgres', 'hasura': 'postgres', 'graphile-migrate': 'postgres', 'node-pg-migrate': 'postgres' };

/** Tools that are told by a flag of their command line alone whether they open transactions. */
const switchable: ReadonlySet<SqlTool> = new Set(['golang-migrate', 'atlas', 'db-migrate', 'sqitch', 'sql']);

function notesOf(set: MigrationSet, config: Config, engine: Engine, tool: SqlTool, assumes: SquawkFile | null): string[] {
  const notes: string[] = [];
  if (assumes !== null) notes.push(`"${set.root}": ${assumes.path} says "assume_in_transaction", so each file is linted as if it ran in one transaction.`);
  else if (set.framework === 'sql' && !set.evidence?.startsWith('the marker') && config.sql.tool === null && config.sql.transaction === null) {
    notes.push(`"${set.root}": it is not known which tool runs these files, so each is linted whole, as if psql ran it statement by statement. Name it in the configuration: "sql: { tool: goose }", or "sql: { transaction: wrapped }".`);
  }
  if (config.sql.transaction !== null && !switchable.has(tool)) notes.push(`"${set.root}": "sql: { transaction: ${config.sql.transaction} }" has no effect here, because the files of ${tool} and its settings say it themselves.`);
  if (engine.from === 'default') notes.push(`"${set.root}": nothing says which database it is for; Postgres is assumed. Name it with "engine:" in the configuration or "--engine".`);
  return notes;
}

/** True when the way back stands beside the file: `down.sql`, `name.down.sql`, Flyway's `U` file, sqitch's `revert/`. */
function hasDownFile(path: string, open: (path: string) => Directory): boolean {
  const directory = open(dirname(path));
  const name = path.slice(dirname(path).length + 1);
  if (/\.up\.sql$/.test(name)) return directory.has(name.replace(/\.up\.sql$/, '.down.sql'));
  if (/-up\.sql$/.test(name)) return directory.has(name.replace(/-up\.sql$/, '-down.sql'));
  if (/^V.*__/.test(name)) return directory.has(`U${name.slice(1)}`);
  if (directory.name === 'deploy') return open(join(dirname(dirname(path)), 'revert')).has(name);
  return directory.has('down.sql');
}

/** The outermost directory from the workspace down to the migrations that is a package of JavaScript, whose code can be anywhere below it; null without one. */
function packageAround(directory: string, workspace: string): string | null {
  const above = directory === workspace || dirname(directory) === directory ? null : packageAround(dirname(directory), workspace);
  return above ?? (existsSync(join(directory, 'package.json')) ? directory : null);
}
