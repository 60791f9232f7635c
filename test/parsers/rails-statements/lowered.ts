import type { Deed, EngineName, Guard, Problem } from '../../../src/operations/index.ts';
import type { Option, StatementCall } from '../../../src/parsers/rails/call.ts';
import { defaultInflections, type RailsEnvironment } from '../../../src/parsers/rails/environment.ts';
import type { StatementHost } from '../../../src/parsers/rails/host.ts';
import { lowerStatement } from '../../../src/parsers/rails/statements/lower.ts';
import type { Value } from '../../../src/parsers/rails/value.ts';
import type { Block } from '../../../src/parsers/ruby/syntax.ts';
import type { Span } from '../../../src/source/span.ts';

/** A Ruby value written in TypeScript: `':name'` is a symbol, other texts are strings, `proc('now()')` a lambda, `code('x')` something unknown. */
export type Written = string | number | boolean | null | readonly Written[] | { readonly [key: string]: Written } | { readonly value: Value };

/** A call of the block variable: name, arguments, options. */
export type TableCall = readonly [name: string, args?: readonly Written[], options?: Readonly<Record<string, Written>>];

/** What surrounds a call in a test. */
export interface Setting {
  readonly engine?: EngineName;
  readonly version?: readonly number[];
  readonly rails?: readonly number[];
  readonly libraries?: readonly string[];
  readonly reversing?: boolean;
  readonly schemaFile?: boolean;
  readonly primaryKeyType?: string;
  readonly datetimeType?: 'timestamp' | 'timestamptz';
  readonly incomplete?: boolean;
}

/** What a call gave. */
export interface Lowered {
  readonly known: boolean;
  readonly deeds: readonly Deed[];
  readonly guards: readonly (readonly Guard[])[];
  readonly problems: readonly Problem[];
}

const nowhere: Span = { start: 0, end: 0 };

/** A lambda whose body is the SQL. */
export function proc(sql: string): { readonly value: Value } {
  return { value: { type: 'lambda', value: text(sql), node: { type: 'literal', value: 'nil', ...nowhere }, at: nowhere } };
}

/** An expression whose value is not known. */
export function code(source: string): { readonly value: Value } {
  return { value: { type: 'unknown', text: source, node: null, at: nowhere } };
}

function text(value: string): Value {
  return { type: 'string', text: { text: value, segments: [] }, partial: false, at: nowhere };
}

function isValue(written: Written): written is { readonly value: Value } {
  return typeof written === 'object' && written !== null && 'value' in written && typeof written.value === 'object' && written.value !== null && 'at' in written.value;
}

/** The value of a written one. */
export function ruby(written: Written): Value {
  if (written === null) return { type: 'nil', at: nowhere };
  if (typeof written === 'number') return { type: 'number', value: written, at: nowhere };
  if (typeof written === 'boolean') return { type: 'boolean', value: written, at: nowhere };
  if (typeof written === 'string') return written.startsWith(':') ? { type: 'symbol', name: written.slice(1), partial: false, at: nowhere } : text(written);
  if (Array.isArray(written)) return { type: 'array', items: written.map(ruby), complete: true, at: nowhere };
  if (isValue(written)) return written.value;
  return { type: 'hash', entries: Object.entries(written as Record<string, Written>).map(([key, value]) => [ruby(`:${key}`), ruby(value)] as const), complete: true, at: nowhere };
}

function statement(name: string, args: readonly Written[], options: Readonly<Record<string, Written>>, on: StatementCall['on'], block: Block | null, setting: Setting): StatementCall {
  return {
    name,
    on,
    verb: on === 'table' ? `t.${name}` : name,
    args: args.map(ruby),
    options: new Map(Object.entries(options).map(([key, value]): [string, Option] => [key, { value: ruby(value), at: nowhere }])),
    optionsComplete: !setting.incomplete,
    block,
    at: nowhere,
    nameAt: nowhere,
  };
}

/** Lowers one call, with what its block holds. */
export function lowered(name: string, args: readonly Written[], options: Readonly<Record<string, Written>> = {}, setting: Setting = {}, block?: readonly TableCall[]): Lowered {
  const deeds: Deed[] = [];
  const guards: (readonly Guard[])[] = [];
  const problems: Problem[] = [];
  const environment: RailsEnvironment = {
    engine: { name: setting.engine ?? 'postgres', version: [], from: 'test' },
    railsVersion: setting.rails ?? null,
    libraries: new Set(setting.libraries ?? []),
    inflections: defaultInflections,
    primaryKeyType: setting.primaryKeyType ?? null,
    ...(setting.datetimeType ? { datetimeType: setting.datetimeType } : {}),
    resolveConstant: () => null,
    ruby: { parse: () => { throw new Error('nothing is parsed here'); } },
    sql: null,
  };
  const host: StatementHost = {
    environment,
    version: setting.version ?? [8, 0],
    isSchemaFile: setting.schemaFile ?? false,
    reversing: setting.reversing ?? false,
    emit: (deed, _at, guard = []) => {
      deeds.push(deed);
      guards.push(guard);
    },
    problem: (problem) => problems.push(problem),
    sql: (sql) => deeds.push({ kind: 'other', text: sql.text }),
    opaque: (reason) => deeds.push({ kind: 'opaque', reason, text: '' }),
    runBlock: (_block, onCall) => {
      for (const [method, inner = [], innerOptions = {}] of block ?? []) onCall(statement(method, inner, innerOptions, 'table', null, setting));
    },
  };
  const node: Block | null = block ? { type: 'block', parameters: [], implicit: null, body: [], ...nowhere } : null;
  const known = lowerStatement(statement(name, args, options, 'migration', node, setting), host);
  return { known, deeds, guards, problems };
}

/** The first deed of a call. */
export function deedOf(...call: Parameters<typeof lowered>): Deed {
  const [deed] = lowered(...call).deeds;
  if (!deed) throw new Error('the call gave nothing');
  return deed;
}

/** The table a `create_table` makes. */
export function tableOf(...call: Parameters<typeof lowered>): Deed<'create-table'> {
  const deed = lowered(...call).deeds.find((each) => each.kind === 'create-table');
  if (deed?.kind !== 'create-table') throw new Error('no table was created');
  return deed;
}
