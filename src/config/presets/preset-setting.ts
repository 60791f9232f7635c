import type { Rule, Severity } from '../../rules/rule.ts';
import type { RuleSetting } from '../config.ts';
import { onlineMigrations } from './online-migrations.ts';
import { alwaysOn } from './preset.ts';
import type { ToolPreset } from './preset.ts';
import type { PresetName } from './preset-names.ts';
import { squawk } from './squawk.ts';
import { strongMigrations } from './strong-migrations.ts';

/** The presets that stand for another tool. */
export const toolPresets: Readonly<Partial<Record<PresetName, ToolPreset>>> = { 'strong-migrations': strongMigrations, 'online-migrations': onlineMigrations, squawk };

const strict: Readonly<Record<Severity, Severity>> = { error: 'error', warn: 'error', notice: 'notice', off: 'off' };

/** What a preset makes of a rule; null when it leaves it as it is. */
export function presetSetting(rule: Pick<Rule, 'id' | 'severity' | 'hazard'>, preset: PresetName): RuleSetting | null {
  const tool = toolPresets[preset];
  if (tool) {
    if (alwaysOn.has(rule.id)) return null;
    const options = tool.rules[rule.id];
    return options ? set(tool.severity, options) : set('off');
  }
  switch (preset) {
    case 'strict':
      return set(strict[rule.severity]);
    case 'all':
      return set(rule.severity === 'off' ? 'warn' : rule.severity);
    case 'advice':
      return rule.severity === 'off' && rule.hazard === 'advice' ? set('warn') : null;
    default:
      return null;
  }
}

function set(severity: Severity, options: RuleSetting['options'] = {}): RuleSetting {
  return { severity, options, preset: true };
}
