/** One command line flag; parsing, help and did-you-mean come from this table. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly type: 'boolean' | 'string';
  readonly multiple?: boolean;
  /** How its value is called in help: `FILE`. */
  readonly value?: string;
  /** True when `--no-NAME` exists. */
  readonly negatable?: boolean;
  /** True when only `--no-NAME` makes sense and is shown in help. */
  readonly onlyNegated?: boolean;
  readonly group: 'What to lint' | 'Configuration' | 'Suppressions' | 'Output' | 'Other';
  readonly help: string;
}

/** Every flag of `anzen`. Names are ESLint's where ESLint has them. */
export const flags: readonly Flag[] = [
  { name: 'all', type: 'boolean', group: 'What to lint', help: 'Lint every migration, not only those that are new against the default branch' },
  { name: 'base', type: 'string', value: 'REF', group: 'What to lint', help: 'Compare with this commit, branch or tag instead of the default branch' },
  { name: 'stdin', type: 'boolean', group: 'What to lint', help: 'Lint the text on standard input' },
  { name: 'stdin-filename', type: 'string', value: 'FILE', group: 'What to lint', help: 'The file that the text on standard input stands for' },
  { name: 'ignore-pattern', type: 'string', multiple: true, value: 'GLOB', group: 'What to lint', help: 'Leave out files that match; may be repeated' },
  { name: 'error-on-unmatched-pattern', type: 'boolean', negatable: true, onlyNegated: true, group: 'What to lint', help: 'Do not complain about paths that hold no migrations (for commit hooks)' },
  { name: 'config', short: 'c', type: 'string', value: 'FILE', group: 'Configuration', help: 'Use this file instead of the nearest .anzen.yml or .anzen.json' },
  { name: 'config-lookup', type: 'boolean', negatable: true, onlyNegated: true, group: 'Configuration', help: 'Do not look for a configuration file' },
  { name: 'rule', type: 'string', multiple: true, value: "'ID: SEVERITY'", group: 'Configuration', help: "Set a rule's severity: error, warn, notice or off; may be repeated" },
  { name: 'engine', type: 'string', value: 'NAME', group: 'Configuration', help: 'postgres, mysql, mariadb or sqlite, instead of what the application says' },
  { name: 'engine-version', type: 'string', value: 'VERSION', group: 'Configuration', help: 'The server release, such as 15 or 8.0' },
  { name: 'print-config', type: 'boolean', group: 'Configuration', help: 'Print the configuration in effect as JSON and stop' },
  { name: 'inline-config', type: 'boolean', negatable: true, onlyNegated: true, group: 'Suppressions', help: 'Ignore "anzen-disable" comments' },
  { name: 'report-unused-disable-directives', type: 'boolean', group: 'Suppressions', help: 'Report directives that silence nothing as errors, not as warnings' },
  { name: 'allow', type: 'string', multiple: true, value: 'KIND:OBJECT', group: 'Suppressions', help: 'Allow one operation in this run, such as drop-table:events or drop-column:users.note; may be repeated' },
  { name: 'show-assured', type: 'boolean', group: 'Suppressions', help: 'Show what stands under "safety_assured", too; it never fails a run' },
  { name: 'format', short: 'f', type: 'string', value: 'NAME', group: 'Output', help: 'stylish, unix, json, github or markdown' },
  { name: 'output-file', short: 'o', type: 'string', value: 'FILE', group: 'Output', help: 'Write the report to a file' },
  { name: 'quiet', type: 'boolean', group: 'Output', help: 'Report errors only' },
  { name: 'max-warnings', type: 'string', value: 'N', group: 'Output', help: 'Exit with 1 when there are more warnings than this' },
  { name: 'color', type: 'boolean', negatable: true, group: 'Output', help: 'Force colours on, or off with --no-color' },
  { name: 'help', short: 'h', type: 'boolean', group: 'Other', help: 'Show this help' },
  { name: 'version', short: 'v', type: 'boolean', group: 'Other', help: 'Show the version' },
];
