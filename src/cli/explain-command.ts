import { existsSync, readFileSync } from 'node:fs';
import { nearestWord } from '../config/nearest.ts';
import { rules } from '../rules/index.ts';
import type { Arguments } from './arguments.ts';
import type { World } from './run.ts';
import { Refusal } from './run.ts';

/** `anzen explain RULE`: the rule's page, as it is in the documentation. */
export function explainCommand(given: Arguments, world: World): number {
  const id = given.positionals[1];
  if (id === undefined) throw new Refusal('"anzen explain" needs a rule, for instance "anzen explain rename-column". "anzen rules" lists them.');
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) {
    const near = nearestWord(id, rules.map((candidate) => candidate.id));
    throw new Refusal(`"${id}" is not a rule.${near ? ` Did you mean "${near}"?` : ' "anzen rules" lists them.'}`);
  }
  const page = ['../docs/rules/', '../../docs/rules/'].map((folder) => new URL(`${folder}${id}.md`, import.meta.url)).find((url) => existsSync(url));
  world.out(page ? readFileSync(page, 'utf8') : `# ${rule.id}\n\n${rule.summary}\n\n${rule.docs.why}\n\n${rule.docs.exceptions}\n`);
  return 0;
}
