import { CsvError, parse } from 'csv-parse/sync';
import { ConfigError } from './error.ts';

/** One line of delimited text, or several where a quoted field goes on. */
export interface DelimitedRecord {
  /** The line it begins on, counted from one. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** Splits CSV (RFC 4180) into records, or tab-separated text when its first line has a tab. Empty lines are left out. Throws `ConfigError` where quotes do not fit. */
export function delimitedRecords(text: string, path: string): DelimitedRecord[] {
  const delimiter = /^[^\n]*\t/.test(text) ? '\t' : ',';
  try {
    const parsed = parse(text, { delimiter, record_delimiter: ['\r\n', '\n'], relax_column_count: true, info: true }) as unknown as readonly Parsed[];
    return parsed.map(({ record }, at) => ({ line: (parsed[at - 1]?.info.lines ?? 0) + 1, fields: record })).filter(({ fields }) => fields.length > 1 || fields[0] !== '');
  } catch (error) {
    if (error instanceof CsvError) throw new ConfigError(`${path}:${String(error['lines'])}: ${causes[error.code] ?? `${error.message}.`}`);
    throw error;
  }
}

/** A record as the library gives it, and the lines that are read by its end. */
interface Parsed { readonly record: readonly string[]; readonly info: { readonly lines: number } }

const causes: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted field is not closed.',
  CSV_INVALID_CLOSING_QUOTE: 'expected a separator after the closing quote.',
  INVALID_OPENING_QUOTE: 'a quote stands in a field that does not begin with one.',
};
