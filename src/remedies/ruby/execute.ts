import { rubyString } from './literal.ts';
import type { RubyTarget } from './target.ts';
import { since } from './target.ts';

/** `execute` with the statement as a string when it is short, else as a heredoc. */
export function executeSql(sql: string, target: RubyTarget): string[] {
  if (!sql.includes('\n') && sql.length <= 90) return [`execute ${rubyString(sql)}`];
  const terminator = heredocTerminator(sql);
  // A quoted terminator switches interpolation and escapes off.
  const raw = /\\|#[{@$]/.test(sql);
  const marker = raw ? `'${terminator}'` : terminator;
  if (!since(target, 5, 0)) return [`execute <<-${marker}`, ...indent(sql), terminator];
  return [`execute <<~${marker}`, ...indent(sql), terminator];
}

function heredocTerminator(sql: string): string {
  let terminator = 'SQL';
  while (sql.split('\n').some((line) => line.trim() === terminator)) terminator += '_END';
  return terminator;
}

function indent(text: string): string[] {
  return text.split('\n').map((line) => (line === '' ? line : `  ${line}`));
}
