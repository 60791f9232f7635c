import type { Model } from '../../application/application.ts';
import type { QualifiedName } from '../../operations/index.ts';
import type { Finding, RuleContext } from '../rule.ts';
import { columnEvidence, tableEvidence } from './code-uses.ts';
import { ignores, knowsApplication, modelNames, modelsOf, namesOf, possibleModels, runningModels } from './models-of.ts';
import { quoted } from './names.ts';

/** Who still uses what is dropped. */
export interface StillUsed {
  /** One sentence or two: who fails, or why nobody is known to. */
  readonly sentence: string;
  readonly related: NonNullable<Finding['related']>;
  /** True when the application is known and uses it nowhere. */
  readonly isUnused: boolean;
}

/** Who still uses a column: models that do not ignore it, and code that names it. */
export function columnUsers(table: QualifiedName, column: string, context: RuleContext): StillUsed {
  const code = columnEvidence(table, column, context);
  const isUnused = code !== null && code.here + code.running === 0 && knowsApplication(context) && runningModels(table, context).length === 0 && possibleModels(table, context).every((model) => ignores(model, column));
  return { sentence: `${columnSentence(table, column, context)}${code && !isUnused ? ` ${code.sentence}` : ''}`, related: code?.related ?? [], isUnused };
}

function columnSentence(table: QualifiedName, column: string, context: RuleContext): string {
  const running = runningModels(table, context);
  const using = running.filter((model) => !ignores(model, column));
  const here = modelsOf(table, context);
  const possible = possibleModels(table, context);
  if (possible.length > 0) {
    const declaring = namesOf(possible.filter((model) => !ignores(model, column)));
    if (declaring) return `${declaring} may have this table, by its usual name: the processes that are running then name ${quoted(column)} in their queries, and fail until they are replaced.`;
    return `${namesOf(possible) ?? ''} may have this table, by its usual name, without ${quoted(column)}; plain SQL, a join table or another application may name it.`;
  }
  if (running.length === 0 && knowsApplication(context)) return `No model of the application has this table, but plain SQL, a join table or another application may name ${quoted(column)}.`;
  if (using.length === 0) return `Processes that are running keep naming ${quoted(column)} in their queries, and fail until they are replaced.`;
  const names = namesOf(using);
  if (using.some(({ columns }) => columns !== undefined)) {
    const isGone = here.length > 0 && here.every((model) => ignores(model, column));
    const one = isOne(using);
    return `${isGone ? `Only this pull request takes ${quoted(column)} out of ${names}` : `${names} ${one ? 'declares' : 'declare'} ${quoted(column)}`}: the processes that are running name every declared column in their queries, and fail until they are replaced.${isGone ? ' It takes two deployments: the code first, this change in the next one.' : ''}`;
  }
  if (here.length > 0 && here.every((model) => ignores(model, column))) {
    return `Only this pull request lets ${names} ignore ${quoted(column)}: processes that are running were started from the code before it, keep naming the column in their writes, and fail until they are replaced. It takes two deployments: the code first, this change in the next one.`;
  }
  const one = isOne(using);
  return `${one ? 'The model' : 'The models'} ${names} ${one ? 'does' : 'do'} not ignore ${quoted(column)}: processes that are running keep naming it in their writes, and fail until they are replaced.`;
}

/** True when all have one name, as it is listed once: the same class in several packages. */
function isOne(models: readonly Model[]): boolean {
  return new Set(models.map(({ className }) => className)).size === 1;
}

/** Who still uses a table: models on it, and code that names it. */
export function tableUsers(table: QualifiedName, context: RuleContext): StillUsed {
  const running = modelNames(table, context);
  const remaining = namesOf(modelsOf(table, context));
  const code = tableEvidence(table, context);
  const possible = namesOf(possibleModels(table, context));
  const isUnused = !running && !remaining && !possible && knowsApplication(context) && !code?.here && !code?.running;
  const who = remaining ? `The application still has ${remaining} on this table: processes that are running fail from the moment it is gone.`
    : running ? `Only this pull request removes ${running}: processes that are running were started from the code before it and fail from the moment the table is gone. It takes two deployments: the code first, this change in the next one.`
    : possible ? `${possible} may have this table, by its usual name: processes that are running then fail from the moment it is gone.`
    : isUnused ? 'No model of the application uses it, but plain SQL, a join table or another application may.'
    : 'Processes that still use it fail from the moment it is gone.';
  return { sentence: `${who}${code && !isUnused ? ` ${code.sentence}` : ''}`, related: code?.related ?? [], isUnused };
}
