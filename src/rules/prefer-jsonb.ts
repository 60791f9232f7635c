import type { ColumnType, Default, Engine } from '../operations/index.ts';
import { isMysql } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { columnsSubject, judgeColumns } from './shared/written-columns.ts';

export default defineRule({
  id: 'prefer-jsonb',
  summary: 'JSON is kept in a text or hstore column, where the database neither checks nor indexes it.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres', 'mysql'],
  replaces: [],
  docs: {
    why: 'A text column takes any text, also half a document: the reader fails, long after the write. Queries cast every row to look inside, no index can help, and a change of one key writes the whole text from the application, where two writers overwrite each other. '
      + 'jsonb (MySQL: json) refuses what is not JSON (22P02; MySQL 3140), can be indexed and can be changed in place. hstore holds texts only and has no nesting. The type json has its own rule, `json-column`.',
    exceptions: 'A copy of a message that has to stay as it was received, byte for byte, such as a signed webhook. A text column is reported when its default is a JSON document (`\'{}\'`, `\'[]\'`) or its name ends in `json`. MariaDB\'s JSON is text itself, so it is left out.',
  },
  check: judgeColumns(({ type, name, definition }, _, { engine }) => type.name === 'hstore' || (isText(type, engine) && (/(?:^|_)json$/i.test(name) || isDocument(definition?.default))), (columns, { engine }) => ({
    message: `${columnsSubject(columns, 'keeps', 'keep')} documents in the type ${columns[0]?.type.name ?? 'text'}.`,
    why: columns[0]?.type.name === 'hstore' ? 'hstore holds texts only: numbers and true become texts, and nothing nests.' : 'The database takes any text there, so half a document is found by the reader; no index helps to look inside.',
    remedy: advise(`Use ${isMysql(engine) ? 'json' : 'jsonb'}.`),
  })),
});

function isText({ name, array }: ColumnType, engine: Engine): boolean {
  return !array && (name === 'text' || name === 'varchar' || (isMysql(engine) && /^(?:medium|long)text$/.test(name)));
}

function isDocument(value: Default | undefined): boolean {
  return value?.kind === 'constant' && typeof value.value === 'string' && /^\s*(?:\{.*\}|\[.*\])\s*$/s.test(value.value);
}
