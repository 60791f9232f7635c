import { dirname } from 'node:path/posix';
import type { RenderedRemedy, RenderedStep } from '../lint/diagnostic.ts';
import type { RemedyContext } from './context.ts';
import { snakeCase } from './naming.ts';
import type { Remedy, RemedyStep } from './remedy.ts';
import { rubyMigration } from './ruby/migration.ts';
import { rubyTarget } from './ruby/target.ts';
import { sqlMigration } from './sql/migration.ts';

/** The remedy as text in the language of the user's migration. */
export function renderRemedy(remedy: Remedy, c: RemedyContext): RenderedRemedy {
  return { advice: remedy.advice, steps: remedy.steps.map((step) => renderStep(step, c)) };
}

function renderStep(step: RemedyStep, c: RemedyContext): RenderedStep {
  switch (step.kind) {
    case 'query':
      return { title: step.text, fileName: null, language: 'sql', code: `${step.sql};\n` };
    case 'code':
      return { title: step.text, fileName: step.path ?? null, language: step.code === null ? 'text' : codeLanguage(c), code: step.code };
    case 'migration': {
      const ruby = c.migration.language === 'ruby';
      const directory = dirname(c.migration.source.path);
      const name = `YYYYMMDDHHMMSS_${snakeCase(step.name)}.${ruby ? 'rb' : 'sql'}`;
      return {
        title: step.title ?? `Migration "${step.name}".`,
        fileName: directory === '.' ? name : `${directory}/${name}`,
        language: ruby ? 'ruby' : 'sql',
        code: ruby ? rubyMigration(step, rubyTarget(c)) : sqlMigration(step, c),
      };
    }
  }
}

function codeLanguage(c: RemedyContext): RenderedStep['language'] {
  return c.migration.language;
}
