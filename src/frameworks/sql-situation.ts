import { basename } from 'node:path';
import type { SqlTool } from '../operations/index.ts';
import type { FileSituation } from '../parsers/sql/file/part.ts';
import type { Directory } from '../project/directory.ts';
import { findAbove } from '../project/directory.ts';

/** What a tool's settings for a project say. */
export type ProjectSituation = Pick<FileSituation, 'version' | 'mixed'>;

const packages: Partial<Record<SqlTool, readonly string[]>> = { prisma: ['prisma', '@prisma/client'], supabase: ['supabase'] };

/** Reads the settings of a tool for a directory and those above it. */
export function toolSettingsOf(tool: SqlTool, directory: Directory): ProjectSituation {
  return { version: packageVersion(tool, directory), mixed: tool === 'flyway' && flywayMixed(directory) };
}

/** The release that the nearest package.json with one of the tool's packages asks for: the lowest that its range allows. */
function packageVersion(tool: SqlTool, directory: Directory): readonly number[] {
  const names = packages[tool];
  for (let at: Directory | null = names ? directory : null; at; at = at.parent) {
    if (!at.files.includes('package.json')) continue;
    const text = at.whole('package.json');
    for (const name of names ?? []) {
      const range = new RegExp(`"${name}"\\s*:\\s*"([^"]*)"`).exec(text)?.[1];
      const version = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(range ?? '');
      if (version) return version.slice(1).flatMap((part) => (part === undefined ? [] : [Number(part)]));
    }
  }
  return [];
}

function flywayMixed(directory: Directory): boolean {
  const files = ['flyway.conf', 'flyway.toml', 'application.properties', 'application.yml', 'application.yaml'];
  return files.some((file) => /^\s*(?:spring\.flyway\.|flyway\.)?mixed\s*[:=]\s*"?true\b/m.test(findAbove(directory, file)?.text ?? ''));
}

/** What is known about one file: the project's settings, and those that lie beside it. `directory` is the file's own. */
export function fileSituation(tool: SqlTool, directory: Directory, path: string, settings: ProjectSituation): FileSituation {
  return { ...settings, inTransaction: beside(tool, directory, basename(path)), sending: null };
}

function beside(tool: SqlTool, directory: Directory, file: string): boolean | null {
  switch (tool) {
    case 'flyway':
      return directory.files.includes(`${file}.conf`) ? flag(directory.head(`${file}.conf`), 'executeInTransaction') : null;
    case 'diesel':
      return directory.files.includes('metadata.toml') ? flag(directory.head('metadata.toml'), 'run_in_transaction') : null;
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
