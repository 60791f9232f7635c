import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadRubyParser } from '../src/parsers/ruby/parser.ts';
import { createSource } from '../src/source/source.ts';

// The floor for a run over many migrations: read and parse every file of a directory, nothing else.
const directory = process.argv[2] ?? '.';
const parser = await loadRubyParser();
let calls = 0;
for (const name of readdirSync(directory)) calls += parser.parse(createSource(name, readFileSync(join(directory, name), 'utf8'))).program.body.length;
process.stdout.write(`${calls}\n`);
