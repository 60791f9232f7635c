import type { Config } from '../config/config.ts';
import { withoutZeros } from '../config/config.ts';
import { rules } from '../rules/index.ts';
import type { JudgedFinding } from './judge.ts';
import type { Suppressed } from './suppress.ts';

/** What a merged migration has become can be acknowledged by its version; no other hazard can. */
const acknowledgeable: ReadonlySet<string> = new Set(rules.filter(({ history, set }) => history ?? set).map(({ id }) => id));

/** True when the configuration says, with a reason, that this is known of the version. */
export function isAcknowledged({ ruleId }: Pick<JudgedFinding, 'ruleId'>, version: string | null, { acknowledged }: Pick<Config, 'acknowledged'>): boolean {
  return version !== null && acknowledged.has(withoutZeros(version)) && acknowledgeable.has(ruleId);
}

/** Moves the findings that the configuration acknowledges to the suppressed ones. */
export function acknowledge({ kept, suppressed }: Suppressed, version: string | null, config: Pick<Config, 'acknowledged'>): Suppressed {
  if (version === null || config.acknowledged.size === 0) return { kept, suppressed };
  return { kept: kept.filter((finding) => !isAcknowledged(finding, version, config)), suppressed: [...suppressed, ...kept.filter((finding) => isAcknowledged(finding, version, config))] };
}
