import type { Config } from '../config/config.ts';
import type { SettingsProblem } from '../config/squawk-toml.ts';
import { sha256 } from '../source/sha256.ts';
import type { MigrationFile } from '../project/migration-file.ts';
import type { Project } from '../project/project.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { FileResult } from './result.ts';

/** Says how many merged migrations a run left out, or nothing. */
export function leftOutNote(project: Project): string[] {
  if (project.leftOut === 0 || !project.base) return [];
  const many = project.leftOut === 1 ? '1 older migration is' : `${project.leftOut} older migrations are`;
  return [`${many} on ${project.base.name} already and left out; "--all" lints them too.`];
}

/** Says how many tables are exempt as small by the figures of a statistics file, or nothing: a list in the configuration speaks for itself. */
export function smallTablesNote({ measured }: Config): string[] {
  // A table may be known by two names.
  const small = new Set([...measured.values()].filter(({ policy }) => policy === 'small')).size;
  if (small === 0) return [];
  return [`${small === 1 ? '1 table is' : `${small} tables are`} small by the statistics file: hazards that grow with the rows are not reported for ${small === 1 ? 'it' : 'them'}.`];
}

/** The result for a file that could not be read: one error at its start. */
export function unreadable(file: MigrationFile): FileResult {
  const text = file.read();
  const message = 'problem' in text ? text.problem : 'The file cannot be read.';
  return { path: file.path, suppressed: [], diagnostics: [errorAt('unreadable-file', file.path, { line: 1, column: 1 }, message, 'A migration that cannot be read is not judged.')] };
}

/** The result for a settings file of another tool that cannot be used: one error where it is broken. The migrations are judged without it. */
export function unusable({ path, line, column, message }: SettingsProblem): FileResult {
  return { path, isBeside: true, suppressed: [], diagnostics: [errorAt('unreadable-settings', path, { line, column }, message, 'The migrations are judged as if the file were not there.')] };
}

function errorAt(ruleId: string, path: string, start: Diagnostic['start'], message: string, why: string): Diagnostic {
  return {
    ruleId, hazard: 'fails', severity: 'error', path, span: { start: 0, end: 0 }, start, end: start, statement: { start, end: start },
    message, why, remedy: null, related: [], assured: null, fingerprint: sha256(`${ruleId}\0${path}`).slice(0, 16),
  };
}
