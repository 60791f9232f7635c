import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { configSchema } from '../src/config/schema.ts';
import { rules } from '../src/rules/index.ts';

// Writes schema/anzen.schema.json, which editors use for .anzen.yml and .anzen.json; `--check` fails when it is stale.
const schema = toJsonSchema(configSchema, { errorMode: 'ignore' }) as { properties: Record<string, Record<string, unknown>> };
const setting = schema.properties['rules']?.['additionalProperties'];
const described: Record<string, string> = {
  extends: 'Presets: "recommended" (the default), "strict" (warnings become errors), "advice" (the advice rules become warnings), "all" (rules that are off become warnings); "squawk", "strong-migrations" and "online-migrations" give the verdicts of those tools.',
  engine: 'The database server, when the application\'s own files do not say it or say it wrong.',
  engineVersion: 'The server\'s release, such as 15 or "8.0".',
  rules: 'Severity by rule id: "error", "warn", "notice" or "off", or a pair of a severity and options.',
  paths: 'Directories that hold migrations, relative to this file. Found by themselves when left out.',
  ignorePatterns: 'Globs of files that are never linted.',
  startAfter: 'Migrations up to and with this version are not reported.',
  tables: 'What is known of tables: "small" ones are exempt from hazards that grow with the rows; about "large", "hot" and "wide" ones, warnings about blocked traffic are errors.',
  statistics: 'A file with the rows and bytes of each table, relative to this file, or its path with the thresholds from which on a table is small, large or hot. See docs/tables.md.',
};
for (const [key, text] of Object.entries(described)) if (schema.properties[key]) schema.properties[key]['description'] = text;
if (schema.properties['rules']) {
  schema.properties['rules']['properties'] = Object.fromEntries(rules.map((rule) => [rule.id, { description: rule.summary, ...(setting as object) }]));
  schema.properties['rules']['additionalProperties'] = false;
}
const text = `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', title: 'anzen configuration', ...schema }, null, 2)}\n`;
const file = new URL('../schema/anzen.schema.json', import.meta.url);
if (process.argv.includes('--check')) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error('schema/anzen.schema.json is stale: run "npm run config-schema".');
    process.exit(1);
  }
} else {
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, text);
}
