import { isMysql } from '../../../operations/index.ts';
import type { Engine } from '../../../operations/index.ts';
import { lexiconOf } from '../text/lexicon.ts';
import { blanked, withSemicolons } from './delimiter.ts';
import { markersIn } from './marker.ts';
import type { Marker } from './marker.ts';
import { ineffective } from './part.ts';
import type { FileParts, FileSituation, Part } from './part.ts';

/**
 * Liquibase's formatted SQL: `--changeset author:id attributes` opens a changeset, which runs in a transaction of its own unless it says
 * `runInTransaction:false`, and on the servers that `dbms:` names. `--rollback` lines are the way back; `--preconditions` and the like are comments.
 */
export function readLiquibase(text: string, _situation: FileSituation, engine: Engine): FileParts {
  const markers = markersIn(text, /^\s*--\s*changeset\b(.*)$/i);
  const own = markers.filter(({ match }) => runsOn(match[1] ?? '', engine));
  const off = own.find(({ match }) => isSwitchedOff(match[1] ?? ''));
  const ends = new Map(markers.map((marker, at) => [marker, markers[at + 1]?.start ?? text.length]));
  return {
    up: own.map((marker) => partOf(text, marker, ends.get(marker) ?? text.length, engine)),
    recorded: 'part',
    // The way back stands in comments; that there is one is all that counts.
    down: markersIn(text, /^\s*--\s*rollback\b|^\s*\/\*\s*liquibase\s+rollback\b/i).length > 0 ? [] : null,
    transactionDisabledAt: off ? { start: off.start, end: off.end } : null,
    problems: own.filter(({ match }) => !isSwitchedOff(match[1] ?? '') && /\brunInTransaction\s*[:=]\s*["']?false/i.test(match[1] ?? ''))
      .map((marker) => ineffective(marker, 'runInTransaction', 'Liquibase reads an attribute as "name:value" without space or quotes', 'Write "runInTransaction:false"')),
  };
}

function partOf(file: string, { next, match }: Marker, end: number, engine: Engine): Part {
  const attributes = match[1] ?? '';
  const sending = !isSwitchedOff(attributes) ? 'wrapped' : /\bsplitStatements:false\b/i.test(attributes) ? 'whole' : 'statements';
  const own = file.slice(next, end);
  const delimiter = /\bendDelimiter:"?([^\s"]+)/i.exec(attributes)?.[1]?.replace(/^(?:\\[nrs][*+]?)+/, '').replaceAll('\\', '') ?? ';';
  const text = withSemicolons(withoutIgnoredLines(own, engine), delimiter, lexiconOf(engine.name));
  return { start: next, end, sending, ...(text === own ? {} : { text }) };
}

/** `--ignoreLines:start` to `--ignoreLines:end`, `--ignoreLines:2`; and on MySQL all of Liquibase's comments, which are none there without a space after the dashes. */
function withoutIgnoredLines(text: string, engine: Engine): string {
  if (!/--/.test(text)) return text;
  let ignoring = false;
  let count = 0;
  return text.split('\n').map((line) => {
    const wanted = /^\s*--\s*ignoreLines:(\w+)/i.exec(line)?.[1];
    const skipped = ignoring || count > 0;
    if (count > 0) count -= 1;
    if (wanted === 'start') ignoring = true;
    else if (wanted === 'end') ignoring = false;
    else if (wanted && !skipped) count = Number(wanted) || 0;
    return skipped || (isMysql(engine) && /^\s*--\S/.test(line)) ? blanked(line) : line;
  }).join('\n');
}

function isSwitchedOff(attributes: string): boolean {
  return /\brunInTransaction:false\b/i.test(attributes);
}

/** True when a changeset is for the engine: `dbms:postgresql,h2`, `dbms:!oracle`; and not put out of use by `ignore:true`. */
function runsOn(attributes: string, { name }: Engine): boolean {
  if (/\bignore:true\b/i.test(attributes)) return false;
  const servers = /\bdbms:"?([\w!,]+)/i.exec(attributes)?.[1]?.toLowerCase().split(',').filter(Boolean) ?? [];
  const isOwn = (server: string) => (server === 'postgresql' || server === 'edb' ? name === 'postgres' : server === 'mysql' || server === 'mariadb' ? name === 'mysql' || name === 'mariadb' : server === name);
  const wanted = servers.filter((server) => !server.startsWith('!') && server !== 'all');
  if (servers.some((server) => server.startsWith('!') && isOwn(server.slice(1)))) return false;
  return wanted.length === 0 || wanted.some(isOwn);
}
