/** A configuration that cannot be used; `message` starts with its place, `path:line:column`. */
export class ConfigError extends Error {}
