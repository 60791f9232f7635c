import { spawn, spawnSync } from 'node:child_process';

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

/** A session of its own, which keeps what it locks. */
export interface Session {
  /** Runs one statement: the first column of its rows, or the number of its error. */
  run(sql: string): Promise<{ readonly rows: readonly string[]; readonly error: string | null }>;
  /** The server's number of the session. */
  readonly id: string;
  close(): void;
}

/** Opens a session in a database. */
export async function openSession(database: string): Promise<Session> {
  const client = spawn('mariadb', ['--no-defaults', '--force', '--batch', '--skip-column-names', '--unbuffered', `--socket=${socket}`, '--user=root', database]);
  let [out, failures, asked] = ['', '', 0];
  client.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  client.stderr.setEncoding('utf8').on('data', (text: string) => (failures += text));
  const run: Session['run'] = async (sql) => {
    [out, failures] = ['', ''];
    const end = `end of ${++asked}`;
    client.stdin.write(`${sql};\nSELECT '${end}';\n`);
    while (!out.includes(end)) await new Promise((resolve) => setTimeout(resolve, 5));
    return { rows: out.split('\n').filter((line) => line !== '' && line !== end), error: /^ERROR (\d+)/m.exec(failures)?.[1] ?? null };
  };
  const [id = ''] = (await run('SELECT connection_id()')).rows;
  return { run, id, close: () => void client.stdin.end() };
}
