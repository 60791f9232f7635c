/** The presets a configuration can extend. */
export const presetNames = ['recommended', 'strict', 'advice', 'all', 'strong-migrations', 'online-migrations', 'squawk'] as const;

/** The name of a preset. */
export type PresetName = (typeof presetNames)[number];
