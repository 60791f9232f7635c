import type { Diagnostic } from '../lint/diagnostic.ts';

/** The diagnostics of one statement, worst first: they are shown as one annotation. */
export interface StatementGroup {
  readonly path: string;
  readonly diagnostics: readonly [Diagnostic, ...Diagnostic[]];
}

const rank = { error: 0, warn: 1, notice: 2 } as const;

/** Groups diagnostics of one file that belong to the same statement. Order: worst first inside a group, by place between groups. */
export function mergeByStatement(diagnostics: readonly Diagnostic[]): StatementGroup[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { start, end } = diagnostic.statement;
    const key = `${start.line}:${start.column}-${end.line}:${end.column}`;
    const group = groups.get(key);
    if (group) group.push(diagnostic);
    else groups.set(key, [diagnostic]);
  }
  return [...groups.values()].flatMap((group): StatementGroup[] => {
    const [first, ...rest] = group.sort((a, b) => Number(a.assured !== null) - Number(b.assured !== null) || rank[a.severity] - rank[b.severity]);
    return first ? [{ path: first.path, diagnostics: [first, ...rest] }] : [];
  });
}

/** The diagnostic of a statement whose remedy has the most steps: the findings of one statement are mended together, so one set of migrations is shown. */
export function fullestRemedy(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  return diagnostics.filter((diagnostic) => !diagnostic.assured).reduce<Diagnostic | undefined>((best, diagnostic) => ((diagnostic.remedy?.steps.length ?? 0) > (best?.remedy?.steps.length ?? 0) ? diagnostic : best), undefined);
}
