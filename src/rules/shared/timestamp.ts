/** A version of 14 digits that begins with a year: what it says of the time. */
export interface Timestamp {
  /** Null when there is no such date or time. */
  readonly at: Date | null;
  /** True for midnight sharp, or some seconds after it: nobody works then, and who types a version types zeros. */
  readonly roundHours: boolean;
}

/** Reads a version as `YYYYMMDDHHMMSS` in UTC; null when it is no such thing. */
export function calendar(version: string): Timestamp | null {
  const match = /^((?:19|20|21)\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(version);
  if (!match) return null;
  const [year = 0, month = 0, date = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(Number);
  const at = new Date(Date.UTC(year, month - 1, date, hours, minutes, seconds));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === date && hours < 24 && minutes < 60 && seconds < 60;
  return { at: isReal ? at : null, roundHours: hours === 0 && minutes === 0 && seconds < 20 };
}
