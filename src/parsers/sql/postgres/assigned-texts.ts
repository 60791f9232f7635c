import type { InsertStmt, Node, SelectStmt } from 'libpg-query';
import type { AssignedText } from '../../../operations/index.ts';
import { plainName } from '../text/piece.ts';
import type { Site } from './site.ts';
import { all, as } from './tree.ts';

/** So many values of a list of rows are looked at; a longer one is a load of data. */
const mostValues = 2_000;
/** Longer texts are no labels. */
const longest = 63;

/** The texts that `SET column = ...` stores. */
export function textsOfSet(targets: readonly Node[] | undefined, site: Site): AssignedText[] {
  return all(targets, 'ResTarget').flatMap(({ name, val }) => constantsOf(val).map((text) => ({ column: plainName(site.piece, name ?? ''), text })));
}

/** The columns that `SET column = NULL` empties. */
export function nullsOfSet(targets: readonly Node[] | undefined, site: Site): { readonly nulls?: readonly string[] } {
  const nulls = all(targets, 'ResTarget').filter(({ val }) => as(val, 'A_Const')?.isnull).map(({ name }) => plainName(site.piece, name ?? ''));
  return nulls.length > 0 ? { nulls } : {};
}

/** The texts that an INSERT stores, each once for a column; columns that are not named are told by their place. */
export function textsOfInsert(node: InsertStmt, site: Site): AssignedText[] {
  const names = all(node.cols, 'ResTarget').map((target) => plainName(site.piece, target.name ?? ''));
  const found = new Map<string, AssignedText>();
  const put = (at: number, value: Node | undefined) => {
    for (const text of constantsOf(value)) found.set(`${at} ${text}`, { column: names[at] ?? at, text });
  };
  const query = as(node.selectStmt, 'SelectStmt');
  let seen = 0;
  for (const row of query ? rowsOf(query) : []) {
    if ((seen += row.length) > mostValues) break;
    row.forEach((value, at) => put(at, value));
  }
  return [...found.values(), ...textsOfSet(node.onConflictClause?.targetList, site)];
}

function* rowsOf(query: SelectStmt): Generator<readonly (Node | undefined)[]> {
  const open = [query];
  for (let part = open.pop(); part; part = open.pop()) {
    for (const list of all(part.valuesLists, 'List')) yield list.items ?? [];
    if (part.larg && part.rarg) open.push(part.rarg, part.larg);
    else if (!part.valuesLists?.length) yield all(part.targetList, 'ResTarget').map(({ val }) => val);
  }
}

/** The string constants that a value may be: itself, through casts, or a branch of CASE or COALESCE. */
function constantsOf(value: Node | undefined, depth = 0): string[] {
  if (value === undefined || depth > 8) return [];
  const constant = as(value, 'A_Const');
  if (constant) return constant.sval?.sval && constant.sval.sval.length <= longest ? [constant.sval.sval] : [];
  const cast = as(value, 'TypeCast');
  if (cast) return constantsOf(cast.arg, depth + 1);
  const choice = as(value, 'CaseExpr');
  const branches = choice ? [...all(choice.args, 'CaseWhen').map(({ result }) => result), choice.defresult] : as(value, 'CoalesceExpr')?.args ?? [];
  return branches.flatMap((branch) => constantsOf(branch, depth + 1));
}
