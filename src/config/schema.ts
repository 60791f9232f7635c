import * as v from 'valibot';
import type { SqlTool } from '../operations/index.ts';
import { presetNames } from './presets/preset-names.ts';

const severity = v.picklist(['error', 'warn', 'notice', 'off'], 'Expected "error", "warn", "notice" or "off".');
const setting = v.union([severity, v.strictTuple([severity, v.record(v.string(), v.unknown())]), v.looseObject({ severity })], 'Expected a severity ("error", "warn", "notice" or "off") or a pair of a severity and options.');
const preset = v.picklist(presetNames, `Expected one of ${presetNames.map((name) => `"${name}"`).join(', ')}.`);
const version = v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+(\.\d+)*$/, 'Expected a version such as 15 or "8.0.36".'))], 'Expected a version such as 15 or "8.0.36".');
const names = v.array(v.string('Expected a text.'), 'Expected a list.');

const flag = v.boolean('Expected true or false.');

const sqlTools = ['flyway', 'golang-migrate', 'goose', 'dbmate', 'sqlx', 'refinery', 'diesel', 'prisma', 'drizzle', 'supabase', 'hasura', 'sqitch', 'liquibase', 'atlas', 'graphile-migrate', 'node-pg-migrate', 'db-migrate', 'pop', 'sql'] as const satisfies readonly SqlTool[];

const expectedSize = 'Expected a number of bytes, or a size such as 10MB.';
const figure = v.pipe(v.number(), v.minValue(0));
const size = v.union([figure, v.pipe(v.string(), v.regex(/^\s*\d+(\.\d+)?\s*(bytes|kB|MB|GB|TB)?\s*$/i, expectedSize))], expectedSize);
const extent = v.strictObject({ rows: v.optional(figure), bytes: v.optional(size) });
const statistics = v.strictObject({ path: v.string(), small: v.optional(extent), large: v.optional(extent), hot: v.optional(v.strictObject({ writes: v.optional(figure) })) });

/** What `.anzen.yml` and `.anzen.json` may hold. The JSON Schema for editors is made from it. */
export const configSchema = v.strictObject({
  $schema: v.optional(v.string()),
  extends: v.optional(v.union([preset, v.array(preset)], `Expected one of ${presetNames.map((name) => `"${name}"`).join(', ')}, or a list of them.`)),
  engine: v.optional(v.picklist(['postgres', 'mysql', 'mariadb', 'sqlite'], 'Expected "postgres", "mysql", "mariadb" or "sqlite".')),
  engineVersion: v.optional(version),
  rules: v.optional(v.record(v.string(), setting, 'Expected rule ids with severities.')),
  paths: v.optional(names),
  ignorePatterns: v.optional(names),
  startAfter: v.optional(v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+(?:\.\d+)*$/, 'Expected a migration version such as 20250131000000.'))], 'Expected a migration version such as 20250131000000.')),
  acknowledged: v.optional(v.record(v.pipe(v.string(), v.regex(/^\d+(?:[._]\d+)*$/, 'Expected a migration version such as 20250131000000.')), v.pipe(v.string('Expected a reason.'), v.trim(), v.minLength(1, 'Expected a reason.')), 'Expected migration versions with reasons.')),
  sql: v.optional(v.strictObject({
    tool: v.optional(v.picklist(sqlTools, `Expected one of ${sqlTools.join(', ')}.`)),
    transaction: v.optional(v.picklist(['wrapped', 'statements', 'whole'], 'Expected "wrapped", "statements" or "whole".')),
  }, 'Expected "tool" or "transaction".')),
  ridgepole: v.optional(v.strictObject({
    files: v.optional(names),
    version: v.optional(version),
    dropTable: v.optional(flag),
    dropTableOnly: v.optional(flag),
    merge: v.optional(flag),
    allowPkChange: v.optional(flag),
    bulkChange: v.optional(flag),
    changeTableOptions: v.optional(flag),
    changeTableComment: v.optional(flag),
    tables: v.optional(names),
    ignoreTables: v.optional(names),
    alterExtra: v.optional(v.string('Expected a text.')),
    preQuery: v.optional(v.string('Expected a text.')),
  }, 'Expected options of Ridgepole, such as "dropTable: true".')),
  tables: v.optional(v.strictObject({ small: v.optional(names), large: v.optional(names), hot: v.optional(names), wide: v.optional(names) }, 'Expected "small", "large", "hot" or "wide".')),
  statistics: v.optional(v.union([v.string(), statistics], 'Expected the path of a file, or "path" with thresholds ("small", "large", "hot").')),
}, 'Expected keys and values.');

/** A validated configuration file. */
export type ConfigFile = v.InferOutput<typeof configSchema>;

/** All keys at the top, for did-you-mean. */
export const configKeys: readonly string[] = Object.keys(configSchema.entries);
