import { keyword, type Piece } from './piece.ts';

/** Texts shorter than this cannot nest deeply enough to matter. */
const shortest = 1000;
const deepestBrackets = 300;
/** Words and symbols in a row without a comma, at one depth of brackets. A grammar nests at most once for each. */
const longestRun = 3000;

/** True when a recursive parser might overflow on the statement. Linear, without recursion. */
export function nestsDeeply(piece: Piece): boolean {
  if (piece.end - piece.start < shortest) return false;
  const runs = [0];
  for (const token of piece.tokens()) {
    const symbol = token.kind === 'symbol' ? keyword(piece, token) : '';
    if (symbol === '(' || symbol === '[') {
      if (runs.length > deepestBrackets) return true;
      runs.push(0);
    } else if (symbol === ')' || symbol === ']') {
      if (runs.length > 1) runs.pop();
    } else if (symbol === ',') runs[runs.length - 1] = 0;
    else {
      const run = (runs.at(-1) ?? 0) + 1;
      if (run > longestRun) return true;
      runs[runs.length - 1] = run;
    }
  }
  return false;
}
