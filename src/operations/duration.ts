/** A bound on waiting for locks that is set before a migration runs. */
export interface LockTimeout {
  /** Null when it is not known how long; zero when it says to wait for ever. */
  readonly milliseconds: number | null;
  /** Where it is set, for messages: `config/database.yml`, `strong_migrations`. */
  readonly by: string;
}

const units: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration as settings of Postgres spell it (`5s`, `'500 ms'`, `2000`) in milliseconds; null when it is none. A bare number counts `unit` milliseconds. */
export function parseDuration(text: string, unit: number): number | null {
  const match = /^\s*(['"]?)\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*\1\s*$/i.exec(text);
  const factor = match?.[3] ? units[match[3]] : unit;
  return match?.[2] === undefined || factor === undefined ? null : Number(match[2]) * factor;
}

/** A duration for a message: `5 seconds`, `200 ms`, `3 minutes`. */
export function printDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  const [count, word] = milliseconds >= 3_600_000 ? [milliseconds / 3_600_000, 'hour'] : milliseconds >= 120_000 ? [milliseconds / 60_000, 'minute'] : [milliseconds / 1_000, 'second'];
  return `${Math.round(count * 10) / 10} ${word}${count === 1 ? '' : 's'}`;
}
