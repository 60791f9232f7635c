import type { RunOptions } from '../parsers/ridgepole/run-options.ts';
import { usualRun } from '../parsers/ridgepole/run-options.ts';
import type { RidgepoleCommand } from '../project/ridgepole-commands.ts';

/**
 * How Ridgepole is run, by the options that its calls write out. Several calls count together: what one of them does can happen. A switch that only some condition adds
 * (`options << '--drop-table' if ENV['ALLOW_DROP_TABLE']`) counts, too: that is the run to look at.
 */
export function runFromCommands(commands: readonly RidgepoleCommand[]): RunOptions {
  if (commands.length === 0) return usualRun;
  const text = commands.map((command) => command.text).join('\n');
  const has = (...flags: readonly string[]) => flags.some((flag) => new RegExp(`(?:^|[\\s"'\`,\\[(])${flag}(?=$|[\\s"'\`,\\])=])`, 'm').test(text));
  const value = (flag: string) => new RegExp(`(?:^|[\\s"'\`,])${flag}(?:[\\s=]+|["']\\s*,\\s*)(?:"([^"]*)"|'([^']*)'|\\\\"([^"\\\\]*)\\\\"|([^\\s"'\`\\])]+))`, 'm').exec(text)?.slice(1).find((part) => part !== undefined) ?? null;
  const drops = has('--drop-table') ? true : has('--skip-drop-table') ? false : null;
  const isMerge = has('--merge', '-m') && !has('--apply', '-a');
  return {
    dropTable: drops, dropTableOnly: has('--drop-table-only'), merge: isMerge, allowPrimaryKeyChange: has('--allow-pk-change'), bulkChange: has('--bulk-change'),
    changeTableOptions: has('--mysql-change-table-options'), changeTableComment: has('--mysql-change-table-comment', '--pg-change-table-comment'), skipColumnComments: has('--skip-column-comment-change'),
    indexesGoWithColumns: has('--index-removed-drop-column'), tables: value('(?:--tables|-t)')?.split(',') ?? null, ignoreTables: value('--ignore-tables')?.split(',') ?? [],
    alterExtra: value('--alter-extra'), preQuery: value('--pre-query'), tableOptions: value('--table-options'), from: commands[0]?.path ?? null,
  };
}
