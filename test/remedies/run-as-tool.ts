import type { PGlite } from '@electric-sql/pglite';
import type { SqlTool } from '../../src/operations/index.ts';
import type { FileSituation } from '../../src/parsers/sql/file/part.ts';
import { readParts } from '../../src/parsers/sql/file/read-parts.ts';
import { travelOf } from '../../src/parsers/sql/file/sending.ts';
import { loadSqlParser } from '../../src/parsers/sql/parser.ts';
import { postgres } from './scene.ts';

const parser = await loadSqlParser('postgres');

/** Runs the way up of a file on a database as the tool would send it: in a transaction, statement by statement, or as one text. */
export async function runAsTool(database: PGlite, text: string, tool: SqlTool, situation: Partial<FileSituation> = {}): Promise<void> {
  const { up } = readParts[tool](text, { version: [], inTransaction: null, mixed: false, sending: null, ...situation }, postgres);
  for (const part of up) {
    const own = part.text ?? text.slice(part.start, part.end);
    const statements = parser.parse(own);
    const sql = statements.map(({ start, end }) => own.slice(start, end));
    switch (travelOf(part.sending, statements, postgres)) {
      case 'wrapped':
        await database.exec('BEGIN');
        for (const statement of sql) await database.exec(statement);
        await database.exec('COMMIT');
        break;
      case 'whole':
        await database.exec(sql.join(';\n'));
        break;
      default:
        for (const statement of sql) await database.exec(statement);
    }
  }
}

/** Runs every statement of the way up by itself, whatever the tool would do, but for those that begin or end a transaction; `except` are spans to leave out. */
export async function runOneByOne(database: PGlite, text: string, tool: SqlTool, except: readonly { readonly start: number; readonly end: number }[] = []): Promise<void> {
  const { up } = readParts[tool](text, { version: [], inTransaction: null, mixed: false, sending: null }, postgres);
  for (const part of up) {
    const own = part.text ?? text.slice(part.start, part.end);
    for (const { start, end, deeds } of parser.parse(own)) {
      if ((deeds.length > 0 && deeds.every(({ deed }) => deed.kind === 'begin' || deed.kind === 'commit')) || except.some((span) => span.start === part.start + start)) continue;
      await database.exec(own.slice(start, end));
    }
  }
}
