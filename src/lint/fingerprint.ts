import { sha256 } from '../source/sha256.ts';
import type { Source } from '../source/source.ts';
import type { JudgedFinding } from './judge.ts';

/**
 * Fingerprints of findings of one file, in the same order: 16 hex digits that stay the same while lines move.
 * Rule + path + the statement's text with runs of white space folded + ordinal among equals.
 */
export function fingerprints(source: Source, findings: readonly JudgedFinding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const text = source.text.slice(finding.statement.start, finding.statement.end).replace(/\s+/g, ' ').trim();
    const key = [finding.ruleId, source.path, text, source.text.slice(finding.at.start, finding.at.end).replace(/\s+/g, ' ')].join('\0');
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return sha256(`${key}\0${ordinal}`).slice(0, 16);
  });
}
