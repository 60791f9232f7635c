import type { Span } from '../../source/span.ts';
import { closing } from './brackets.ts';

/** A decorator: its name without what it is taken from, and the offset of its opening bracket, if it has one. */
export interface Decorator {
  readonly name: string;
  readonly open: number | null;
}

/** A property of a class that has decorators: from its name to the end of its line. */
export interface Member extends Span {
  readonly name: string;
  readonly decorators: readonly Decorator[];
}

/** A class of a file. */
export interface ScriptClass extends Span {
  readonly name: string;
  /** What it extends, by its last name; empty for an expression, null without. */
  readonly parent: string | null;
  readonly decorators: readonly Decorator[];
  readonly members: readonly Member[];
}

/** The classes of a text without strings, with the decorators on them and on their properties. */
export function classesIn(plain: string): ScriptClass[] {
  const runs = decoratorRuns(plain);
  return [...plain.matchAll(/(?<![\w.$])(?:abstract\s+)?class\s+([A-Za-z_$][\w$]*)/g)].flatMap((match): ScriptClass[] => {
    const body = bodyOf(plain, match.index + match[0].length);
    if (body === null) return [];
    const parent = /^(?:\s*<[^{]*?>)?\s+extends\s+(?:[\w$]+\.)*([\w$]+)\s*(\()?/.exec(plain.slice(match.index + match[0].length, body));
    const end = closing(plain, body);
    return [{ start: match.index, end: end + 1, name: match[1] ?? '', parent: parent ? (parent[2] ? '' : (parent[1] ?? '')) : null, decorators: runs.get(match.index) ?? [], members: membersIn(plain, body, end) }];
  });
}

/** Where the body of a class opens: the first brace outside of type arguments and calls. */
function bodyOf(plain: string, from: number): number | null {
  let angles = 0;
  for (let at = from; at < plain.length; at++) {
    const unit = plain[at];
    if (unit === '<') angles++;
    else if (unit === '>' && plain[at - 1] !== '=') angles--;
    else if (unit === '{' && angles <= 0) return at;
    else if (unit === '{' || unit === '(' || unit === '[') at = closing(plain, at);
    else if (unit === ';' || unit === '}') return null;
  }
  return null;
}

/** The decorators in front of classes, by where `class` or `abstract class` begins. */
function decoratorRuns(plain: string): ReadonlyMap<number, readonly Decorator[]> {
  const runs = new Map<number, readonly Decorator[]>();
  let past = 0;
  for (const { index } of plain.matchAll(/@(?=[A-Za-z_$])/g)) {
    if (index < past) continue;
    const { decorators, end } = decoratorsAt(plain, index);
    past = end;
    runs.set(end + (/^(?:(?:export|default|declare)\s+)*/.exec(plain.slice(end, end + 60))?.[0].length ?? 0), decorators);
  }
  return runs;
}

/** The decorators from `at` on, and where what they decorate begins. */
function decoratorsAt(plain: string, at: number): { readonly decorators: readonly Decorator[]; readonly end: number } {
  const decorators: Decorator[] = [];
  const form = /\s*@((?:[\w$]+\.)*)([\w$]+)(\s*\()?/y;
  for (let end = at; ;) {
    form.lastIndex = end;
    const match = form.exec(plain);
    if (!match) return { decorators, end: end + (/^\s*/.exec(plain.slice(end))?.[0].length ?? 0) };
    const open = match[3] === undefined ? null : form.lastIndex - 1;
    decorators.push({ name: match[2] ?? '', open });
    end = open === null ? form.lastIndex : closing(plain, open) + 1;
  }
}

function membersIn(plain: string, open: number, close: number): Member[] {
  const members: Member[] = [];
  for (let at = open + 1; at < close; at++) {
    const unit = plain[at];
    if (unit === '{' || unit === '(' || unit === '[') at = closing(plain, at);
    else if (unit === '@') {
      const { decorators, end } = decoratorsAt(plain, at);
      const member = /^((?:(?:public|private|protected|readonly|static|declare|override|accessor|get|set|async)\s+)*)([\w$]+)\s*(\()?[^\n]*/.exec(plain.slice(end, end + 400));
      at = end - 1;
      if (!member || member[3] !== undefined) continue;
      const start = end + (member[1]?.length ?? 0);
      members.push({ name: member[2] ?? '', decorators, start, end: Math.min(close, end + member[0].trimEnd().length) });
    }
  }
  return members;
}
