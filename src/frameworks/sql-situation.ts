import { basename } from 'node:path';
import type { SqlTool } from '../operations/index.ts';
import type { FileSituation } from '../parsers/sql/file/part.ts';
import type { Directory } from '../project/directory.ts';
import { findAbove } from '../project/directory.ts';

/** What a tool's settings for a project say. */
export type ProjectSituation = FileSituation;

const packages: Partial<Record<SqlTool, readonly string[]>> = { prisma: ['prisma', '@prisma/client'], supabase: ['supabase'] };

/** Reads the settings of a tool for a directory and those above it. */
export function toolSettingsOf(tool: SqlTool, directory: Directory): ProjectSituation {
  const flyway = tool === 'flyway' ? flywaySettings(directory) : [];
  const says = (name: string, value: string) => flyway.some((text) => new RegExp(`^\\s*(?:<|(?:spring\\.)?(?:flyway\\.)?)${name}(?:\\s*[:=]\\s*["']?|>)${value}\\b`, 'm').test(text));
  return { version: packageVersion(tool, directory), mixed: says('mixed', 'true'), inTransaction: says('executeInTransaction', 'false') ? false : null, sending: commandLine(tool, directory) };
}

/** The release that the nearest package.json with one of the tool's packages asks for: the lowest that its range allows. */
function packageVersion(tool: SqlTool, directory: Directory): readonly number[] {
  const names = packages[tool];
  for (let at: Directory | null = names ? directory : null; at; at = at.parent) {
    if (!at.has('package.json')) continue;
    const text = at.whole('package.json');
    for (const name of names ?? []) {
      const range = new RegExp(`"${name}"\\s*:\\s*"([^"]*)"`).exec(text)?.[1];
      const version = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(range ?? '');
      if (version) return version.slice(1).flatMap((part) => (part === undefined ? [] : [Number(part)]));
    }
  }
  return [];
}

const flywayFiles: readonly string[] = ['flyway.conf', 'flyway.toml', 'application.properties', 'application.yml', 'application.yaml', 'build.gradle', 'build.gradle.kts', 'pom.xml'];

function flywaySettings(directory: Directory): string[] {
  return flywayFiles.flatMap((file) => findAbove(directory, file)?.text ?? []);
}

/** Files that say how a migration tool is called. */
const recipes: readonly string[] = ['Makefile', 'Taskfile.yml', 'justfile', 'Dockerfile', 'docker-compose.yml', 'docker-compose.yaml', 'compose.yml', 'compose.yaml', 'package.json', '.env', '.env.example'];

const switches: Partial<Record<SqlTool, RegExp>> = { 'golang-migrate': /[?&]x-multi-statement=(?:true|1)\b/, 'atlas': /--tx-mode[ =]["']?none\b/, 'db-migrate': /\bdb-migrate\b[^\n]*--non-transactional\b/ };

/** `statements` when a file beside or above calls the tool with the switch that has it send statement by statement, without a transaction. */
function commandLine(tool: SqlTool, directory: Directory): 'statements' | null {
  const form = switches[tool];
  for (let at: Directory | null = form ? directory : null; at; at = at.parent) for (const file of recipes) if (at.has(file) && form?.test(at.whole(file))) return 'statements';
  return null;
}

/** What is known about one file: the project's settings, and those that lie beside it. `directory` is the file's own. */
export function fileSituation(tool: SqlTool, directory: Directory, path: string, settings: ProjectSituation): FileSituation {
  return { ...settings, inTransaction: beside(tool, directory, basename(path)) ?? settings.inTransaction };
}

function beside(tool: SqlTool, directory: Directory, file: string): boolean | null {
  switch (tool) {
    case 'flyway':
      return directory.has(`${file}.conf`) ? flag(directory.head(`${file}.conf`), 'executeInTransaction') : null;
    case 'diesel':
      return directory.has('metadata.toml') ? flag(directory.head('metadata.toml'), 'run_in_transaction') : null;
    case 'pop':
      return /\.autocommit\.up\.sql$/.test(file) ? false : null;
    default:
      return null;
  }
}

function flag(text: string, name: string): boolean | null {
  const value = new RegExp(`^\\s*${name}\\s*=\\s*"?(true|false)\\b`, 'mi').exec(text)?.[1]?.toLowerCase();
  return value === undefined ? null : value === 'true';
}
