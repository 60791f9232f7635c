import type { RemedyContext } from '../../context.ts';
import type { Draft, Piece } from '../draft.ts';
import type { Place } from '../place.ts';

/** A file of a migration as the tool that runs it wants it. */
export interface ToolFile {
  /** Workspace-relative. */
  readonly path: string;
  readonly text: string;
  readonly language: 'sql' | 'js' | 'text';
  /** What it is for: the migration itself, what takes it back, or settings beside it. */
  readonly role: 'up' | 'down' | 'settings';
}

/** What a layout is given: the migration, and which one of the remedy's it is (from 1). */
export interface LayoutInput {
  readonly draft: Draft;
  readonly place: Place;
  readonly order: number;
  readonly c: RemedyContext;
}

/** Lays a migration out as complete files; the one that a deploy runs comes first. */
export type LayOut = (input: LayoutInput) => ToolFile[];

/** A file below the place's directory. */
export function toolFile(place: Place, name: string, text: string, role: ToolFile['role'] = 'up', language: ToolFile['language'] = 'sql'): ToolFile {
  return { path: place.root === '' ? name : `${place.root}/${name}`, text, role, language };
}

/** The statements of the way back when there are any; a way back of comments only needs no file. */
export function wayBack({ down }: Draft): readonly Piece[] | null {
  return down?.some(({ kind }) => kind === 'statement') ? down : null;
}

/** What stands in the place of the way back where a file must have one: its statements and comments, or why there are none. */
export function wayBackOrWhy({ down }: Draft): readonly Piece[] {
  if (down === null) return [{ kind: 'comment', text: 'Nothing that is known takes this back.' }];
  return down.length > 0 ? down : [{ kind: 'comment', text: 'Nothing to take back.' }];
}
