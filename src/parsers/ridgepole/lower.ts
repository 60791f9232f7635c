import type { Deed, Guard, Operation } from '../../operations/index.ts';
import { isMysql, operation } from '../../operations/index.ts';
import type { Span } from '../../source/span.ts';
import { contains } from '../../source/span.ts';
import type { Block } from '../ruby/syntax.ts';
import type { StatementCall } from '../rails/call.ts';
import type { RailsEnvironment } from '../rails/environment.ts';
import type { StatementHost } from '../rails/host.ts';
import { nameText, qualifiedName } from '../rails/statements/arguments.ts';
import { lowerStatement } from '../rails/statements/lower.ts';
import type { WrittenAt } from './defined.ts';
import type { RunOptions } from './run-options.ts';
import type { ColumnAspect, ScriptCall } from './script.ts';

/** What calls are lowered with. */
export interface LowerSituation {
  readonly environment: RailsEnvironment;
  /** Active Record's release. */
  readonly version: readonly number[];
  readonly run: RunOptions;
  /** Where a place of one of the files is in the source of the migration. */
  readonly place: (written: WrittenAt, span: Span) => Span;
}

/** What the calls of a script do, through what Active Record makes of them. Nothing opens a transaction: each statement commits by itself. */
export function lowerScript(script: readonly ScriptCall[], situation: LowerSituation): Operation[] {
  return script.flatMap((call) => lowerOne(call, situation));
}

function lowerOne(call: ScriptCall, situation: LowerSituation): Operation[] {
  const { written, changes } = call;
  const operations: Operation[] = [];
  const statement = situation.place(written, written.statement);
  const add = (deed: Deed, at: Span | undefined, guards: readonly Guard[]): void => {
    if (changes && !isWanted(deed, changes)) return;
    const span = at && contains(written.at, at) ? at : written.at;
    operations.push(operation(withExtra(deed, situation), {
      at: situation.place(written, span), statement, via: [], transaction: null, guards, certain: true, assured: null, direction: 'up', language: 'ruby', verb: call.name,
      ...(call.combined && situation.environment.engine.name !== 'sqlite' ? { combined: true } : {}),
    }) as Operation);
  };
  const host: StatementHost = {
    environment: situation.environment, version: situation.version, isSchemaFile: true, reversing: false,
    emit: (deed, at, guards = []) => add(deed, at, guards),
    problem: () => undefined,
    sql: () => undefined,
    opaque: (reason, at) => add({ kind: 'opaque', reason, text: call.name }, at, []),
    runBlock: (_block, onCall) => { for (const inner of call.inner ?? []) onCall(statementCall(inner, 'table')); },
  };
  if (call.name === 'change_table_options') {
    const [table] = call.args;
    const options = call.options.get('options')?.value;
    if (table && options) add({ kind: 'set-table-option', table: qualifiedName(table), option: /\bENGINE\s*=/i.test(nameText(options)) ? 'engine' : 'other', value: nameText(options) }, undefined, []);
  } else lowerStatement(statementCall(call, 'migration'), host);
  return operations;
}

/** `change_column` says everything about the column; only what differs changes anything. */
function isWanted(deed: Deed, changes: ReadonlySet<ColumnAspect>): boolean {
  switch (deed.kind) {
    case 'alter-column-type':
      return changes.has('type') || changes.has('other');
    case 'set-default':
      return changes.has('default');
    case 'set-not-null':
    case 'drop-not-null':
      return changes.has('null');
    case 'set-column-option':
      return changes.has('comment');
    default:
      return true;
  }
}

/** `--alter-extra` stands behind every ALTER TABLE and index statement. */
function withExtra(deed: Deed, { run, environment }: LowerSituation): Deed {
  if (run.alterExtra === null || !isMysql(environment.engine)) return deed;
  const algorithm = /\bALGORITHM\s*=?\s*(\w+)/i.exec(run.alterExtra)?.[1]?.toUpperCase() ?? null;
  const lock = /\bLOCK\s*=?\s*(\w+)/i.exec(run.alterExtra)?.[1]?.toUpperCase() ?? null;
  if (deed.kind === 'create-index' || deed.kind === 'drop-index') return { ...deed, algorithm: deed.algorithm ?? algorithm, lock: deed.lock ?? lock };
  if (deed.kind === 'create-table' || deed.kind === 'drop-table' || deed.kind === 'rename-table') return deed;
  return { ...deed, alter: { algorithm, lock, ignore: false, actions: [deed.kind] } };
}

const block: Block = { type: 'block', start: 0, end: 0, parameters: [], body: [], implicit: null };

function statementCall({ name, args, options, inner, written }: ScriptCall, on: StatementCall['on']): StatementCall {
  return { name, on, verb: on === 'table' ? `t.${name}` : name, args, options, optionsComplete: true, block: inner ? block : null, at: written.at, nameAt: written.at };
}
