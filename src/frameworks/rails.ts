import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Application } from '../application/application.ts';
import type { CodeTree } from '../application/code-tree.ts';
import { codeHere, rubyCode } from '../application/code-tree.ts';
import { changedNames, codeMatters } from '../application/names-in-code.ts';
import { railsCode } from '../application/rails-code.ts';
import type { RailsApplication } from '../application/rails.ts';
import { readRailsApplication } from '../application/rails.ts';
import { railsModels } from '../application/rails-models.ts';
import { toolSettings } from '../application/tool-settings.ts';
import type { WantedEngine } from '../config/config.ts';
import { railsEngine } from '../config/rails-engine.ts';
import { noToolSettings } from '../config/tool-settings.ts';
import type { Engine, LockTimeout, Operation, PlacedVersion } from '../operations/index.ts';
import { isMysql, parseDuration } from '../operations/index.ts';
import type { RailsEnvironment } from '../parsers/rails/environment.ts';
import { parseRailsMigration } from '../parsers/rails/migration.ts';
import { needsSql } from '../parsers/rails/needs-sql.ts';
import { parseRailsSchema } from '../parsers/rails/schema-file.ts';
import { loadRubyParser } from '../parsers/ruby/parser.ts';
import { loadSqlParser } from '../parsers/sql/parser.ts';
import { parseStructure, structureVersion, structureVersions } from '../parsers/sql/structure.ts';
import type { SqlParser } from '../parsers/sql/statement.ts';
import type { MigrationSet, SchemaDump } from '../project/migration-file.ts';
import { applicationRoot } from '../project/project.ts';
import type { FrontEnd } from './framework.ts';
import { readSquawkFile, withSquawk, withSquawkVersion } from './squawk-settings.ts';

/** The engine that is assumed when nothing says which one the application runs on. */
const assumed: Engine = { name: 'postgres', version: [], from: 'default' };

/** Opens a Rails application for one set of migrations. `wanted` is the engine the user named, if any; an empty version leaves that to what the files say. */
export async function openRails(set: MigrationSet, workspace: string, wanted: WantedEngine): Promise<FrontEnd> {
  return (await readRails(set, workspace, wanted)).frontEnd;
}

/** The same, with what Ruby files of the application are read with. `lock` is its Gemfile.lock. */
export async function readRails(set: MigrationSet, workspace: string, wanted: WantedEngine): Promise<{ readonly frontEnd: FrontEnd; readonly lock: RailsApplication['lock']; readonly withSql: () => Promise<RailsEnvironment> }> {
  const ruby = await loadRubyParser();
  const rails = await readRailsApplication(applicationRoot(workspace, set), workspace, ruby);
  const libraries = new Set(rails.lock?.gems.keys());
  const gems = toolSettings(rails.settings, libraries);
  const squawk = await readSquawkFile(set, workspace);
  const before = engineOf(set, rails, wanted, gems.engineVersion);
  const engine = withSquawkVersion(before, squawk);
  const railsVersion = rails.lock?.railsVersion ?? null;
  const environment: RailsEnvironment = { engine, railsVersion, libraries, inflections: rails.inflections, primaryKeyType: rails.primaryKeyType, resolveConstant: rails.resolveConstant, ruby, sql: null };
  let sql: Promise<SqlParser> | null = null;
  const withSql = async () => ({ ...environment, sql: await (sql ??= loadSqlParser(engine.name)) });
  const here = codeHere(rails.root, workspace, rubyCode);
  const application = applicationOf(rails, environment, here, gems.lockTimeout ?? databaseLockTimeout(set, rails, engine), statementTimeoutOf(set, rails));
  const frontEnd: FrontEnd = {
    engine,
    tools: withSquawk({ ...noToolSettings, ...gems }, squawk, { set, engine, before }),
    application,
    async informed(migrations, additions) {
      return isApplication(rails) && codeMatters(migrations, additions) ? { ...application, code: await railsCode(here, { root: rails.root, workspace }, environment, set.merged, changedNames(migrations)) } : application;
    },
    async parse(source) {
      return parseRailsMigration(source, needsSql(source.text) ? await withSql() : environment);
    },
    async parseDump(dump): Promise<readonly Operation[]> {
      if (dump.format === 'schema.rb') return parseRailsSchema(dump.source, environment);
      return parseStructure(dump.source, (await withSql()).sql);
    },
    dumpsAllTables: rails.dumpsAllTables,
    dumpVersions: (dump) => (dump.format === 'schema.rb' ? schemaRbVersions(dump) : structureVersions(dump.source)),
    dumpVersion: (dump) => (dump.format === 'schema.rb' ? schemaRbVersion(dump) : structureVersion(dump.source)),
  };
  return { frontEnd, lock: rails.lock, withSql };
}

function engineOf(set: MigrationSet, rails: RailsApplication, wanted: WantedEngine, toolVersion: readonly number[]): Engine {
  const found = railsEngine(rails.databases, set.database, set.dump?.source.text ?? null, rails.lock) ?? assumed;
  const name = wanted.name ?? found.name;
  const version = wanted.version.length > 0 ? wanted.version : name === found.name && found.version.length > 0 ? found.version : toolVersion;
  return { name, version, from: wanted.name ? wanted.from : found.from };
}

/** What bounds how long a statement of a migration runs: `variables:` of `database.yml`, or a gem's setting. */
function statementTimeoutOf(set: MigrationSet, rails: RailsApplication): LockTimeout | null {
  const value = variablesOf(set, rails)?.get('statement_timeout');
  if (value !== undefined) return { milliseconds: parseDuration(value, 1), by: 'config/database.yml' };
  const gem = rails.settings.find(({ on, name }) => /^(?:::)?(?:StrongMigrations|OnlineMigrations(?:\.config)?)$/.test(on) && name === 'statement_timeout');
  if (gem) return { milliseconds: null, by: gem.on.startsWith('Strong') ? 'strong_migrations' : 'online_migrations' };
  return rails.lock?.gems.has('safe-pg-migrations') ? { milliseconds: 5_000, by: 'safe-pg-migrations' } : null;
}

function variablesOf(set: MigrationSet, rails: RailsApplication): ReadonlyMap<string, string> | undefined {
  const name = set.database ?? 'primary';
  return (rails.databases.find((entry) => entry.name === name) ?? rails.databases[0])?.variables;
}

/** What `variables:` of the set's database in `database.yml` says; Postgres counts milliseconds, MySQL seconds. */
function databaseLockTimeout(set: MigrationSet, rails: RailsApplication, engine: Engine): LockTimeout | null {
  const value = variablesOf(set, rails)?.get(isMysql(engine) ? 'lock_wait_timeout' : 'lock_timeout');
  return value === undefined ? null : { milliseconds: parseDuration(value, isMysql(engine) ? 1_000 : 1), by: 'config/database.yml' };
}

function applicationOf(rails: RailsApplication, environment: RailsEnvironment, here: CodeTree, lockTimeout: LockTimeout | null, statementTimeout: LockTimeout | null): Application {
  return {
    modelsOf: railsModels(here, rails.root, environment),
    code: null,
    defines: (constant) => ['app/models', 'app/services', 'app/jobs', 'app/mailers', 'lib'].some((directory) => existsSync(join(rails.root, directory, `${constant.replaceAll('::', '/').replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase()}.rb`))),
    partialInserts: rails.partialInserts,
    frameworkVersion: environment.railsVersion ? environment.railsVersion.slice(0, 2).join('.') : null,
    lockTimeout,
    statementTimeout,
    libraries: environment.libraries,
  };
}

/** True when there is an application around the migrations, and not only files. */
function isApplication({ root, lock }: RailsApplication): boolean {
  return lock !== null || existsSync(join(root, 'config', 'application.rb'));
}

function schemaRbVersions({ source }: SchemaDump): readonly PlacedVersion[] {
  const found = /version:\s*([\d_]+)/.exec(source.text.slice(0, 20_000));
  return found?.[1] ? [{ version: found[1].replaceAll('_', ''), start: found.index, end: found.index + found[0].length }] : [];
}

function schemaRbVersion(dump: SchemaDump): string | null {
  return /version:\s*([\d_]+)/.exec(dump.source.text.slice(0, 20_000))?.[1]?.replaceAll('_', '') ?? null;
}
