import type { Source } from '../source/source.ts';
import { createSource, positionAt } from '../source/source.ts';
import type { Diagnostic } from './diagnostic.ts';
import { fingerprints } from './fingerprint.ts';
import type { JudgedFinding } from './judge.ts';

/** Turns the findings of one file into diagnostics: positions, fingerprints, order. */
export function diagnose(source: Source, findings: readonly JudgedFinding[], sourceAt: (path: string) => Source | undefined = () => undefined): Diagnostic[] {
  let prints: readonly string[] | null = null;
  return findings.map((finding, at): Diagnostic => ({
    ruleId: finding.ruleId,
    hazard: finding.hazard,
    severity: finding.severity,
    path: source.path,
    span: { start: finding.at.start, end: finding.at.end },
    start: positionAt(source, finding.at.start),
    end: positionAt(source, finding.at.end),
    statement: { start: positionAt(source, finding.statement.start), end: positionAt(source, finding.statement.end) },
    message: finding.message,
    why: finding.why,
    remedy: finding.remedy,
    related: finding.related.map(({ place, position, text }) => ({ path: place.path, start: position ?? positionAt(place.path === source.path ? source : (sourceAt(place.path) ?? createSource(place.path, '')), place.start), text })),
    assured: finding.assured && { by: finding.assured.by, reason: finding.assured.reason },
    // Hashed when a format asks for it; most do not.
    get fingerprint() {
      return (prints ??= fingerprints(source, findings))[at] ?? '';
    },
  })).sort(byPlace);
}

const severityRank = { error: 0, warn: 1, notice: 2 } as const;

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.span.start - b.span.start || severityRank[a.severity] - severityRank[b.severity] || (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0) || a.span.end - b.span.end;
}
