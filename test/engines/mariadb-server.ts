import { spawnSync } from 'node:child_process';

/** The socket of a MariaDB server that the claims are tried on; `.ci/mariadb` starts one and sets it. */
export const socket = process.env['ANZEN_MARIADB_SOCKET'] ?? '';

/** An error of one statement. */
export interface ServerError {
  readonly number: string;
  readonly message: string;
}

/** Runs statements, one a line, each whatever became of the others: the errors by the statement's place in the list. */
export function runStatements(statements: readonly string[]): ReadonlyMap<number, ServerError> {
  const input = statements.map((statement) => `${statement.replace(/\s+/g, ' ')};`).join('\n');
  const { stderr, error } = spawnSync('mariadb', ['--no-defaults', '--force', '--batch', `--socket=${socket}`, '--user=root'], { input, encoding: 'utf8' });
  if (error) throw error;
  const found = new Map<number, ServerError>();
  for (const [, number = '', line = '', message = ''] of stderr.matchAll(/^ERROR (\d+)[^\n]*? at line (\d+): (.*)$/gm)) found.set(Number(line) - 1, { number, message });
  if (/^ERROR/m.test(stderr) && found.size === 0) throw new Error(stderr);
  return found;
}
