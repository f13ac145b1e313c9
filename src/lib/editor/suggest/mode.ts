/** In which mode a person writes in one editor. */
import { PluginKey, type EditorState } from 'prosemirror-state';
import type { Author } from './author.ts';

export const modes = ['edit', 'suggest', 'view'] as const;
export type Mode = (typeof modes)[number];

/** `stop`: the key of the suggestion that was gone to and is selected, as long as nobody moves on. */
export type Suggesting = { mode: Mode; author: Author; stop: string | null };

export const modeKey = new PluginKey<Suggesting>('suggesting');

export function modeOf(state: EditorState): Mode {
	return modeKey.getState(state)?.mode ?? 'edit';
}
