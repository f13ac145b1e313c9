/** In which mode a person writes in one editor. */
import { PluginKey, type EditorState } from 'prosemirror-state';
import type { Author } from './author.ts';

export const modes = ['edit', 'suggest', 'view'] as const;
export type Mode = (typeof modes)[number];

export const modeKey = new PluginKey<{ mode: Mode; author: Author }>('suggesting');

export function modeOf(state: EditorState): Mode {
	return modeKey.getState(state)?.mode ?? 'edit';
}
