import { markersIn } from './marker.ts';
import type { FileParts, Part } from './part.ts';

/**
 * Liquibase's formatted SQL: `--changeset author:id attributes` opens a changeset, which runs in a transaction of its own unless it says
 * `runInTransaction:false`. `--rollback` lines are the way back; `--preconditions` and the like are comments.
 */
export function readLiquibase(text: string): FileParts {
  const markers = markersIn(text, /^\s*--\s*changeset\b(.*)$/i);
  const rollbacks = markersIn(text, /^\s*--\s*rollback\b(.*)$/i);
  const off = markers.find(({ match }) => isSwitchedOff(match[1] ?? ''));
  const up = markers.map(({ next, match }, at): Part => {
    const attributes = match[1] ?? '';
    const wholeText = /\bsplitStatements:\s*"?false/i.test(attributes);
    return { start: next, end: markers[at + 1]?.start ?? text.length, sending: !isSwitchedOff(attributes) ? 'wrapped' : wholeText ? 'whole' : 'statements' };
  });
  return {
    up,
    // The way back stands in comments; that there is one is all that counts.
    down: rollbacks.length > 0 ? [] : null,
    transactionDisabledAt: off ? { start: off.start, end: off.end } : null,
    problems: [],
  };
}

function isSwitchedOff(attributes: string): boolean {
  return /\brunInTransaction:\s*"?false/i.test(attributes);
}
