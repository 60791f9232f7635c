import { basename, dirname } from 'node:path/posix';
import type { RemedyContext } from '../context.ts';
import type { RemedyStep } from '../remedy.ts';
import { codeStep } from '../step.ts';

/** How a file is told to run outside a transaction: the sentence, and the file as it should be, or what is to be done about it. */
export interface Switch {
  readonly advice: string;
  readonly steps: readonly RemedyStep[];
}

/** The user's own file with the tool's transaction switched off; null for a tool that has no switch in the file or beside it. */
export function switchOff(c: RemedyContext): Switch | null {
  const { framework, source } = c.migration;
  const { text, path } = source;
  switch (framework) {
    case 'goose':
      return c.migration.transactionDisabledAt
        ? edited('Take the statements out of the block between "StatementBegin" and "StatementEnd", which goose sends as one text.', withoutBlocks(text), c)
        : edited('Add "-- +goose NO TRANSACTION" to the file.', `-- +goose NO TRANSACTION\n${text}`, c);
    case 'dbmate':
      return edited('Write "transaction:false" behind "-- migrate:up", and behind "-- migrate:down" where it is concurrent as well.', dbmateText(text), c);
    case 'sqlx':
      return edited('Begin the file with "-- no-transaction".', `-- no-transaction\n${text.replace(/^[ \t]*--[ \t]*no-transaction\b[^\n]*\n/m, '')}`, c);
    case 'atlas':
      return edited('Begin the file with "-- atlas:txmode none" and an empty line.', `-- atlas:txmode none\n\n${text.replace(/^(?:--|#)[ -~]*?atlas:txmode\b[^\n]*\n\n?/m, '')}`, c);
    case 'liquibase':
      return liquibase(c);
    case 'diesel':
      return { advice: 'Switch the transaction off in a metadata.toml beside the file.', steps: [{ kind: 'code', text: 'The settings of this migration:', code: 'run_in_transaction = false\n', path: `${dirname(path)}/metadata.toml` }] };
    case 'pop': {
      const name = basename(path).replace(/(?=\.up\.sql$)/, '.autocommit');
      return { advice: 'Let the file\'s name say that it commits by itself.', steps: [codeStep(`Rename it to "${name}".`)] };
    }
    default:
      return null;
  }
}

function edited(advice: string, code: string, c: RemedyContext): Switch {
  return { advice, steps: [{ kind: 'code', text: 'The same file, outside a transaction:', code, path: c.migration.source.path }] };
}

function dbmateText(text: string): string {
  return text.split(/(?=^--\s*migrate:(?:up|down)\b)/m).map((section) => (/\bconcurrently\b/i.test(section) ? section.replace(/^(--\s*migrate:(?:up|down))\b(?:[ \t]+transaction\s*[:=]\s*["']?(?:false|off|no)\b["']?)?/i, '$1 transaction:false') : section)).join('');
}

/** goose's blocks around what runs concurrently, opened: each statement is then sent by itself. */
function withoutBlocks(text: string): string {
  return text.replace(/^--\s*\+goose\s+StatementBegin[^\n]*\n([\s\S]*?)^--\s*\+goose\s+StatementEnd[^\n]*\n?/gim, (block, inside: string) => (/\bconcurrently\b/i.test(inside) ? inside : block));
}

const misspelt = /[ \t]*\brunInTransaction\s*[:=]\s*["']?(?:false|true)\b["']?/gi;

/** Only the changesets with CONCURRENTLY in them. */
function liquibase(c: RemedyContext): Switch {
  const sections = c.migration.source.text.split(/(?=^\s*--\s*changeset\b)/im);
  let advice = 'Take "splitStatements:false" out of the changeset, with which Liquibase sends it as one text.';
  const code = sections.map((section) => {
    const [head = ''] = section.trimStart().split('\n', 1);
    if (!/\bconcurrently\b/i.test(section.replace(/^\s*--.*$/gm, ''))) return section;
    if (!/\brunInTransaction:false\b/i.test(head)) advice = 'Add "runInTransaction:false" to the changeset.';
    else if (!/\bsplitStatements:false\b/i.test(head)) return section;
    return section.replace(/^(\s*--\s*changeset\b[^\r\n]*?)[ \t]*(?=\r?\n|$)/i, (line) => `${line.replace(misspelt, '').replace(/[ \t]*\bsplitStatements:false\b/gi, '').trimEnd()} runInTransaction:false`);
  }).join('');
  return edited(advice, code, c);
}
