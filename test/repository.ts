import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];
afterAll(() => made.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

/** A directory that is removed after the tests of the file. */
export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'anzen-test-')));
  made.push(directory);
  return directory;
}

/** Runs git in a directory, with an identity and without the machine's own settings. */
export function git(directory: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', '-c', 'protocol.file.allow=always', ...args], {
    cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
}

/** Writes files, by path below a directory. */
export function write(directory: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

/** Writes files and commits everything. */
export function commit(directory: string, message: string, files: Readonly<Record<string, string>> = {}): string {
  write(directory, files);
  git(directory, 'add', '-A');
  git(directory, 'commit', '-q', '--allow-empty', '-m', message);
  return git(directory, 'rev-parse', 'HEAD').trim();
}

/** A repository with one commit on `main`. */
export function repository(files: Readonly<Record<string, string>>): string {
  const directory = temporaryDirectory();
  git(directory, 'init', '-q', '-b', 'main');
  commit(directory, 'base', files);
  return directory;
}

/** A migration that adds an index the blocking way. */
export function indexMigration(name: string): string {
  return `class ${name} < ActiveRecord::Migration[7.1]\n  def change\n    add_index :users, :email\n  end\nend\n`;
}

/** A migration that only adds a column. */
export function columnMigration(name: string, column = 'note'): string {
  return `class ${name} < ActiveRecord::Migration[7.1]\n  def change\n    add_column :users, :${column}, :text\n  end\nend\n`;
}

/** A schema with a table of users. */
export const schemaFile = 'ActiveRecord::Schema[7.1].define(version: 2025_01_01_000000) do\n  create_table "users", force: :cascade do |t|\n    t.string "email"\n  end\nend\n';

/** That schema with what `indexMigration` makes, at the version of a migration `20260101081530`. */
export const indexedSchemaFile = schemaFile.replace('2025_01_01_000000', '2026_01_01_081530').replace('  end\nend', '    t.index ["email"], name: "index_users_on_email"\n  end\nend');
