import { dirname } from 'node:path/posix';
import type { RenderedRemedy, RenderedStep } from '../lint/diagnostic.ts';
import { printFramework } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { snakeCase } from './naming.ts';
import type { Remedy, RemedyStep } from './remedy.ts';
import { rubyMigration } from './ruby/migration.ts';
import { rubyTarget } from './ruby/target.ts';
import { inDeployments, renderSchemafileStep } from './schemafile-step.ts';
import { renderSqlStep } from './sql/render.ts';
import { runsPendingTogether } from './sql/tool.ts';

/** The remedy as text in the language of the user's migration. A migration may be several files, in the layout of the tool that runs it. */
export function renderRemedy(remedy: Remedy, c: RemedyContext): RenderedRemedy {
  if (c.migration.framework === 'ridgepole') return { advice: inDeployments(remedy.advice), steps: remedy.steps.map((step) => (step.kind === 'migration' ? renderSchemafileStep(step, c) : renderStep(step, c))) };
  const steps: RenderedStep[] = [];
  let migrations = 0;
  for (const step of remedy.steps) {
    if (step.kind !== 'migration' || c.migration.language === 'ruby') steps.push(renderStep(step, c));
    else {
      const written = renderSqlStep(step, c, migrations);
      steps.push(...written.steps);
      migrations += written.migrations;
    }
  }
  const apart = migrations > 1 && runsPendingTogether(c) ? ` Deploy the migrations one at a time: ${printFramework(c.migration.framework)} runs all pending ones in one transaction.` : '';
  return { advice: `${remedy.advice}${apart}`, steps };
}

function renderStep(step: RemedyStep, c: RemedyContext): RenderedStep {
  switch (step.kind) {
    case 'query':
      return { title: step.text, fileName: null, language: 'sql', code: `${step.sql};\n` };
    case 'code':
      return { title: step.text, fileName: step.path ?? null, language: step.code === null ? 'text' : c.migration.language, code: step.code };
    case 'migration': {
      const directory = dirname(c.migration.source.path);
      const name = `YYYYMMDDHHMMSS_${snakeCase(step.name)}.rb`;
      return { title: step.title ?? `Migration "${step.name}".`, fileName: directory === '.' ? name : `${directory}/${name}`, language: 'ruby', code: rubyMigration(step, rubyTarget(c)) };
    }
  }
}
