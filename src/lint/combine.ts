import type { JudgedFinding } from './judge.ts';

/** From this many findings of one rule on one statement on, they are told as one. */
const many = 4;

/**
 * One statement can do the same thing many times: an ALTER TABLE that modifies thirty columns, a call in a loop over tables. The first finding then stands for
 * all of them, and says how many there are.
 */
export function combine(findings: readonly JudgedFinding[]): JudgedFinding[] {
  const groups = new Map<string, JudgedFinding[]>();
  for (const finding of findings) {
    const key = `${finding.ruleId}\0${finding.statement.start}\0${finding.statement.end}\0${finding.severity}\0${finding.assured !== null}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...rest] = group;
    if (!first || group.length < many) return group;
    return [{ ...first, message: `${first.message} The same statement has ${rest.length} more findings of this kind.` }];
  });
}
