import type { RenderedStep } from '../../lint/diagnostic.ts';
import { printFramework } from '../../operations/index.ts';
import type { RemedyContext } from '../context.ts';
import type { RemedyStatement, RemedyStep } from '../remedy.ts';
import { fitToTool } from './apart.ts';
import { runsByHand } from './batches.ts';
import { draftOf, sqlText } from './draft.ts';
import { layouts } from './layout/lay-out.ts';
import type { ToolFile } from './layout/layout.ts';
import { placeOf } from './place.ts';
import { wrapping } from '../own-migration.ts';
import { outsideOf, traitOf } from './tool.ts';

type MigrationStep = Extract<RemedyStep, { kind: 'migration' }>;

/**
 * A migration step as complete files in the layout of the tool that runs the user's migrations, and what has to be run by hand before, where the tool
 * cannot run it. `written` is how many migrations the remedy has made before this one: numbers go on from there.
 */
export function renderSqlStep(step: MigrationStep, c: RemedyContext, written: number): { readonly steps: RenderedStep[]; readonly migrations: number } {
  const { byHand, migrations } = fitToTool(step, c);
  const place = placeOf(c.migration);
  const trait = traitOf(c);
  const { framework } = c.migration;
  const layOut = layouts[framework === 'rails' || framework === 'ridgepole' ? 'sql' : framework];
  const steps: RenderedStep[] = byHand.length > 0 ? [handStep(step, byHand, c)] : [];
  migrations.forEach((migration, at) => {
    const draft = draftOf(migration, c);
    const made = written + at === 0 ? trait?.made?.(framework === 'drizzle' || framework === 'prisma' ? draft.words : place.words(draft)) : undefined;
    const title = byHand.length > 0 && at === 0 ? 'Put it into a migration all the same: where it was done by hand, that does nothing.' : draft.title;
    for (const file of layOut({ draft, place, order: written + at + 1, c })) steps.push(rendered(file, made === undefined ? title : `${title} ${made}`));
  });
  return { steps, migrations: migrations.length };
}

function rendered({ path, text, language, role }: ToolFile, title: string): RenderedStep {
  const titles = { up: title, down: 'Its way back:', settings: 'Its settings, in a file beside it:' };
  return { title: titles[role], fileName: path, language, code: text };
}

function handStep(step: MigrationStep, statements: readonly RemedyStatement[], c: RemedyContext): RenderedStep {
  const client = statements.some((statement) => runsByHand(statement, c));
  const isBatched = statements.some(({ kind }) => kind === 'backfill' || kind === 'batched-delete');
  const why = client
    ? 'Run it by hand, with the database\'s own client; each batch commits by itself.'
    : outsideOf(c) === 'none' ? `Run it by hand${isBatched ? '' : ' before the deployment'}, outside of a transaction: ${wrapping(c)}.` : `Run it by hand: ${printFramework(c.migration.framework)} would run all batches in one transaction.`;
  return { title: `${step.title ?? 'Do this first.'} ${why}`, fileName: null, language: 'sql', code: sqlText(draftOf({ ...step, up: statements, down: [] }, c).up) };
}
