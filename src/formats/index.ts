import type { Format } from './format.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { stylish } from './stylish.ts';
import { unix } from './unix.ts';

/** Every report by the name that `--format` takes. */
export const formats: Readonly<Record<string, Format>> = { stylish, unix, json, github, markdown };
