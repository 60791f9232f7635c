import { positionAt } from '../../../source/source.ts';
import { literalText, type Value } from '../value.ts';
import { report } from './emit.ts';
import { yieldTo, type Invocation } from './invocation.ts';
import { within, type Machine } from './machine.ts';
import type { Span } from '../../../source/span.ts';

/** Runs the block of `safety_assured`: a human says that what is in it is safe. */
export function assure(inv: Invocation): Value {
  const { machine } = inv;
  const { foreign } = machine.context;
  const at = foreign ? foreign.site : { start: inv.nameAt.start, end: inv.nameAt.end };
  const reason = reasonOf(inv);
  if (reason === null && !foreign) report(machine, { kind: 'unexplained-assurance', by: inv.name, at });
  return within(machine, { assured: { by: inv.name, reason, at } }, () => yieldTo(inv, []));
}

/** The reason given as an argument, in a comment right above, or behind the call's first line. */
function reasonOf(inv: Invocation): string | null {
  const argument = inv.args.map(literalText).find((text) => text !== null && text.trim() !== '');
  if (argument) return argument;
  return inv.frame.file.foreign ? null : commentOn(inv.machine, inv.node);
}

function commentOn(machine: Machine, node: Span): string | null {
  const { comments, source } = machine.file.tree;
  const line = positionAt(source, node.start).line;
  const lineOf = (offset: number): number => positionAt(source, offset).line;
  const trailing = comments.find((comment) => comment.trailing && lineOf(comment.start) === line && isReason(comment.text));
  if (trailing) return trailing.text.trim();
  const above: string[] = [];
  let wanted = line - 1;
  for (const comment of comments.toReversed()) {
    if (comment.start >= node.start || comment.trailing) continue;
    const last = lineOf(Math.max(comment.start, comment.end - 1));
    if (last !== wanted) {
      if (last < wanted) break;
      continue;
    }
    if (isReason(comment.text)) above.unshift(comment.text.trim());
    wanted = lineOf(comment.start) - 1;
  }
  return above.length > 0 ? above.join(' ') : null;
}

/** Directives to tools and empty comments explain nothing. */
function isReason(text: string): boolean {
  return /\w{2}/.test(text) && !/^\s*(rubocop|anzen|strong_migrations|noinspection|standard|frozen_string_literal|encoding|typed|:nodoc:|@)/i.test(text);
}
