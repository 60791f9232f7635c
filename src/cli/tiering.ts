import { setFlagsFromString } from 'node:v8';

/** By Node release, the flag that says how hot a function must be to be optimised, at some ten times V8's own figure. V8 prints an error for a flag it does not know. */
const flags: Readonly<Record<number, string>> = { 20: '--interrupt-budget=1200000', 22: '--invocation-count-for-turbofan=30000', 24: '--invocation-count-for-turbofan=30000' };

/**
 * Keeps V8 from optimising all but the hottest functions: a process that ends within seconds spends more on that than it gets back.
 * Call it before the work begins.
 */
export function delayOptimising(): void {
  const flag = flags[Number(process.versions.node.split('.')[0])];
  if (flag !== undefined) setFlagsFromString(flag);
}
