import type { FrontEnd } from '../frameworks/framework.ts';
import { printName } from '../operations/index.ts';
import type { Migration, Operation, PlacedVersion } from '../operations/index.ts';
import type { MigrationFile, MigrationSet } from '../project/migration-file.ts';
import { naturally } from '../project/naturally.ts';
import { sameText } from '../project/read.ts';
import type { DumpHistory } from '../rules/shared/change-set.ts';
import type { Comparison, Omission, Unknown } from '../schema/compare/difference.ts';
import { unknownAfter, unknownInEither, unknownInDump } from '../schema/compare/unknown.ts';
import { createSchema } from '../schema/state.ts';
import type { Source } from '../source/source.ts';
import { dumpOmissions, undumpedTables } from './dump-omissions.ts';
import { replay } from './judge.ts';

/** So many merged migrations that the base's dump does not have yet are folded into it; with more of them, it is no dump of theirs. */
const mostBehind = 20;

/** Compares a Rails dump that is merged with what the change set makes of it. Null where there is none, or where it is gone. */
export async function dumpHistoryOf(set: MigrationSet, frontEnd: FrontEnd, reported: ReadonlyMap<MigrationFile, Migration>): Promise<DumpHistory | null> {
  const { dump, framework } = set;
  const source = dump?.at === 'base' ? dump.here?.() : null;
  if (!dump || !source || framework !== 'rails') return null;
  const here = { ...dump, source };
  const versions = { base: frontEnd.dumpVersions(dump), here: frontEnd.dumpVersions(here) };
  const fresh = set.files.filter(({ status }) => status === 'new');
  const isChanged = !sameText(source, dump.source);
  if (!isChanged && fresh.length === 0) return null;
  const base = await frontEnd.parseDump(dump);
  const operations = isChanged ? await frontEnd.parseDump(here) : base;
  const behind = behindBase(set, versions.base);
  const parsed = new Map<MigrationFile, Migration>();
  for (const file of [...(behind ?? []), ...fresh]) {
    const text = reported.has(file) ? null : file.read();
    const migration = reported.get(file) ?? (text && 'source' in text ? await frontEnd.parse(text.source) : null);
    if (migration) parsed.set(file, migration);
  }
  const ordered = set.files.flatMap((file) => parsed.get(file) ?? []);
  const expected = createSchema({ complete: true, engine: frontEnd.engine.name });
  for (const operation of base) expected.apply(operation, { inChangeSet: false });
  for (const migration of ordered) replay(migration, expected, frontEnd.engine, false);
  const dumped = createSchema({ complete: true, engine: frontEnd.engine.name });
  for (const operation of operations) dumped.apply(operation, { inChangeSet: false });
  const isPlain = behind !== null && set.deleted.length === 0 && parsed.size === behind.length + fresh.length && set.files.every(({ status }) => status === 'new' || status === 'merged');
  return {
    format: dump.format, source, isChanged, versions, operations, expected, here: dumped,
    comparison: comparisonOf(dump.source, here, frontEnd, unknownOf(isPlain, ordered, base, operations)),
    migrations: fresh.flatMap((file) => parsed.get(file) ?? []),
    isNamedBefore: namedIn(set.files.filter(({ status }) => status !== 'new')),
  };
}

function comparisonOf(base: Source, { format, source }: { readonly format: DumpHistory['format']; readonly source: Source }, { engine, dumpsAllTables }: FrontEnd, unknown: Unknown): Comparison {
  const isRuby = format === 'schema.rb';
  const undumped = isRuby ? [...undumpedTables(base.text), ...undumpedTables(source.text)] : [];
  return {
    engine: engine.name,
    unknown: { all: unknown.all, tables: new Set([...unknown.tables, ...undumped]) },
    omits: isRuby ? dumpOmissions([base.text, source.text]) : new Set<Omission>(),
    ...(isRuby ? { leavesOut: (table) => table.schema !== null && table.schema !== 'public', leavesOutSome: !dumpsAllTables() } : {}),
  };
}

function unknownOf(isPlain: boolean, migrations: readonly Migration[], base: readonly Operation[], here: readonly Operation[]): Unknown {
  const isBroken = migrations.some(({ problems }) => problems.some(({ kind }) => kind === 'syntax-error' || kind === 'statement-outside-method' || kind === 'misspelled-call'));
  const ran = unknownAfter(migrations.flatMap((migration) => migration.operations));
  const dumps = unknownInEither(unknownInDump(base), unknownInDump(here));
  return { all: !isPlain || isBroken || ran.all || dumps.all, tables: new Set([...ran.tables, ...dumps.tables, ...migrations.flatMap(branching)]) };
}

/** The tables whose definition has a condition in it: which of its columns there are is decided while it runs, and the operation does not say so. */
function branching({ source, operations }: Migration): string[] {
  const hasCondition = ({ statement }: Operation) => /\b(?:if|unless|case|respond_to\?)(?!\w)/.test(source.text.slice(statement.start, statement.end));
  return operations.flatMap((operation) => (operation.kind === 'create-table' && operation.language === 'ruby' && hasCondition(operation) ? [printName(operation.table)] : []));
}

/** The merged migrations that the base's dump does not have; null when they are too many to be merely forgotten. */
function behindBase({ files, onBase }: MigrationSet, versions: readonly PlacedVersion[]): readonly MigrationFile[] | null {
  if (versions.length === 0 || onBase.length === 0) return [];
  const listed = new Set(versions.map(({ version }) => bare(version)));
  const newest = [...listed].sort(naturally).at(-1) ?? '';
  const lacks = ({ version }: MigrationFile) => version !== null && (versions.length > 1 ? !listed.has(bare(version)) : naturally(bare(version), newest) > 0);
  const behind = files.filter((file) => file.status === 'merged' && lacks(file));
  return behind.length > mostBehind ? null : behind;
}

/** Files are numbered `001` where the dump says 1. */
function bare(version: string): string {
  return version.replace(/^0+(?=\d)/, '');
}

/** Asks the texts of migrations for names. They are read when the first one is asked for. */
function namedIn(files: readonly MigrationFile[]): DumpHistory['isNamedBefore'] {
  let texts: readonly string[] | null = null;
  return (names) => {
    texts ??= files.map((file) => {
      const read = file.read();
      return 'source' in read ? read.source.text : '';
    });
    return texts.some((text) => names.every((name) => text.includes(name)));
  };
}
