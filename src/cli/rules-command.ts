import { rules } from '../rules/index.ts';
import type { Arguments } from './arguments.ts';
import type { World } from './run.ts';

/** `anzen rules`: every rule with its severity, engines and summary; `-f json` for machines. */
export function rulesCommand(given: Arguments, world: World): number {
  if (given.values['format'] === 'json') {
    world.out(`${JSON.stringify(rules.map(({ id, summary, hazard, severity, engines, replaces }) => ({ id, summary, hazard, severity, engines, replaces })), null, 2)}\n`);
    return 0;
  }
  const width = Math.max(...rules.map((rule) => rule.id.length));
  const titles = { fails: 'Fails to apply, or half applies', blocks: 'Blocks traffic', 'breaks-code': 'Breaks running code', 'loses-data': 'Loses data', history: 'History', advice: 'Advice' };
  for (const [hazard, title] of Object.entries(titles)) {
    const mine = rules.filter((rule) => rule.hazard === hazard);
    if (mine.length === 0) continue;
    world.out(`${title}\n${mine.map((rule) => `  ${rule.id.padEnd(width)}  ${rule.severity.padEnd(6)}  ${rule.summary}`).join('\n')}\n\n`);
  }
  return 0;
}
