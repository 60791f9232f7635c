/** One measured type change that leaves the rows as they are. */
export interface FreeRow {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /**
   * What the arguments must be: `any`; `unbounded`: the new type has none; `wider`: the first one is not smaller, or the new type has none;
   * `precision`: digits of a second, not fewer, where none means 6; `full`: all 6 of them; `digits`: precision not smaller at the same scale, or none at all.
   */
  readonly when: 'any' | 'unbounded' | 'wider' | 'precision' | 'full' | 'digits';
  /** It depends on the session's TimeZone. */
  readonly utc?: true;
  /** What happens to an index on the column. */
  readonly index: 'kept' | 'built';
  readonly source: string;
}

/** Every pair of built-in types that Postgres changes without a rewrite; all other pairs rewrite (58 types measured against each other on 18). */
export const freeRows: readonly FreeRow[] = [
  { from: ['varchar'], to: ['varchar'], when: 'wider', index: 'kept', source: 'alter-type-varchar-widen' },
  { from: ['varchar'], to: ['text'], when: 'any', index: 'kept', source: 'alter-type-varchar-to-text' },
  { from: ['text'], to: ['varchar'], when: 'unbounded', index: 'kept', source: 'alter-type-text-to-varchar-unbounded' },
  { from: ['varchar', 'text'], to: ['citext'], when: 'any', index: 'built', source: 'alter-type-varchar-to-citext' },
  { from: ['citext'], to: ['text', 'varchar'], when: 'unbounded', index: 'built', source: 'type-matrix' },
  { from: ['xml'], to: ['text', 'varchar'], when: 'unbounded', index: 'built', source: 'type-matrix' },
  { from: ['numeric'], to: ['numeric'], when: 'digits', index: 'kept', source: 'alter-type-numeric-widen-precision' },
  { from: ['timestamp'], to: ['timestamp'], when: 'precision', index: 'kept', source: 'alter-type-timestamp-precision-widen' },
  { from: ['timestamptz'], to: ['timestamptz'], when: 'precision', index: 'kept', source: 'type-matrix' },
  { from: ['time'], to: ['time'], when: 'precision', index: 'kept', source: 'type-matrix' },
  { from: ['timetz'], to: ['timetz'], when: 'precision', index: 'kept', source: 'type-matrix' },
  { from: ['interval'], to: ['interval'], when: 'precision', index: 'kept', source: 'type-matrix' },
  { from: ['timestamp'], to: ['timestamptz'], when: 'full', utc: true, index: 'built', source: 'alter-type-timestamp-to-timestamptz-utc' },
  { from: ['timestamptz'], to: ['timestamp'], when: 'full', utc: true, index: 'built', source: 'alter-type-timestamptz-to-timestamp-utc' },
  { from: ['varbit'], to: ['varbit'], when: 'wider', index: 'kept', source: 'type-matrix' },
  { from: ['bit'], to: ['varbit'], when: 'unbounded', index: 'built', source: 'type-matrix' },
  { from: ['cidr'], to: ['inet'], when: 'any', index: 'kept', source: 'alter-type-cidr-to-inet' },
  { from: ['integer'], to: ['oid'], when: 'any', index: 'built', source: 'type-matrix' },
  { from: ['oid'], to: ['integer'], when: 'any', index: 'built', source: 'type-matrix' },
];

/** Families whose members Postgres converts into each other without a USING clause; every type converts to the character types. */
export const castGroups: readonly (readonly string[])[] = [
  ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double'],
  ['integer', 'bigint', 'numeric', 'money'],
  ['integer', 'bigint', 'oid'],
  ['date', 'timestamp', 'timestamptz'],
  ['timestamp', 'time'], ['timestamptz', 'time', 'timetz'], ['time', 'interval'],
  ['json', 'jsonb'], ['inet', 'cidr'], ['bit', 'varbit'], ['macaddr', 'macaddr8'],
];

/** Pairs inside a family that have no such cast after all. */
export const noCast: ReadonlySet<string> = new Set([
  'money integer', 'money bigint', 'timetz timestamptz', 'time timestamp', 'time timestamptz',
]);

/** The character types that every value converts to. */
export const textTypes: ReadonlySet<string> = new Set(['text', 'varchar', 'char', 'citext', 'name']);

/** Digits that an integer type can hold. */
export const integerDigits: ReadonlyMap<string, number> = new Map([['smallint', 5], ['integer', 10], ['bigint', 19]]);

/** Characters that the longest value of a type takes as text. */
export const printedWidth: ReadonlyMap<string, number> = new Map([
  ['smallint', 6], ['integer', 11], ['bigint', 20], ['boolean', 5], ['uuid', 36], ['date', 13], ['timestamp', 29], ['timestamptz', 38], ['time', 15], ['timetz', 24],
  ['macaddr', 17], ['inet', 43], ['cidr', 43],
]);
