import { ConfigError } from './error.ts';

/** One line of delimited text, or several where a quoted field goes on. */
export interface DelimitedRecord {
  /** The line it begins on, counted from one. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** Splits CSV (RFC 4180) into records, or tab-separated text when its first line has a tab. Empty lines are left out. Throws `ConfigError` where a quoted field is not closed. */
export function delimitedRecords(text: string, path: string): DelimitedRecord[] {
  const separator = /\t/.test(text.slice(0, text.indexOf('\n') + 1 || undefined)) ? '\t' : ',';
  const records: DelimitedRecord[] = [];
  let [line, at] = [1, 0];
  while (at < text.length) {
    const first = line;
    const fields: string[] = [];
    for (let more = true; more;) {
      if (text[at] === '"') fields.push(quotedField(first));
      else fields.push(plainField());
      more = text[at] === separator;
      if (more) at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') [line, at] = [line + 1, at + 1];
    else if (at < text.length) throw new ConfigError(`${path}:${line}: expected a separator after the closing quote.`);
    if (fields.length > 1 || fields[0] !== '') records.push({ line: first, fields });
  }
  return records;

  function plainField(): string {
    const from = at;
    while (at < text.length && text[at] !== separator && text[at] !== '\n' && !(text[at] === '\r' && text[at + 1] === '\n')) at += 1;
    return text.slice(from, at);
  }

  function quotedField(from: number): string {
    let value = '';
    for (at += 1; at < text.length; at += 1) {
      if (text[at] === '"' && text[at + 1] !== '"') {
        at += 1;
        return value;
      }
      if (text[at] === '"') at += 1;
      if (text[at] === '\n') line += 1;
      value += text[at] ?? '';
    }
    throw new ConfigError(`${path}:${from}: a quoted field is not closed.`);
  }
}
